"""Which prompt each answer of a page answers, where the page asks several.

The question that is answered first where the page is first seen has the page's own prompt. Each other one has a prompt
of its own, known by its words, or by its place among the others where its words were changed. Not here: which prompt
a page has (`placing`), and how it is worded (`prompts`).
"""

from archive.discussion.addresses import Addresses
from archive.discussion.ids import Ids
from archive.discussion.sighting import Sighting
from archive.normalise.text import slug

_LONGEST_SLUG = 60


class Questions:
    """Tells the prompts of pages that ask several questions; asked for each sighting, in order of time."""

    def __init__(self, addresses: Addresses, ids: Ids) -> None:
        self._addresses = addresses
        self._ids = ids
        self._known: dict[str, dict[str, str]] = {}
        """Page → every folded wording that was ever answered there, with its prompt."""
        self._last: dict[str, list[str]] = {}
        """Page → the wordings that were answered there when it was last seen."""

    def of(self, page: Sighting, own: str | None) -> tuple[str | None, ...]:
        """The prompt of each of the page's prompts, None for those that nobody answers.

        Empty where the page has no prompt (`own`), or at most one of its questions is answered.
        """
        answered = {section.prompt for section in page.sections if section.prompt is not None}
        if own is None or not answered:
            return ()
        address = self._addresses.of(page)
        words = list(dict.fromkeys(page.prompts[number] for number in sorted(answered)))
        known = self._known.setdefault(address, {words[0]: own})
        last = self._last.get(address, [])
        # As many questions as before, of which some are gone: they are asked in other words.
        reworded = dict(zip(words, last, strict=True)) if len(words) == len(last) else {}
        for wording in words:
            old = reworded.get(wording, wording)
            if wording not in known:
                known[wording] = known[old] if old not in words else self._mint(address, wording, own)
        self._last[address] = words
        prompts = tuple(known[wording] if n in answered else None for n, wording in enumerate(page.prompts))
        return () if len({*prompts} - {None}) == 1 else prompts

    def _mint(self, address: str, wording: str, own: str) -> str:
        keys = [f"prompt:url:{key}?{wording}" for key in self._addresses.keys(address)]
        return self._ids.mint(keys, f"{own}/{slug(wording, _LONGEST_SLUG)}")

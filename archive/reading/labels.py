"""What a block is: the author's text, or something that stands beside it.

Here belong boilerplate, captions, pull quotes, funder notes and rights lines. Not here: who says a block
(`segments`). Blocks that are not text are kept, with their label: nothing vanishes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.model.contributions import PassageKind
from archive.normalise.text import fold
from archive.reading.container import is_running
from archive.reading.page import Block
from archive.reading.source import Source

_TEXT_KINDS: frozenset[PassageKind] = frozenset(
    ("heading", "paragraph", "list_item", "quotation", "table", "preformatted")
)
_LONGEST_TEASER = 250
_LONGEST_LABEL = 120
_SHORTEST_SENTENCE = 5
_MOSTLY = 0.8
_FEWEST_QUOTED, _MOST_QUOTED = 6, 60
"""Words of what an editor lifts out of a text: fewer are a coincidence, more a passage of its own."""
_NEAR = 12
_WORD = re.compile(r"\w+")
_FUNDING = ("this project is supported by", "this article was funded by", "this series is supported by")
_NOTICES = re.compile(
    r"(?:advertisement|anzeige|werbung|publicit[ée]|publicidad|pubblicit[àa]|advertentie|reklam[ae]?)\b.{0,30}$"
    r"|(?:read (?:more|next|also)|more (?:from|on|about|in|stories)|related\b|recommended\b"
    r"|you (?:may|might) (?:also )?like|see also|most (?:read|popular)|lesen sie (?:auch|mehr)"
    r"|mehr zum thema|auch interessant|lire aussi|à lire aussi"
    r"|sur le même (?:sujet|thème)|lea también|leer también|le(?:ia|ggi) (?:também|anche)|les også|lees ook)\b.{0,60}$"
    r"|(?:share|share this|teilen|diesen artikel teilen|partager|compartir|condividi)\b.{0,30}$"
    r"|(?:copyright|©|\(c\)) .{0,100}$"
    r"|(?:sign up|subscribe|log in|register|abonnieren|abonnez-vous|suscr[íi]bete)\b.{0,100}$",
    re.IGNORECASE,
)


def label(blocks: Iterable[Block], source: Source, printed: Iterable[str] = ()) -> list[Block]:
    """The same blocks, each marked with `in_text` and, where it is no text, with the kind that says why.

    Args:
        blocks: in the order of the page.
        source: its boilerplate patterns.
        printed: words that were already read as title, standfirst, byline …; a block that only repeats one at the
            beginning is part of the head, not of the text.
    """
    heads = {fold(words) for words in printed}
    marked: list[Block] = []
    has_begun = False
    for block in blocks:
        made = _label(block, source)
        if made.in_text and not has_begun and fold(made.text) in heads:
            made = replace(made, region="head", in_text=False)
        has_begun = has_begun or made.in_text
        marked.append(made)
    return _without_empty_headings(_without_labels(_pull_quotes(marked)))


def _label(block: Block, source: Source) -> Block:
    if block.region == "head":
        return block
    if kind := _boilerplate(block, source):
        return replace(block, kind=kind, in_text=False)
    if block.region == "pull_quote":
        return replace(block, kind="pull_quote", in_text=False)
    if block.region == "caption" and block.kind != "image":
        return replace(block, kind="caption", in_text=False)
    if block.region not in {"body", "inset"}:
        return replace(block, kind="image" if block.kind == "image" else "boilerplate", in_text=False)
    return replace(block, in_text=block.kind in _TEXT_KINDS and not _only_leads_elsewhere(block))


def _only_leads_elsewhere(block: Block) -> bool:
    """A short paragraph or item that is nothing but links: a tag, a teaser, a "read more"."""
    if block.kind not in {"paragraph", "list_item", "heading"} or not block.links or len(block.text) > _LONGEST_TEASER:
        return False
    return sum(len(link.text) for link in block.links) > _MOSTLY * len(block.text)


def _boilerplate(block: Block, source: Source) -> PassageKind | None:
    for kind, patterns in source.boilerplate.items():
        if any(pattern.match(block.text) for pattern in patterns):
            return "funding" if kind == "funding" else "boilerplate"
    if block.kind == "paragraph" and block.text.lower().startswith(_FUNDING):
        return "funding"
    if len(block.text) <= _LONGEST_LABEL and block.region in {"body", "inset"} and _NOTICES.match(block.text):
        return "boilerplate"
    return None


def _without_labels(blocks: list[Block]) -> list[Block]:
    """Without what stands in bare containers and is no sentence, where the paragraphs are elements of their own."""
    bare = sum(len(block.text) for block in blocks if block.in_text and block.bare)
    held = sum(len(block.text) for block in blocks if block.in_text and block.kind == "paragraph" and not block.bare)
    if bare > held:
        return blocks
    return [
        replace(block, kind="label", in_text=False) if block.in_text and block.bare and not _reads(block) else block
        for block in blocks
    ]


def _reads(block: Block) -> bool:
    """Whether a block is at least one sentence."""
    return is_running(block) or (block.text[-1:] in ".!?…" and block.text.count(" ") >= _SHORTEST_SENTENCE)


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Headings under which nothing is said, down to the next of their rank, head no text."""
    marked = list(blocks)
    said: dict[int, bool] = {}
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if block.kind != "heading" or not block.level:
            if block.in_text:
                said = dict.fromkeys(range(1, 7), True)
            continue
        if block.in_text and not said.get(block.level):
            marked[place] = replace(block, kind="label", in_text=False)
        for level in range(block.level, 7):
            said[level] = False
    return marked


def _pull_quotes(blocks: list[Block]) -> list[Block]:
    """What only repeats or condenses words of the text is marked, so that nothing is counted twice."""
    running = "\n".join(fold(block.text) for block in blocks if block.in_text and block.kind == "paragraph")
    marked = list(blocks)
    said = [_WORD.findall(fold(block.text).casefold()) if _is_quotable(block) else [] for block in blocks]
    # Only from paragraphs is anything lifted: where quotations hold the text, one of them may say what another says.
    longer = [words if block.kind == "paragraph" else [] for block, words in zip(blocks, said, strict=True)]
    for place, (block, words) in enumerate(zip(blocks, said, strict=True)):
        if not words:
            continue
        repeats = block.kind == "quotation" and fold(block.text).strip(" \"'“”‘’….") in running
        # A sentence of its own may well say what another one says: only words that are none are lifted out of a text.
        is_lifted = block.kind == "quotation" or block.text[-1:] not in ".!?…"
        if repeats or (is_lifted and _is_condensed(words, longer[max(place - _NEAR, 0) : place + _NEAR])):
            marked[place] = replace(block, kind="pull_quote", in_text=False)
    return marked


def _is_quotable(block: Block) -> bool:
    return block.in_text and block.kind in {"quotation", "paragraph"}


def _is_condensed(words: Sequence[str], near: Sequence[Sequence[str]]) -> bool:
    """Whether somebody left out some words of a longer paragraph close by, and said no other."""
    if not _FEWEST_QUOTED <= len(words) <= _MOST_QUOTED:
        return False
    return any(_leaves_out(words, other) for other in near if len(other) > len(words))


def _leaves_out(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether `words` stand in `other`, in order, within a stretch that is hardly longer."""
    for start, first in enumerate(other):
        if first != words[0]:
            continue
        found = 0
        for word in other[start : start + len(words) * 2]:
            found += word == words[found]
            if found == len(words):
                return True
    return False

"""The segments of a page of many respondents: the prompt, the line-up, and who says which blocks.

Here belongs recognising them on blocks alone (a list of names, headings that repeat them, labels of insets), so
that a redesign of the markup does not blind it. Not here: pages with one text, and who these people are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.codes import Code
from archive.normalise import names, persons
from archive.normalise.text import fold, word_count
from archive.reading.page import Block, Entry, Fault, PageContribution, PagePrompt, PageRelation
from archive.reading.source import Source

_LONGEST_NAME = 140
_LONGEST_BIO = 90
_FOLLOWUP_LABELS = frozenset(("followup", "follow-up", "follow up"))
_AFFILIATION_EDGES = " \t\n,;:|·•–—-"


@dataclass(frozen=True, slots=True)
class Segments:
    """What a page of many respondents holds; see `Page` for the parts."""

    prompts: tuple[PagePrompt, ...]
    line_up: tuple[Entry, ...]
    contributions: tuple[PageContribution, ...]
    relations: tuple[PageRelation, ...]
    faults: tuple[Fault, ...]


def segment(blocks: Sequence[Block], source: Source) -> Segments | None:
    """The segments, or None where the page is not one of many respondents.

    A page is one when at least two of its headings repeat names that were listed above them.
    """
    flow = [block for block in blocks if block.region in {"body", "inset", "aside"}]
    listed = _listed(flow)
    if not listed:
        return None
    speakers = list(listed)
    entries, unanswered = _line_up(flow, listed)
    made = _Sections(flow, speakers, entries, source)
    made.run()
    faults = made.faults + [
        Fault(Code.ENTRY_UNANSWERED, entry.locator, entry.name, "listed among the respondents, but no answer follows")
        for entry in unanswered
    ]
    contributions, relations = _without_empty(made.contributions, made.relations)
    first = min(listed.values())
    return Segments(
        prompts=_prompt(flow[:first]),
        line_up=tuple(entry for _, entry in sorted({**entries}.items())) + tuple(unanswered),
        contributions=contributions,
        relations=relations,
        faults=tuple(faults),
    )


def _without_empty(
    contributions: Sequence[PageContribution], relations: Sequence[PageRelation]
) -> tuple[tuple[PageContribution, ...], tuple[PageRelation, ...]]:
    """The sections that say something, with the places that others name them by; an empty answer is a fault alone."""
    kept = [number for number, item in enumerate(contributions) if item.text]
    places = {old: new for new, old in enumerate(kept)}

    def place(old: int | None) -> int | None:
        return None if old is None else places.get(old)

    return (
        tuple(replace(contributions[old], comments_on=place(contributions[old].comments_on)) for old in kept),
        tuple(replace(link, section=place(link.section)) for link in relations),
    )


def _is_heading(block: Block) -> bool:
    return len(block.text) <= _LONGEST_NAME and (block.kind == "heading" or (block.strong and block.in_text))


def _listed(flow: Sequence[Block]) -> dict[int, int]:
    """Index of each heading that repeats a listed name → index of the block that lists it."""
    keys = [_tokens(block.text) for block in flow]
    headings = [index for index, block in enumerate(flow) if _is_heading(block) and keys[index]]
    # In capitals a name is the label of an inset, unless the page prints all its headings so.
    quiet = [index for index in headings if not flow[index].text.isupper()]
    return _matched(flow, keys, quiet) or _matched(flow, keys, headings)


def _matched(flow: Sequence[Block], keys: Sequence[tuple[str, ...]], headings: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    used: set[int] = set()
    first_letters: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key and flow[index].kind in {"list_item", "paragraph"} and len(flow[index].text) < 300:
            first_letters.setdefault(key[0], []).append(index)
    for heading in headings:
        key = keys[heading]
        for index in first_letters.get(key[0], ()):
            if index >= heading:
                break
            if index not in used and keys[index][: len(key)] == key:
                found[heading] = index
                used.add(index)
                break
    # A name can only be listed above every answer; what matches further down is a coincidence.
    start = min(found, default=0)
    listed = {heading: index for heading, index in found.items() if index < start}
    return listed if len(listed) > 1 else {}


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))


def _line_up(flow: Sequence[Block], listed: dict[int, int]) -> tuple[dict[int, Entry], list[Entry]]:
    """Entry by index of its heading, and the listed entries that no heading repeats."""
    by_item = {item: heading for heading, item in listed.items()}
    first, last = min(by_item), max(by_item)
    apart = all(_tokens(flow[item].text) == _tokens(flow[heading].text) for item, heading in by_item.items())
    entries: dict[int, Entry] = {}
    unanswered: list[Entry] = []
    heading: int | None = None
    end = min(listed)
    for index in range(first, end):
        block = flow[index]
        if index in by_item:
            heading = by_item[index]
            name = flow[heading].text
            entries[heading] = Entry(name, _affiliation(block.text, name), block.locator)
        elif apart and heading is not None and entries[heading].affiliation is None and block.kind != "image":
            entries[heading] = replace(entries[heading], affiliation=_bare(block.text))
        elif block.kind == flow[first].kind and index <= last + 1 and names.looks_like_name(_name_of(block.text)):
            unanswered.append(
                Entry(_name_of(block.text), _affiliation(block.text, _name_of(block.text)), block.locator)
            )
    return entries, unanswered


def _name_of(item: str) -> str:
    """The name in a list item that no heading repeats: what stands before the first bracket, comma, dash or break."""
    return re.split(r"\s*[(\n|–—]|,\s|\s-\s|:\s", item, maxsplit=1)[0].strip()


def _affiliation(item: str, name: str) -> str | None:
    """What a list item prints after the name; brackets that enclose all of it are no part of it."""
    rest = item
    for token in _tokens(name):
        position = fold(rest).find(token)
        # Folding keeps the number of characters for nearly all names; where it does not, the item is cut by words.
        rest = rest[position + len(token) :] if len(fold(rest)) == len(rest) else rest.partition(" ")[2]
    return _bare(rest) or None


def _bare(text: str) -> str:
    """The text without the punctuation around it, and without brackets that enclose all of it."""
    text = text.strip(_AFFILIATION_EDGES)
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:-1].strip() if index and index == len(text) - 1 else text
    return text


def _prompt(above: Sequence[Block]) -> tuple[PagePrompt, ...]:
    """The full wording: the last block above the list that asks something."""
    asking = [block for block in above if "?" in block.text and block.kind not in {"image", "caption"}]
    return (PagePrompt(asking[-1].text, "question", asking[-1].locator),) if asking else ()


class _Sections:
    """Gives every block below the first answer's heading to its speaker, or rejects it."""

    def __init__(
        self, flow: Sequence[Block], speakers: Sequence[int], entries: dict[int, Entry], source: Source
    ) -> None:
        self.flow = flow
        self.speakers = sorted(speakers)
        self.entries = entries
        self.known = [entry.name for entry in entries.values()] + sorted(source.names)
        self.labels = {**dict.fromkeys(_FOLLOWUP_LABELS, "followup"), **source.inset_labels}
        self.contributions: list[PageContribution] = []
        self.relations: list[PageRelation] = []
        self.faults: list[Fault] = []

    def run(self) -> None:
        """Walk the sections in order."""
        level = self.flow[self.speakers[0]].level
        for start, end in zip(self.speakers, [*self.speakers[1:], len(self.flow)], strict=True):
            stop = next((index for index in range(start + 1, end) if self._is_stranger(self.flow[index], level)), end)
            self._section(start, stop)
            if stop < end:
                self._reject(stop, end)

    def _is_stranger(self, block: Block, level: int) -> bool:
        """A heading of the rank of the speakers' that names nobody who is listed."""
        if level:
            return block.kind == "heading" and block.in_text and block.level <= level
        return (
            block.strong
            and block.in_text
            and _is_heading(block)
            and names.looks_like_name(block.text)
            and not block.text.isupper()
            and not any(persons.same_person_label(block.text, name) for name in self.known)
        )

    def _reject(self, start: int, end: int) -> None:
        heading = self.flow[start]
        words = sum(word_count(block.text) for block in self.flow[start + 1 : end] if block.in_text)
        self.faults.append(
            Fault(
                Code.UNKNOWN_SPEAKER,
                heading.locator,
                heading.text[:200],
                f"a heading like those of the respondents, but nobody of this name is listed; {words} words under it",
            )
        )

    def _section(self, start: int, end: int) -> None:
        entry = self.entries[start]
        people = _voices(entry.name, self.known)
        number = len(self.contributions)
        self.contributions.append(
            PageContribution(entry.name, people, "response", (), locator=self.flow[start].locator)
        )
        kept: list[Block] = []
        bio: str | None = None
        index = start + 1
        while index < end:
            block = self.flow[index]
            follower = self.flow[index + 1] if index + 1 < end else None
            inset = self._inset(block)
            if inset and follower and follower.kind in {"paragraph", "quotation", "list_item"}:
                self._keep_inset(inset, block, follower, number)
                index += 2
                continue
            if bio is None and block.in_text and not any(one.in_text for one in kept) and _is_bio(block, people):
                bio = block.text
                block = replace(block, kind="label", in_text=False)
            kept.append(block)
            index += 1
        if not any(block.in_text for block in kept):
            self.faults.append(
                Fault(
                    Code.ANSWER_EMPTY, self.flow[start].locator, entry.name, "the entry's heading has no text under it"
                )
            )
        self.contributions[number] = replace(
            self.contributions[number], blocks=tuple(kept), affiliation=entry.affiliation, bio=bio
        )

    def _inset(self, block: Block) -> str | None:
        """The kind of inset that a label announces: `followup`, the name of a listed commentator, or `?`."""
        text = block.text.strip().rstrip(":")
        if len(text) > _LONGEST_NAME or block.kind in {"image", "caption"}:
            return None
        if known := self.labels.get(text.lower()):
            return known
        shouted = text.isupper() and sum(map(str.isalpha, text)) > 2
        if not (shouted or block.kind in {"heading", "label"} or block.strong):
            return None
        speaker = next((name for name in self.known if persons.same_person_label(text, name)), None)
        return speaker or ("?" if shouted and word_count(text) <= 8 else None)

    def _keep_inset(self, inset: str, label: Block, words: Block, section: int) -> None:
        if inset == "followup":
            link = words.links[0] if words.links else None
            self.relations.append(
                PageRelation(
                    "follows_up",
                    link.text if link else words.text,
                    link.url if link else None,
                    words.text,
                    "inset",
                    words.locator,
                    section,
                )
            )
        elif inset == "?":
            self.faults.append(
                Fault(
                    Code.UNKNOWN_SPEAKER,
                    label.locator,
                    f"{label.text}: {words.text}"[:200],
                    "the label of an inset that is neither a listed respondent nor a kind of inset",
                )
            )
        else:
            self.contributions.append(
                PageContribution(
                    label.text,
                    (inset,),
                    "comment",
                    (replace(words, kind="paragraph", in_text=True),),
                    locator=label.locator,
                    comments_on=section,
                )
            )
            self.relations.append(
                PageRelation(
                    "comments_on",
                    self.contributions[section].label or "",
                    None,
                    words.text,
                    "inset",
                    label.locator,
                    len(self.contributions) - 1,
                )
            )


def _voices(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Who answers under one name of the list: several people together, people with an organisation, or one."""
    byline = names.parse_byline(name, known=frozenset(known))
    voices = {*byline.names, *byline.organisations}
    return tuple(credit.name for credit in byline.credits if credit.name in voices) or (name,)


def _is_bio(block: Block, people: Iterable[str]) -> bool:
    """A short first paragraph that speaks of the speaker by name."""
    if block.kind not in {"paragraph", "caption"} or word_count(block.text) > _LONGEST_BIO:
        return False
    beginning = set(_tokens(block.text)[:16])
    return any(token in beginning for name in people for token in _tokens(name) if len(token) > 2)

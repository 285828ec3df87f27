"""The segments of a page of many respondents: the prompt, the line-up, and who says which blocks.

Here belongs recognising them on blocks alone (a list of names, headings that repeat them, labels of insets), so
that a redesign of the markup does not blind it. Not here: pages with one text, and who these people are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.codes import Code
from archive.normalise import names, persons
from archive.normalise.text import word_count
from archive.reading import line_up
from archive.reading.page import Block, Entry, Fault, PageContribution, PagePrompt, PageRelation
from archive.reading.source import Source

_LONGEST_BIO = 90
_FOLLOWUP_LABELS = frozenset(("followup", "follow-up", "follow up"))


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
    listed = line_up.find(flow)
    if listed is None:
        return None
    made = _Sections(flow, listed.entries, source)
    made.run()
    faults = made.faults + [
        Fault(Code.ENTRY_UNANSWERED, entry.locator, entry.name, "listed among the respondents, but no answer follows")
        for entry in listed.unanswered
    ]
    contributions, relations = _without_empty(made.contributions, made.relations)
    return Segments(
        prompts=_prompt(flow[: listed.start]),
        line_up=tuple(entry for _, entry in sorted(listed.entries.items())) + tuple(listed.unanswered),
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


def _prompt(above: Sequence[Block]) -> tuple[PagePrompt, ...]:
    """The full wording: the last block above the list that asks something."""
    asking = [block for block in above if "?" in block.text and block.kind not in {"image", "caption"}]
    return (PagePrompt(asking[-1].text, "question", asking[-1].locator),) if asking else ()


class _Sections:
    """Gives every block below the first answer's heading to its speaker, or rejects it."""

    def __init__(self, flow: Sequence[Block], entries: dict[int, Entry], source: Source) -> None:
        self.flow = flow
        self.speakers = sorted(entries)
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
            and line_up.is_heading(block)
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
        if len(text) > line_up.LONGEST_NAME or block.kind in {"image", "caption"}:
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
    if block.kind not in {"paragraph", "list_item", "caption"} or word_count(block.text) > _LONGEST_BIO:
        return False
    beginning = set(line_up.tokens(block.text)[:16])
    return any(token in beginning for name in people for token in line_up.tokens(name) if len(token) > 2)

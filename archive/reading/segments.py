"""The segments of a page of many respondents: the prompts, the line-up, and who says which blocks.

Here belongs recognising them on blocks alone (a list of names, headings that repeat them, labels of insets), so
that a redesign of the markup does not blind it. Not here: pages with one text, and who these people are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.codes import Code
from archive.normalise import names, persons
from archive.normalise.text import fold, word_count
from archive.reading import line_up, openings
from archive.reading.page import Block, Entry, Fault, PageContribution, PagePrompt, PageRelation
from archive.reading.source import Source

_LONGEST_BIO = 90
_LONGEST_SHOUT = 8
_FOLLOWUP_LABELS = frozenset(("followup", "follow-up", "follow up"))
_LOADING = re.compile(
    r"(?:(?:please )?(?:enable|turn on|activate) javascript|javascript (?:is|must)|loading|wird geladen|lädt|chargement"
    r"|cargando|carregando)\b.{0,80}$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:about|who (?:they|we) are|(?:the )?(?:authors?|contributors?|respondents|participants?|speakers?)"
    r"|bio(?:graphie|grafía|grafia)?s?|notes on|über|zu den|die autor\w+|autor\w+|à propos|les aut\w+|sobre"
    r"|los aut\w+|os aut\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segments:
    """What a page of many respondents holds; see `Page` for the parts."""

    prompts: tuple[PagePrompt, ...]
    line_up: tuple[Entry, ...]
    contributions: tuple[PageContribution, ...]
    relations: tuple[PageRelation, ...]
    faults: tuple[Fault, ...]


def segment(blocks: Sequence[Block], source: Source, title: str = "") -> Segments | None:
    """The segments, or None where the page is not one of many respondents.

    A page is one when at least two of its openings repeat names that were listed above them; or name people, where
    it asks something and has no list; or when it lists respondents below a question, and no answers.
    """
    flow = [block for block in blocks if block.region in {"body", "inset", "aside"} or _is_signature(block)]
    listed = line_up.find(flow, title) or line_up.without_list(flow, title)
    if listed is None:
        return _unanswered(flow)
    made = _Sections(listed, source)
    made.run()
    contributions, relations = _without_empty(made.contributions, made.relations)
    entries = {id(entry): entry for _, entry in sorted(listed.entries.items())}
    first = min(listed.entries)
    return Segments(
        prompts=(*_prompt(listed.flow[: listed.start], listed.flow[listed.start : first], title), *made.prompts),
        line_up=(*entries.values(), *listed.unanswered),
        contributions=contributions,
        relations=relations,
        faults=(*made.faults, *_faults(listed)),
    )


def _is_signature(block: Block) -> bool:
    return block.region == "footer" and "/blockquote[" in block.locator


def _faults(listed: line_up.LineUp) -> Iterator[Fault]:
    """What is missing from the line-up, or from under it."""
    for entry in listed.unanswered:
        reason = "listed among the respondents, but no answer follows"
        yield Fault(Code.ENTRY_UNANSWERED, entry.locator, entry.name, reason)
    if not listed.is_listed:
        first = listed.entries[listed.start]
        reason = "answers stand under names, but no list says who answers"
        yield Fault(Code.LINE_UP_MISSING, first.locator, first.name, reason)
    for heading in _shared(listed):
        entry = listed.entries[heading]
        reason = "several respondents are listed by this name, and nothing tells their answers apart but their order"
        yield Fault(Code.NAME_SHARED, listed.flow[heading].locator, entry.name, reason)


def _shared(listed: line_up.LineUp) -> list[int]:
    """The headings that repeat a name which several entries of the list have, and nothing else."""
    entries = {id(entry): openings.key(entry.name) for entry in listed.entries.values()}
    counts = Counter(entries.values())
    return [
        heading
        for heading, entry in sorted(listed.entries.items())
        if listed.is_listed
        and counts[entries[id(entry)]] > 1
        and openings.key(listed.flow[heading].text) == entries[id(entry)]
    ]


def _unanswered(flow: Sequence[Block]) -> Segments | None:
    """A page that lists respondents and has no answers of theirs; None where it lists nobody."""
    entries = line_up.announced(flow)
    if not entries:
        return None
    loads = next((block for block in flow if _LOADING.match(block.text)), None)
    if loads:
        fault = Fault(Code.ANSWERS_NOT_CAPTURED, loads.locator, loads.text[:200], "a script loads what belongs here")
    else:
        excerpt = ", ".join(entry.name for entry in entries)[:200]
        reason = f"{len(entries)} respondents are listed, and no heading or label repeats a name"
        fault = Fault(Code.ANSWERS_MISSING, entries[0].locator, excerpt, reason)
    above = [block.locator for block in flow].index(entries[0].locator)
    return Segments(_prompt(flow[:above], (), ""), tuple(entries), (), (), (fault,))


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


def _prompt(above: Sequence[Block], below: Sequence[Block], title: str) -> tuple[PagePrompt, ...]:
    """The full wording: the last block above the list that asks something, or a heading below it; else the title."""
    asking = [block for block in above if "?" in block.text and block.kind not in {"image", "caption"}][-1:]
    asking += [block for block in below if block.text.rstrip().endswith("?") and (block.level or not asking)][-1:]
    if asking:
        return tuple(PagePrompt(block.text, "question", block.locator) for block in asking)
    return (PagePrompt(title, "question", "title"),) if title.rstrip().endswith("?") else ()


class _Sections:
    """Gives every block below the first answer's heading to its speaker, or rejects it."""

    def __init__(self, listed: line_up.LineUp, source: Source) -> None:
        self.flow = listed.flow
        self.entries = listed.entries
        self.speakers = sorted(listed.entries)
        spoken = dict.fromkeys(entry.name for entry in (*listed.entries.values(), *listed.unanswered))
        self.known = frozenset((*spoken, *source.names))
        self.by_label = {label: name for name in (*sorted(source.names), *spoken) for label in persons.label_keys(name)}
        self.labels = {**dict.fromkeys(_FOLLOWUP_LABELS, "followup"), **source.inset_labels}
        self.shouts = all(self.flow[index].text.isupper() for index in self.speakers)
        keys = [openings.key(name) for name in spoken]
        self.names = {key: name for key, name in zip(keys, spoken, strict=True) if len(key) > 1}
        self.lengths = sorted({len(key) for key in self.names})
        self.shared = set(_shared(listed))
        self.voices: dict[str, tuple[str, ...]] = {}
        self.affiliations = self._affiliation_lines()
        self.bios: dict[tuple[str, ...], str] = {}
        self.contributions: list[PageContribution] = []
        self.relations: list[PageRelation] = []
        self.prompts: list[PagePrompt] = []
        self.faults: list[Fault] = []

    def run(self) -> None:
        """Walk the sections in order."""
        level = self.flow[self.speakers[0]].level
        for start, end in zip(self.speakers, [*self.speakers[1:], len(self.flow)], strict=True):
            if end < len(self.flow) and end - 1 in self.affiliations:
                end -= 1  # noqa: PLW2901
            stop = next((index for index in range(start + 1, end) if self._is_stranger(self.flow[index], level)), end)
            self._section(start, stop)
            self._between(stop, end)
        if self.bios:
            self.contributions = [
                replace(item, bio=self.bios.get(openings.key(item.label or "")))
                if item.bio is None and item.role == "response"
                else item
                for item in self.contributions
            ]

    def _speaker(self, label: str) -> str | None:
        """The known name that a label spells."""
        return next((self.by_label[key] for key in sorted(persons.label_keys(label)) if key in self.by_label), None)

    def _affiliation_lines(self) -> dict[int, int]:
        """Index of a line that only says whose voice it is → index of the heading that it stands above or below."""
        for step in (1, -1):
            found = {
                index + step: index
                for index in self.speakers
                if 0 <= index + step < len(self.flow)
                and index + step not in self.entries
                and _is_affiliation(self.flow[index + step], self.entries[index])
            }
            # A single such line may be anything; where the list does not say it, all answers must have one.
            if len(found) < len(self.speakers):
                found = {place: index for place, index in found.items() if self.entries[index].affiliation is not None}
            if found:
                return found
        return {}

    def _is_stranger(self, block: Block, level: int) -> bool:
        """A heading of the rank of the speakers', or one that has the form of a name, that names nobody listed."""
        if not line_up.is_heading(block) or not block.in_text or block.region == "inset":
            return False
        if level and block.level and block.level <= level:
            return True
        if block.text.isupper() and not self.shouts:
            return False
        if openings.is_moderator(block.text):
            return True
        return openings.is_speaker(block.text) and self._speaker(openings.name_of(block.text)) is None

    def _between(self, start: int, end: int) -> None:
        """What stands under a heading that names nobody who is listed."""
        if start == end:
            return
        heading = self.flow[start]
        said = [block for block in self.flow[start + 1 : end] if block.in_text]
        if heading.text.rstrip().endswith("?"):
            self.prompts.append(PagePrompt(heading.text, "question", heading.locator))
        elif openings.is_moderator(heading.text) and said:
            self._moderate(heading, said)
        elif _ABOUT.match(heading.text) and not names.looks_like_name(heading.text):
            left = [block for block in said if not self._told(block)]
            if left:
                self._reject(heading, left, "nobody is known to say what stands under this heading")
        elif said:
            self._reject(heading, said, "a heading like those of the respondents, but nobody of this name is listed")

    def _told(self, block: Block) -> bool:
        """Whether a block says who one of the respondents is."""
        key = self._told_of(block)
        if key:
            self.bios.setdefault(key, block.text)
        return bool(key)

    def _told_of(self, block: Block) -> tuple[str, ...]:
        """The words of the listed name that a short block begins with."""
        if block.kind == "heading" or word_count(block.text) > _LONGEST_BIO:
            return ()
        words = openings.key(block.text)
        return next((words[:length] for length in self.lengths if words[:length] in self.names), ())

    def _moderate(self, label: Block, said: Sequence[Block]) -> None:
        """Who leads the discussion speaks; only the first block is surely theirs."""
        first, *left = said
        if first.text.rstrip().endswith("?"):
            self.prompts.append(PagePrompt(first.text, "followup", first.locator))
        else:
            self.contributions.append(
                PageContribution(label.text.strip(openings.EDGES), (), "conversation", (first,), locator=label.locator)
            )
        if left:
            self._reject(left[0], left, "it follows words of the moderator, and nobody is named")

    def _reject(self, heading: Block, said: Sequence[Block], reason: str) -> None:
        count = sum(word_count(block.text) for block in said)
        code = Code.UNKNOWN_SPEAKER
        self.faults.append(Fault(code, heading.locator, heading.text[:200], f"{reason}; {count} words under it"))

    def _voices(self, name: str) -> tuple[str, ...]:
        """Who answers under one name of the list: several people together, people with an organisation, or one."""
        if name not in self.voices:
            byline = names.parse_byline(name, known=self.known)
            voices = {*byline.names, *byline.organisations}
            found = tuple(credit.name for credit in byline.credits if credit.name in voices)
            self.voices[name] = found or (name,)
        return self.voices[name]

    def _section(self, start: int, end: int) -> None:
        entry = self.entries[start]
        people = self._voices(entry.name)
        number = len(self.contributions)
        self.contributions.append(
            PageContribution(entry.name, people, "response", (), locator=self.flow[start].locator)
        )
        kept: list[Block] = []
        affiliation, bio = (None if start in self.shared else entry.affiliation), None
        loads = False
        index = start + 1
        if start - 1 in self.affiliations and self.affiliations[start - 1] == start:
            affiliation = affiliation or line_up.bare(self.flow[start - 1].text)
        while index < end:
            block = self.flow[index]
            follower = self.flow[index + 1] if index + 1 < end else None
            inset = self._inset(block)
            if inset and follower and _can_be_inset(follower):
                self._keep_inset(inset, block, follower, number)
                index += 2
                continue
            if follower and block.kind in {"quotation", "pull_quote"} and (inset := self._signed(follower)):
                self._keep_inset(inset, follower, block, number)
                index += 2
                continue
            index += 1
            if index - 1 in self.affiliations:
                affiliation = affiliation or line_up.bare(block.text)
                block = replace(block, kind="label", in_text=False)
            elif block.in_text and (parts := openings.head(block)) and (inset := self._run_in(block, parts[0])):
                self._keep_inset(inset, replace(block, text=parts[0]), replace(block, text=parts[1]), number)
                continue
            elif _LOADING.match(block.text) or openings.is_note(block.text):
                loads = loads or bool(_LOADING.match(block.text))
                block = replace(block, kind="label", in_text=False)
            elif bio is None and block.in_text and not any(one.in_text for one in kept) and _is_bio(block, people):
                bio = block.text
                block = replace(block, kind="label", in_text=False)
            kept.append(block)
        bio = self._trailing(kept, entry, bio, is_last=end == len(self.flow))
        if not any(block.in_text for block in kept):
            code, reason = Code.ANSWER_EMPTY, "the entry's heading has no text under it"
            if loads:
                code, reason = Code.ANSWERS_NOT_CAPTURED, "a script loads what belongs under the entry's heading"
            self.faults.append(Fault(code, self.flow[start].locator, entry.name, reason))
        self.contributions[number] = replace(
            self.contributions[number], blocks=tuple(kept), affiliation=affiliation, bio=bio
        )

    def _trailing(self, kept: list[Block], entry: Entry, bio: str | None, *, is_last: bool) -> str | None:
        """Take what is no part of an answer from its end: the next question, and who somebody is."""
        places = [place for place, block in enumerate(kept) if block.in_text]
        if len(places) > 1 and not is_last:
            asks = kept[places[-1]]
            if line_up.is_heading(asks) and asks.text.endswith("?"):
                self.prompts.append(PagePrompt(asks.text, "followup", asks.locator))
                kept[places.pop()] = replace(asks, kind="label", in_text=False)
        if is_last:
            ends = len(places)
            while ends > 1 and self._told_of(kept[places[ends - 1]]):
                ends -= 1
            if len(places) - ends > 1:
                for place in places[ends:]:
                    self._told(kept[place])
                    kept[place] = replace(kept[place], kind="label", in_text=False)
                return bio or self.bios.get(openings.key(entry.name))
        if bio is None and len(places) > 1:
            last = kept[places[-1]]
            words = openings.key(last.text)
            spelt = (openings.key(name) for name in (entry.name, *self._voices(entry.name)))
            is_short = last.kind != "heading" and word_count(last.text) <= _LONGEST_BIO
            if is_short and any(len(name) > 1 and words[: len(name)] == name for name in spelt):
                kept[places[-1]] = replace(last, kind="label", in_text=False)
                return last.text
        return bio

    def _signed(self, block: Block) -> str | None:
        """The respondent who is named below a quotation."""
        if len(block.text) > openings.LONGEST_NAME:
            return None
        name = openings.signature(block)
        return self._speaker(openings.name_of(name)) if name else None

    def _inset(self, block: Block) -> str | None:
        """The kind of inset that a label announces: `followup`, the name of a listed commentator, or `?`."""
        text = block.text.strip().rstrip(":")
        if len(text) > openings.LONGEST_NAME or block.kind == "image":
            return None
        if known := self.labels.get(text.lower()):
            return known
        if block.kind == "caption":
            return None
        shouted = text.isupper() and sum(map(str.isalpha, text)) > 2
        if not (shouted or block.kind in {"heading", "label"} or block.level or block.strong):
            return None
        strange = (shouted and word_count(text) <= _LONGEST_SHOUT) or openings.names_people(text)
        return self._speaker(text) or ("?" if strange else None)

    def _run_in(self, block: Block, text: str) -> str | None:
        """The kind of inset that words announce which run into it, as in "FOLLOWUP: …"."""
        if known := self.labels.get(text.lower()):
            return known
        if not (block.lead or text.isupper() or block.region == "inset" or block.text[len(text) :][:1] == ":"):
            return None
        if names.looks_like_name(text) or (text.isupper() and names.looks_like_name(text.title())):
            return self._speaker(text) or "?"
        return None

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


def _can_be_inset(block: Block) -> bool:
    return block.kind in {"paragraph", "quotation", "list_item", "pull_quote"} or (
        block.kind == "boilerplate" and block.region in {"inset", "aside"}
    )


def _is_affiliation(block: Block, entry: Entry) -> bool:
    """Whether a line is no more than the voice in which somebody speaks."""
    if not block.text or block.kind in {"image", "heading"} or len(block.text) > openings.LONGEST_NAME:
        return False
    if entry.affiliation is not None:
        return fold(line_up.bare(block.text)) == fold(entry.affiliation)
    return (
        (block.in_text or block.kind == "label")
        and block.text[-1] not in ".?!…:"
        and not openings.names_people(block.text)
    )


def _is_bio(block: Block, people: Iterable[str]) -> bool:
    """A short first paragraph that speaks of the speaker by name."""
    if block.kind not in {"paragraph", "list_item", "caption"} or word_count(block.text) > _LONGEST_BIO:
        return False
    beginning = set(openings.tokens(block.text)[:16])
    return any(token in beginning for name in people for token in openings.tokens(name) if len(token) > 2)

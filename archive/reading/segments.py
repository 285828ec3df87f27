"""The segments of a page of many respondents: the prompts, the line-up, and who says which blocks.

Here belongs recognising them on blocks alone (a list of names, headings that repeat them, labels of insets), so
that a redesign of the markup does not blind it. Not here: pages with one text, and who these people are.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.codes import Code
from archive.normalise import names, persons
from archive.normalise.text import word_count
from archive.reading import (
    announced,
    arranging,
    asking,
    bios,
    candidates,
    extents,
    insets,
    line_up,
    missing,
    moderators,
    openings,
    panels,
    parts,
    preamble,
    sightings,
    stages,
)
from archive.reading.page import Block, Entry, Fault, PageContribution, PagePrompt, PageRelation
from archive.reading.source import Source

_NEAR = 6
"""Blocks below a heading among which the first that is text must be a respondent's label."""
_ABOUT = re.compile(
    r"^(?:about|who (?:they|we) are|(?:the )?(?:authors?|contributors?|respondents|participants?|speakers?)"
    r"|declared? interests|declarations? of interests?|(?:conflicts?|competing) (?:of )?interests?|disclosures?"
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
    printed = candidates.flow(blocks)
    if votes := panels.panel(printed, title):
        return Segments(votes.prompts, votes.line_up, votes.contributions, (), ())
    flow = openings.as_they_are(printed)
    plain = [block for block in flow if block.region not in {"head", "caption"}]
    named = line_up.find(plain)
    listed = arranging.rearranged(named) if named else arranging.without_list(flow, title)
    listed = listed or line_up.find_recast(plain, title)
    if listed is None:
        return _unanswered(printed, flow)
    listed = moderators.apart(preamble.read(listed))
    first = min(listed.entries)
    made = _Sections(listed, source)
    made.prompts += asking.prompts(listed.flow[: listed.start], listed.flow[listed.start : first], title)
    made.run()
    contributions, relations = _without_empty(parts.told(made.contributions), made.relations)
    entries = {id(entry): entry for _, entry in sorted(listed.entries.items())}
    return Segments(
        prompts=tuple(made.prompts),
        line_up=(*entries.values(), *listed.unanswered),
        contributions=contributions,
        relations=relations,
        faults=(*made.faults, *missing.faults(listed)),
    )


def _unanswered(printed: Sequence[Block], flow: Sequence[Block]) -> Segments | None:
    """A page that lists respondents and has no answers of theirs; None where it lists nobody."""
    entries = announced.entries(flow)
    if not entries:
        return None
    above = [block.locator for block in printed].index(entries[0].locator)
    told = asking.prompts(printed[:above], (), "")
    return Segments(told, tuple(entries), (), (), (missing.answers(printed, entries),))


def _stage(above: Sequence[Block]) -> Block | None:
    """The last heading above the first answer that names a stage."""
    found = [block for block in above if block.level != 1 and line_up.is_heading(block) and stages.named(block.text)]
    if not found:
        return None
    # What introduces the answers is no stage of theirs.
    between = above[above.index(found[-1]) + 1 :]
    is_introduction = (stage := stages.named(found[-1].text)) is not None and stage.role == "introduction"
    return None if is_introduction and any(map(sightings.runs, between)) else found[-1]


def _is_about(block: Block) -> bool:
    """Whether a heading announces who the respondents are."""
    return bool(_ABOUT.match(block.text)) and not names.looks_like_name(block.text)


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


class _Sections:
    """Gives every block below the first answer's heading to its speaker, or rejects it."""

    def __init__(self, listed: line_up.LineUp, source: Source) -> None:
        self.flow = listed.flow
        self.entries = listed.entries
        self.speakers = sorted(listed.entries)
        self.turns = Counter(map(id, listed.entries.values()))
        self.first = {id(listed.entries[index]): index for index in reversed(self.speakers)}
        self.ends = listed.ends
        self.strange = listed.strange
        spoken = dict.fromkeys(entry.name for entry in (*listed.entries.values(), *listed.unanswered))
        self.known = frozenset((*spoken, *source.names))
        self.by_label = {label: name for name in (*sorted(source.names), *spoken) for label in persons.label_keys(name)}
        self.insets = insets.Insets(source.inset_labels, self._speaker)
        self.shouts = all(self.flow[index].text.isupper() for index in self.speakers)
        keys = [openings.key(name) for name in spoken]
        self.names = {key: name for key, name in zip(keys, spoken, strict=True) if len(key) > 1}
        self.lengths = sorted({len(key) for key in self.names})
        self.shared = set(missing.shared(listed))
        self.voices: dict[str, tuple[str, ...]] = {}
        self.bios: dict[tuple[str, ...], str] = {}
        self.stage = _stage(self.flow[: self.speakers[0]])
        self.contributions: list[PageContribution] = []
        self.relations: list[PageRelation] = []
        self.prompts: list[PagePrompt] = []
        self.faults: list[Fault] = []

    def run(self) -> None:
        """Walk the sections in order."""
        level = self.flow[self.speakers[0]].level
        self._open()
        for start, end in zip(self.speakers, [*self.speakers[1:], len(self.flow)], strict=True):
            after = end
            end = min(end, self.ends.get(start, end))  # noqa: PLW2901
            cuts = [i for i in range(start + 1, end) if self._cuts(i, level)]
            if cuts and _is_about(self.flow[cuts[0]]):
                del cuts[1:]
            self._section(start, cuts[0] if cuts else end)
            for stranger, until in pairwise((*cuts, end)):
                self._between(stranger, until)
            self._apart(end, after)
        if self.bios:
            self.contributions = [
                replace(item, bio=self.bios.get(openings.key(item.label or "")))
                if item.bio is None and item.role == "response"
                else item
                for item in self.contributions
            ]

    def _open(self) -> None:
        """What whoever leads the discussion says above the first answer."""
        first = self.speakers[0]
        labels = [i for i in range(max(0, first - _NEAR), first) if openings.is_moderator(self.flow[i].text)]
        said = [block for block in self.flow[labels[-1] + 1 : first] if block.in_text] if labels else []
        if said and not any(prompt.locator == said[0].locator for prompt in self.prompts):
            self._moderate(self.flow[labels[-1]], said)

    def _speaker(self, label: str) -> str | None:
        """The known name that a label spells."""
        return next((self.by_label[key] for key in sorted(persons.label_keys(label)) if key in self.by_label), None)

    def _cuts(self, index: int, level: int) -> bool:
        """Whether an answer ends before a block that is no respondent's label."""
        return index in self.strange or self._is_stranger(self.flow[index], level) or self._is_stage(index)

    def _is_stage(self, index: int) -> bool:
        """A heading right above a respondent's: it names a stage, or those who spoke already speak again below it."""
        block = self.flow[index]
        if not line_up.is_heading(block) or extents.asks(block.text) or block.region == "inset":
            return False
        below = index + 1
        while below < min(len(self.flow), index + _NEAR) and below not in self.entries and not self.flow[below].in_text:
            below += 1
        if below not in self.entries:
            return False
        if stages.named(block.text):
            return True
        again = self.first[id(self.entries[below])] < index
        return again and self._speaker(openings.name_of(block.text)) is None

    def _is_stranger(self, block: Block, level: int) -> bool:
        """A heading of the rank of the speakers', or one that has the form of a name, that names nobody listed."""
        if not line_up.is_heading(block) or not block.in_text or block.region == "inset":
            return False
        if _ABOUT.match(block.text):
            return True
        if level and block.level and block.level <= level:
            return True
        if openings.is_moderator(block.text):
            return True
        if block.text.isupper() and not self.shouts:
            return False
        return openings.is_speaker(block.text) and self._speaker(openings.name_of(block.text)) is None

    def _between(self, start: int, end: int) -> None:
        """What stands under a heading that names nobody who is listed."""
        if start == end:
            return
        heading = self.flow[start]
        said = [block for block in self.flow[start + 1 : end] if block.in_text]
        if self._is_stage(start):
            self.stage = heading
        elif extents.asks(heading.text):
            self.prompts.append(PagePrompt(asking.question(heading), "question", heading.locator))
        elif said and (openings.is_moderator(heading.text) or (start in self.strange and extents.asks(said[0].text))):
            self._moderate(heading, said)
        elif _is_about(heading):
            left = [block for block in said if not self._told(block)]
            if left:
                self._reject(heading, left, "nobody is known to say what stands under this heading")
        elif said:
            self._reject(heading, said, "a heading like those of the respondents, but nobody of this name is listed")

    def _apart(self, start: int, end: int) -> None:
        """What stands between two answers that are elements of their own: nobody's, unless it asks or names a stage."""
        for index in range(start, end):
            block = self.flow[index]
            if block.in_text and extents.asks(block.text):
                self.prompts.append(PagePrompt(asking.question(block), "question", block.locator))
            elif self._is_stage(index):
                self.stage = block

    def _told(self, block: Block) -> bool:
        """Whether a block says who one of the respondents is."""
        key = self._told_of(block)
        if key:
            self.bios.setdefault(key, block.text)
        return bool(key)

    def _told_of(self, block: Block) -> tuple[str, ...]:
        """The words of the listed name that a short block begins with."""
        if block.kind == "heading" or word_count(block.text) > bios.LONGEST:
            return ()
        words = openings.key(block.text)
        return next((words[:length] for length in self.lengths if words[:length] in self.names), ())

    def _moderate(self, label: Block, said: Sequence[Block]) -> None:
        """Who leads the discussion speaks; only the first block is surely theirs."""
        first, *left = said
        if extents.asks(first.text):
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
            PageContribution(
                entry.name,
                people,
                "response",
                (),
                locator=self.flow[start].locator,
                prompt=len(self.prompts) - 1 if self.prompts else None,
                title=entry.title,
                stance=entry.stance,
                stage=self.stage.text.strip(openings.EDGES) if self.stage else None,
                stage_at=self.stage.locator if self.stage else None,
            )
        )
        kept: list[Block] = []
        affiliation, bio = (None if start in self.shared else entry.affiliation), entry.bio
        loads = False
        index = start + 1
        while index < end:
            block = self.flow[index]
            follower = self.flow[index + 1] if index + 1 < end else None
            inset = self.insets.kind(block)
            if inset == insets.STRANGE and not any(one.in_text for one in kept):
                # Before anything is said, a heading that looks like a name is the title of the answer.
                inset = None
            if inset and follower and insets.can_hold(follower):
                self._keep_inset(inset, block, follower, number)
                index += 2
                continue
            if follower and block.kind in {"quotation", "pull_quote"} and (inset := self.insets.signed(follower)):
                self._keep_inset(inset, follower, block, number)
                index += 2
                continue
            index += 1
            if (
                (block.in_text or block.links)
                and not sightings.is_bio(block)
                and (parts := openings.head(block))
                and (inset := self.insets.run_in(block, parts[0]))
            ):
                self._keep_inset(inset, replace(block, text=parts[0]), replace(block, text=parts[1]), number)
                continue
            if missing.LOADING.match(block.text) or openings.is_note(block.text):
                loads = loads or bool(missing.LOADING.match(block.text))
                block = replace(block, kind="label", in_text=False)
            elif (
                bio is None
                and (block.in_text or block.region == "aside")
                and not any(one.in_text for one in kept)
                and bios.is_bio(block, people)
            ):
                bio = block.text
                block = replace(block, kind="label", in_text=False)
            kept.append(block)
        if bio and bio != entry.bio and self.turns[id(entry)] > 1 and not any(block.in_text for block in kept):
            # Who takes turns and says nothing else here says it: "I am Ada Lindqvist, and with me are …".
            bio, kept = entry.bio, [replace(one, in_text=True) if one.text == bio else one for one in kept]
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
            if line_up.is_heading(asks) and extents.asks(asks.text):
                self.prompts.append(PagePrompt(asking.question(asks), "followup", asks.locator))
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
            is_short = last.kind != "heading" and word_count(last.text) <= bios.LONGEST
            if is_short and any(len(name) > 1 and words[: len(name)] == name for name in spelt):
                kept[places[-1]] = replace(last, kind="label", in_text=False)
                return last.text
        return bio

    def _keep_inset(self, inset: str, label: Block, words: Block, section: int) -> None:
        if inset == insets.FOLLOWUP:
            self.relations.append(insets.followup(words, section))
        elif inset == insets.STRANGE:
            self.faults.append(insets.strange(label, words))
        else:
            said = insets.comment(inset, label, words, section)
            self.contributions.append(said)
            to, number = self.contributions[section].label or "", len(self.contributions) - 1
            self.relations.append(PageRelation("comments_on", to, None, words.text, "inset", label.locator, number))

"""What contributions refer to, in the words of the page.

Here belong relations and their targets, also those that were never captured. Not here: which words announce one
(`archive.reading`), whom a reply names (`addressees`), and which text translates which (`translations`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from archive.discussion import manifestations
from archive.discussion.addressees import Respondent, addressees, named_in
from archive.discussion.identity import Sight
from archive.discussion.line_up import line_up
from archive.discussion.overview import Index
from archive.discussion.placing import Observation
from archive.discussion.sighting import seen_at
from archive.discussion.witness import EvidenceBook
from archive.model import Relation
from archive.model.contributions import RelationTarget, RelationType
from archive.model.records import Records
from archive.normalise import dates
from archive.normalise.text import fold
from archive.reading.page import PageRelation
from archive.sources.register import Register

_REPLY_TO = re.compile(
    r"\b(?:repl(?:y|ies)|responses?|respond(?:s|ing)?|rejoinder|answers?) to (?P<whom>[^:.?!]{3,200})"
)
_ANSWERED = frozenset(("response", "followup", "comment", "statement"))


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation before it has an id."""

    type: RelationType
    to_kind: RelationTarget
    to_id: str | None
    to_url: str | None
    to_as_printed: str
    evidence: str
    quote: str | None


def add_relations(
    records: Records,
    observations: Iterable[Observation],
    register: Register,
    evidence: EvidenceBook,
    index: Index,
) -> None:
    """Add the relations of what is now believed to be said by each contribution.

    Args:
        records: gets the rows.
        observations: of contributions that are shown, each with all of its own.
        register: knows line-ups and titles.
        evidence: gets what contributions say about their round table.
        index: resolves what is referred to.
    """
    numbers: Counter[str] = Counter()
    for seen in _latest(observations, register):
        found = list(_stated(seen, index, register, evidence))
        if seen.place.table:
            found += _replies(seen, index.members[seen.place.table.id].values())
        for link in dict.fromkeys(found):
            numbers[name := f"{seen.contribution_id}#{link.type}"] += 1
            records.add(
                Relation(
                    relation_id=f"{name}-{numbers[name]}",
                    from_id=seen.contribution_id,
                    type=link.type,
                    to_kind=link.to_kind,
                    to_id=link.to_id,
                    to_url=link.to_url,
                    to_as_printed=link.to_as_printed,
                    evidence=link.evidence,
                    quote=link.quote,
                    capture_id=seen.reading.capture.capture_id,
                )
            )


def _latest(observations: Iterable[Observation], register: Register) -> list[Observation]:
    """What tells the current version of each contribution: its last observation, or the last one of each part."""
    seen: dict[str, list[Observation]] = defaultdict(list)
    for one in sorted(observations, key=lambda one: (seen_at(one.reading.capture), one.index)):
        seen[one.contribution_id].append(one)
    found = []
    for group in seen.values():
        parts = {one.part: one for one in manifestations.telling(group, register)}
        found += [one for _, one in sorted(parts.items(), key=lambda item: item[0] or 0)]
    return found


def _stated(seen: Observation, index: Index, register: Register, evidence: EvidenceBook) -> Iterator[_Link]:
    """What the page itself shows."""
    for link in seen.reading.page.relations:
        if (link.section or 0) != seen.index or link.type == "translates":
            continue
        to_kind, to_id = _target(link, seen, index, register)
        yield _Link(link.type, to_kind, to_id, link.to_url, link.to, link.evidence, link.quote)
        if to_kind == "round_table" and to_id:
            _corroborate(link, to_id, seen, evidence)


def _target(
    link: PageRelation, seen: Observation, index: Index, register: Register
) -> tuple[RelationTarget, str | None]:
    if link.to_url:
        found = index.by_address.get(register.key(link.to_url))
        return ("contribution", found) if found else ("page", None)
    if seen.section.comments_on is not None:
        return "contribution", index.by_section.get((seen.reading.capture.capture_id, seen.section.comments_on))
    table = seen.place.table
    if table and fold(link.to) in {fold(title) for title in table.titles()}:
        return "round_table", table.id
    return "page", None


def _replies(seen: Observation, members: Collection[Sight]) -> Iterator[_Link]:
    """Whom a rejoinder answers, and whom a title or standfirst says that any text answers."""
    page = seen.reading.page
    heads = ((page.title, "title"), (page.standfirst, "standfirst")) if seen.section.locator is None else ()
    said = [(named["whom"], locator) for words, locator in heads if (named := _REPLY_TO.search(words or ""))]
    if not said and seen.role != "rejoinder":
        return
    respondents, texts = _respondents(seen, members)
    found = [one for whom, locator in said for one in named_in(whom, locator, respondents)]
    if seen.role == "rejoinder":
        found += addressees(seen.section.blocks, respondents)
    told = set()
    for one in found:
        if one.respondent.key not in told:
            told.add(one.respondent.key)
            answered = texts.get(one.respondent.key)
            kind: RelationTarget = "contribution" if answered else "person"
            yield _Link("replies_to", kind, answered, None, one.printed, "sentence", one.quote)


def _respondents(seen: Observation, members: Collection[Sight]) -> tuple[list[Respondent], dict[str, str]]:
    """Who may be answered, with the text of each that is: the one on the same prompt before any other."""
    table = seen.place.table
    names = {entry.entry: entry.names for entry in line_up(table)} if table else {}
    own = {seen.entry} if seen.entry else set(seen.section.authors)
    texts: dict[str, str] = {}
    ranked = sorted(
        members, key=lambda one: (one.place.prompt_id != seen.prompt_id, one.role != "response", one.contribution_id)
    )
    for one in ranked:
        if one.role in _ANSWERED or one.role == "lead":
            key = one.entry.entry if one.entry else " & ".join(one.section.authors)
            names.setdefault(key, one.section.authors)
            if key and one.contribution_id != seen.contribution_id:
                texts.setdefault(key, one.contribution_id)
    return [Respondent(key, told) for key, told in names.items() if key not in own and not set(told) & own], texts


def _corroborate(link: PageRelation, table_id: str, seen: Observation, evidence: EvidenceBook) -> None:
    """A response may say when the round table opened: that is kept beside the register's word, and decides nothing."""
    before = link.quote.partition(link.to)[0]
    for _, _, date in dates.find(before):
        if date.on:
            evidence.add(
                ("round_tables", table_id, None),
                "opened_on",
                date.on,
                witness="running_text",
                rule="a contribution corroborates or contradicts, it never decides",
                locator=link.locator,
                capture_id=seen.reading.capture.capture_id,
                chosen=False,
            )

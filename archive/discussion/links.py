"""What contributions refer to, in the words of the page.

Here belong relations and their targets, also those that were never captured. Not here: which words announce one
(`reading.segments` and a source's patterns).
"""

from collections import Counter
from collections.abc import Iterable

from archive.discussion.placing import Observation
from archive.discussion.versions import seen_at
from archive.discussion.witness import EvidenceBook
from archive.model import Relation
from archive.model.contributions import RelationTarget
from archive.model.records import Records
from archive.normalise import dates
from archive.normalise.text import fold
from archive.reading.page import PageRelation
from archive.sources.register import Register


def add_relations(
    records: Records, observations: Iterable[Observation], register: Register, evidence: EvidenceBook
) -> None:
    """Add the relations of the latest observation of each contribution."""
    latest: dict[str, Observation] = {}
    for seen in sorted(observations, key=lambda seen: seen_at(seen.reading.capture)):
        latest[seen.contribution_id] = seen
    by_section = {(seen.reading.capture.capture_id, seen.index): seen for seen in latest.values()}
    by_address = {
        register.key(seen.reading.page.canonical_url): seen.contribution_id
        for seen in latest.values()
        if seen.section.locator is None
    }
    numbers: Counter[str] = Counter()
    for seen in latest.values():
        for link in seen.reading.page.relations:
            if (link.section or 0) != seen.index:
                continue
            to_kind, to_id = _target(link, seen, by_section, by_address, register)
            numbers[name := f"{seen.contribution_id}#{link.type}"] += 1
            records.add(
                Relation(
                    relation_id=f"{name}-{numbers[name]}",
                    from_id=seen.contribution_id,
                    type=link.type,
                    to_kind=to_kind,
                    to_id=to_id,
                    to_url=link.to_url,
                    to_as_printed=link.to,
                    evidence=link.evidence,
                    quote=link.quote,
                    capture_id=seen.reading.capture.capture_id,
                )
            )
            if to_kind == "round_table" and to_id:
                _corroborate(link, to_id, seen, evidence)


def _target(
    link: PageRelation,
    seen: Observation,
    by_section: dict[tuple[str, int], Observation],
    by_address: dict[str, str],
    register: Register,
) -> tuple[RelationTarget, str | None]:
    if link.to_url:
        found = by_address.get(register.key(link.to_url))
        return ("contribution", found) if found else ("page", None)
    if seen.section.comments_on is not None:
        about = by_section.get((seen.reading.capture.capture_id, seen.section.comments_on))
        return "contribution", about.contribution_id if about else None
    table = seen.place.table
    if table and fold(link.to) in {fold(title) for title in table.titles()}:
        return "round_table", table.id
    return "page", None


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

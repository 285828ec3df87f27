"""Stances: who said yes, who agreed and how surely, as the page prints it, else as the address or the register has it.

Here belongs finding the vote of a contribution among what is printed with it. What it means is for
`archive.normalise.stances`.
"""

from collections.abc import Iterator
from dataclasses import replace

from archive.discussion.placing import Observation
from archive.discussion.witness import EvidenceBook
from archive.model import Stance
from archive.model.provenance import Witness
from archive.model.records import Records
from archive.normalise import stances, urls
from archive.sources.register import RegisteredRoundTable, entry_of

_NEAR = 6
"""Blocks at the beginning of a text among which a vote and its confidence stand."""

_Found = tuple[stances.Stance, str, Witness]


def add_stance(records: Records, seen: Observation, version: int, evidence: EvidenceBook) -> None:
    """Add the stance of a version, where one is printed; every witness stays, the first one is believed.

    Args:
        records: gets the row.
        seen: what the version was read from.
        version: its number.
        evidence: gets the witnesses.
    """
    found = list(_witnesses(seen))
    if not found:
        return
    sure = _confidence(seen)
    stance = found[0][0]
    records.add(
        Stance(
            contribution_id=seen.contribution_id,
            version=version,
            raw=stance.raw,
            normalised=stance.value,
            scale=stance.scale,
            confidence=stance.confidence if stance.confidence is not None else sure,
            non_response=not stance.is_response,
        )
    )
    for number, (one, locator, witness) in enumerate(found):
        evidence.add(
            ("stances", f"{seen.contribution_id}#{version}", version),
            "raw",
            one.raw,
            witness=witness,
            rule="printed with the text before its address before the register",
            locator=locator,
            capture_id=_kept(seen, evidence) if witness == "register" else seen.reading.capture.capture_id,
            chosen=number == 0,
        )


def _confidence(seen: Observation) -> int | None:
    """How sure somebody is: in the column of a table that says so, else on a line of its own."""
    printed = seen.section.confidence
    lines = [f"Confidence: {printed}"] if printed else [line for line, _ in _lines(seen)]
    return next((count for line in lines if (count := stances.confidence(line)) is not None), None)


def without_stance(printed: str | None) -> str | None:
    """An affiliation, or a name, without a vote that is printed in its place or behind it."""
    if printed is None or stances.parse(printed):
        return None
    behind = stances.behind(printed)
    return behind[0] or None if behind else printed


def _witnesses(seen: Observation) -> Iterator[_Found]:
    """Every vote that is printed for the contribution, the best witness first."""
    section, page = seen.section, seen.reading.page
    place = section.locator or "title"
    # In a title, a word behind a colon may be about anything.
    title = page.title if section.locator is None and (page.title or "").endswith(")") else None
    if section.stance and (stance := stances.parse(section.stance, is_labelled=True)):
        yield stance, _where(seen, section.stance) or place, "visible"
    for line in (section.label, section.affiliation, title):
        if line and (stance := _vote(line)):
            yield stance, place, "visible"
    for line, locator in _lines(seen):
        if stance := stances.parse(line):
            yield stance, locator, "visible"
            break
    table = seen.place.table
    if table is None:
        return
    if section.locator is None and urls.is_web(page.canonical_url):
        last = urls.slug(page.canonical_url).rpartition("-")[2]
        if last in {"yes", "no"} and (stance := stances.parse(last)):
            yield stance, "url", "url"
    registered = _registered(seen, table)
    if registered:
        yield registered


def _where(seen: Observation, printed: str) -> str | None:
    """The place of a vote that stands in a cell of its own."""
    return next((block.locator for block in seen.section.blocks if block.text == printed), None)


def _vote(line: str) -> stances.Stance | None:
    behind = stances.behind(line)
    return stances.parse(line) or (behind[1] if behind else None)


def _lines(seen: Observation) -> Iterator[tuple[str, str]]:
    """The short lines with which a text begins."""
    for block in seen.section.blocks[:_NEAR]:
        if len(block.text) <= 40:
            yield block.text, block.locator


def _registered(seen: Observation, table: RegisteredRoundTable) -> _Found | None:
    for number, entry in enumerate(table.keys.line_up):
        if entry.stance and seen.entry == entry_of(entry):
            stance = stances.parse(entry.stance, is_labelled=True)
            if stance:
                return replace(stance, raw=entry.stance), f"{table.file.name}: line_up[{number + 1}]", "register"
    return None


def _kept(seen: Observation, evidence: EvidenceBook) -> str | None:
    return evidence.captures.get(seen.place.table.file.name) if seen.place.table else None

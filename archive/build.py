"""Captures and curation in, the rows of every table out: the whole of understanding, in order.

Here belongs the order of the steps discuss and reconcile. Pure but for the ids that it mints, which the caller
saves. Not here: reading pages, writing tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive.authority.reconcile import reconcile
from archive.citation import add_citations
from archive.codes import Code
from archive.discussion import corrections, storage
from archive.discussion.container import add_container
from archive.discussion.curation import Curation
from archive.discussion.doubts import add_doubts
from archive.discussion.drift import alarms
from archive.discussion.ids import Ids
from archive.discussion.links import add_relations
from archive.discussion.pages import Reading
from archive.discussion.placing import Observation, Place, observe, place
from archive.discussion.prompts import add_prompts
from archive.discussion.targets import add_targets
from archive.discussion.versions import add_contributions, seen_at
from archive.discussion.withdrawals import add_tombstones, shown, with_access
from archive.discussion.witness import EvidenceBook
from archive.model import Capture, Event, Evidence, Fetch, Rejection, Run, StageCount
from archive.model.records import Records
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES

_NO_FAULT_OF_A_HUB = frozenset(
    (Code.NO_ARTICLE, Code.ANSWERS_MISSING, Code.ANSWERS_NOT_CAPTURED, Code.LINE_UP_MISSING, Code.ENTRY_UNANSWERED)
)
"""A page that presents a discussion lists who takes part, and holds none of it."""
_SECTION_FAULTS = frozenset((Code.UNKNOWN_SPEAKER, Code.ANSWER_EMPTY, Code.ENTRY_UNANSWERED))


def build(  # noqa: PLR0913 - everything that is known comes in here
    readings: Sequence[Reading],
    register: Register,
    ids: Ids,
    *,
    captures: Sequence[Capture],
    fetches: Sequence[Fetch] = (),
    runs: Sequence[Run] = (),
    events: Sequence[Event] = (),
    register_captures: dict[str, str] | None = None,
    curation: Curation | None = None,
) -> Records:
    """Make the records of a release; the same input gives the same rows.

    Args:
        readings: every page that was read.
        register: what is known of publishers.
        ids: the ledger; what is minted here waits in it to be saved.
        captures: every capture, which becomes a row as it is.
        fetches: every attempt, likewise.
        runs: every ingestion, likewise.
        events: every event, likewise.
        register_captures: file of the register → the capture that keeps it.
        curation: what people decided about contributions.
    """
    decided = curation or Curation()
    withdrawals = decided.withdrawals
    records = Records()
    evidence = EvidenceBook(register_captures or {})
    add_container(records, register, evidence)
    # In the order of capture, so that ids are minted in the same order whatever order pages came in.
    ordered = sorted(readings, key=lambda reading: seen_at(reading.capture))
    placed = [(reading, place(reading.page, register, ids)) for reading in ordered]
    observed = [(reading, where, observe(reading, where, register, ids)) for reading, where in placed]
    # What was withdrawn is taken away before anything is made of it, so that nothing can be forgotten later.
    gone = withdrawals.standing
    placed = [(shown(reading, seen, gone), where) for reading, where, seen in observed]
    everything = [one for _, _, seen in observed for one in seen]
    observations = [one for one in _as_shown(observed, placed) if one.contribution_id not in gone]
    withdrawn = [one for one in everything if one.contribution_id in gone]
    add_prompts(records, placed, register, ids, evidence)
    add_contributions(records, observations, evidence)
    add_tombstones(records, withdrawn, withdrawals)
    corrections.apply(records, decided.corrections, register, evidence, withdrawn=gone)
    add_doubts(records, observations, register)
    add_relations(records, observations, register, evidence)
    add_targets(records, register, placed, captures, fetches)
    _add_rejections(records, placed)
    allowed = storage.policies(observations, register)
    held = with_access(
        storage.restricted(captures, register),
        [one for one in observations if one.contribution_id in allowed],
        register,
        "restricted",
    )
    storage.honour(records, allowed, evidence, {one.capture_id for one in held if one.access == "restricted"})
    records.extend(alarms(ordered, register))
    reconcile(records, register, ids)
    add_citations(records)
    records.extend(with_access(held, withdrawn, register, "sealed"))
    records.extend(fetches)
    records.extend(runs)
    records.extend([*events, *withdrawals.events()])
    records.replace(Evidence, evidence.settled())
    return records


def _as_shown(
    observed: Iterable[tuple[Reading, Place, list[Observation]]], placed: Iterable[tuple[Reading, Place]]
) -> Iterator[Observation]:
    """The observations, each with its reading as it is shown."""
    for (_, _, seen), (reading, _) in zip(observed, placed, strict=True):
        for one in seen:
            yield replace(one, reading=reading)


def _add_rejections(records: Records, placed: Iterable[tuple[Reading, Place]]) -> None:
    """A row for everything that could not be used, and the balance of both stages."""
    pages = usable = sections = good = 0
    for reading, where in placed:
        hub = where.role in HUB_ROLES
        faults = [fault for fault in reading.page.faults if not (hub and fault.code in _NO_FAULT_OF_A_HUB)]
        pages += 1
        usable += hub or bool(reading.page.contributions)
        found = 0 if hub else len(reading.page.contributions)
        lost = [fault for fault in faults if fault.code in _SECTION_FAULTS]
        sections += found + len(lost)
        good += found
        for number, fault in enumerate(faults, start=1):
            records.add(
                Rejection(
                    rejection_id=f"{reading.capture.capture_id}/{number}",
                    stage="discuss" if fault.code in _SECTION_FAULTS else "read",
                    code=str(fault.code),
                    capture_id=reading.capture.capture_id,
                    url=reading.page.url,
                    locator=fault.locator,
                    excerpt=fault.excerpt or None,
                    reason=fault.reason,
                )
            )
    records.add(
        StageCount(release_id="", stage="read", unit="page", input=pages, output=usable, rejected=pages - usable),
        StageCount(
            release_id="", stage="discuss", unit="section", input=sections, output=good, rejected=sections - good
        ),
    )

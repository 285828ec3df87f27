"""The authority file as rows: every decision with whom it is about, its event, and the balance.

Here belongs making decisions visible: also those that were undone, that contradict others, or that nobody can read. Of
a decision about people who are in none of the rows nothing is told but that there is one: they may have asked for it.
"""

from collections.abc import Collection, Iterable, Mapping

from archive.authority.decisions import (
    Affiliated,
    Decision,
    Distinct,
    Identified,
    Located,
    Renamed,
    Same,
    Split,
    Undone,
)
from archive.authority.standing import Standing, State, named_by, state_of
from archive.codes import Code
from archive.model import AuthorityDecision, AuthoritySubject, Event, Rejection, StageCount
from archive.model.people import DecisionPart
from archive.model.records import Records

Part = tuple[str, DecisionPart, str | None]


def add(records: Records, standing: Standing, present: Collection[str], captures: Mapping[str, str]) -> None:
    """Add a row for every decision, those that it is about, an event, and what could not be used.

    Args:
        records: get the rows.
        standing: the decisions, weighed.
        present: ids that speak or stand in a line-up in these rows.
        captures: file → the capture that keeps it.
    """
    decisions, unreadable = standing.ledger.decisions, standing.ledger.unreadable
    by_id = {one.decision.id: one.decision for one in decisions}
    for located in decisions:
        state = state_of(standing, located, present)
        decision = located.decision
        parts = [part for part in _parts(decision) if standing.now(part[0]) in present]
        told = bool(parts) or _undoes_what_is_told(decision, by_id, standing, present)
        _add_decision(records, standing, located, state, captures.get(located.file), told=told)
        for position, (name, part, detail) in enumerate(parts, start=1):
            records.add(
                AuthoritySubject(decision_id=decision.id, position=position, entity_id=name, part=part, detail=detail)
            )
        about = parts[0][0] if parts else decision.id
        records.add(_event(decision, about, state, told=told))
        if state == "refused":
            problem = standing.refused[decision.id]
            _reject(records, Code.AUTHORITY_REFUSED, located.file, located.line, decision.id, problem)
    for one in unreadable:
        _reject(records, Code.AUTHORITY_UNREADABLE, one.file, one.line, one.excerpt, one.reason)
    rejected = len(standing.refused) + len(unreadable)
    total = len(decisions) + len(unreadable)
    records.add(
        StageCount(
            release_id="", stage="authority", unit="decision", input=total, output=total - rejected, rejected=rejected
        )
    )


def _undoes_what_is_told(
    decision: Decision, by_id: Mapping[str, Decision], standing: Standing, present: Collection[str]
) -> bool:
    seen: set[str] = set()
    while isinstance(decision, Undone) and decision.undoes in by_id and decision.id not in seen:
        seen.add(decision.id)
        decision = by_id[decision.undoes]
    return not isinstance(decision, Undone) and any(standing.now(name) in present for name in named_by(decision))


def _add_decision(
    records: Records, standing: Standing, located: Located, state: State, capture_id: str | None, *, told: bool
) -> None:
    decision = located.decision
    records.add(
        AuthorityDecision(
            decision_id=decision.id,
            kind=decision.kind,
            state=state,
            reason=decision.reason if told else None,
            evidence=("\n".join(decision.evidence) or None) if told else None,
            decided_at=decision.at,
            decided_by=decision.by,
            undone_by=standing.undone.get(decision.id),
            problem=standing.refused.get(decision.id),
            locator=located.place,
            capture_id=capture_id,
        )
    )


def _parts(decision: Decision) -> Iterable[Part]:
    match decision:
        case Same():
            yield decision.members[0], "stays", None
            for name in decision.members[1:]:
                yield name, "joins", None
        case Distinct():
            for name in decision.members:
                yield name, "distinct", None
        case Identified():
            yield decision.entity, "identified", str(decision.identifier)
        case Renamed():
            sort_name = f" [{decision.sort_name}]" if decision.sort_name else ""
            yield decision.entity, "named", decision.name + sort_name
        case Split():
            yield decision.person, "split", None
            for name in decision.contributions:
                yield decision.into, "split_off", name
        case Affiliated():
            for printed in decision.printed:
                yield decision.organisation, "affiliated", f"{printed.within}: {printed.words}"
        case Undone():
            return


def _event(decision: Decision, about: str, state: State, *, told: bool) -> Event:
    by = f", by {decision.by}" if decision.by else ""
    return Event(
        event_id=f"authority {decision.id}",
        type="authority",
        object=decision.undoes if isinstance(decision, Undone) else about,
        at=decision.at,
        outcome=state,
        note=f"{decision.kind}: {decision.reason}{by}" if told else None,
    )


def _reject(records: Records, code: Code, file: str, line: int, excerpt: str, reason: str) -> None:
    records.add(
        Rejection(
            rejection_id=f"{file}, line {line}",
            stage="authority",
            code=str(code),
            url=f"urn:roundtable:{file}",
            locator=f"line {line}",
            excerpt=excerpt or None,
            reason=reason,
        )
    )

"""Rows of invented discussions, as the discussion hands them to the reconciling."""

import datetime as dt
import json

from archive.authority.decisions import Ledger
from archive.authority.reconcile import reconcile
from archive.discussion.ids import Ids
from archive.discussion.witness import EvidenceBook
from archive.model import Affiliation, Contribution, ContributionVersion, Evidence, Participant, Participation
from archive.model.records import Records
from archive.sources.register import Register

AT = dt.datetime(2026, 1, 2, 3, 4, 5)


def participant(table: str, entry: str, name: str, role: str = "respondent", position: int = 1) -> Participant:
    """An entry of a line-up."""
    return Participant(round_table_id=table, entry=entry, position=position, ordinal=1, role=role, name_as_printed=name)


def contribution(
    records: Records,
    name: str,
    authors: list[str],
    *,
    table: str | None = None,
    entry: str | None = None,
    affiliation: str | None = None,
    bio: str | None = None,
    kind: str = "person",
    day: dt.date | None = dt.date(2020, 5, 1),
) -> None:
    """A contribution in one version, with its voices."""
    content = {
        "contribution_id": name, "version": 1, "round_table_id": table, "role": "response", "entry": entry,
        "text": "Words.", "word_count": 1, "storage_policy": "full_text", "url": f"https://table.example/{name}",
        "capture_id": "c-1", "published_on": day,
    }  # fmt: skip
    records.add(Contribution(**content), ContributionVersion(**content, first_captured_at=AT, last_captured_at=AT))
    for position, author in enumerate(authors, start=1):
        where = {"contribution_id": name, "version": 1, "position": position}
        records.add(Participation(**where, name_as_printed=author, bio=bio, agent_kind=kind))
        if affiliation:
            records.add(Affiliation(**where, ordinal=1, as_printed=affiliation))


def decision(kind: str, *, at: str = "2026-11-29", **keys: object) -> str:
    """A block of the authority file."""
    values: dict[str, object] = {"id": "b", "reason": "because"} | keys
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    return "\n".join(["[[decisions]]", f'kind = "{kind}"', *lines, f"at = {at}", "", ""])


def reconciled(
    records: Records, decisions: str = "", ids: Ids | None = None, register: Register | None = None
) -> Records:
    """The rows as decisions leave them."""
    evidence = EvidenceBook()
    ledger = Ledger.of({"decisions.toml": decisions.encode()})
    reconcile(records, register or Register.load(), ids if ids is not None else Ids(), ledger, evidence)
    records.replace(Evidence, evidence.settled())
    return records

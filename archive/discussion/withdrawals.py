"""Withdrawal: what stays of a contribution that is no longer shown, and which captures still hold it.

Here belong the ledger of decisions, the tombstone, and the sealing of captures. The decisions are made elsewhere
(`roundtable withdraw`), the bytes stay in `captures/`. Not here: deleting what was published before.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from archive.codes import Code, RoundtableError
from archive.discussion.feeds import Listed
from archive.discussion.pages import Reading, is_read
from archive.discussion.placing import Observation
from archive.discussion.sighting import Sighting
from archive.discussion.versions import add_contributions
from archive.discussion.witness import EvidenceBook
from archive.durable import append_json
from archive.model import Capture, Content, Contribution, ContributionVersion, Event, Manifestation
from archive.model.captures import Access
from archive.model.records import Records
from archive.normalise import urls
from archive.reading.page import Page
from archive.sources.register import Register

_KEPT = frozenset(
    ("contribution_id", "version", "round_table_id", "prompt_id", "role", "entry", "ordinal", "url", "capture_id")
)
"""What a tombstone still says: which contribution it was and where it stood, nothing of what it said."""
_OF_THE_PAGE = frozenset(("published", "language", "rights", "canonical_url"))


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger; `restore` takes back what stands above it.

    Attributes:
        at: when, in UTC without a zone.
    """

    contribution_id: str
    decision: Literal["withdraw", "restore"]
    reason: str
    at: dt.datetime
    by: str | None = None

    @property
    def event_id(self) -> str:
        """Names its event."""
        return f"withdrawal {self.contribution_id} {self.at:%Y-%m-%dT%H:%M:%S.%fZ}"


@dataclass(frozen=True)
class Withdrawals:
    """Every decision, in the order in which they were made."""

    decisions: tuple[Decision, ...] = ()

    @staticmethod
    def load(path: Path) -> "Withdrawals":
        """Read the ledger `path`; a torn last line does not count, as it never did.

        Raises:
            RoundtableError: `curation_damaged` for any other line that is no decision.
        """
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return Withdrawals(tuple(_decision(line, f"{path}, line {number}") for number, line in enumerate(lines, 1)))

    @cached_property
    def standing(self) -> Mapping[str, Decision]:
        """Contribution → the decision that withdrew it, where it was not taken back."""
        last = {one.contribution_id: one for one in self.decisions}
        return {name: one for name, one in last.items() if one.decision == "withdraw"}

    def resolved(self, resolve: Callable[[str], str]) -> "Withdrawals":
        """The same decisions, about the ids that are used now."""
        return Withdrawals(tuple(replace(one, contribution_id=resolve(one.contribution_id)) for one in self.decisions))

    def events(self) -> list[Event]:
        """A row for every decision."""
        return [
            Event(
                event_id=one.event_id,
                type="withdrawal",
                object=one.contribution_id,
                at=one.at,
                outcome={"withdraw": "withdrawn", "restore": "restored"}[one.decision],
                note=one.reason + (f", by {one.by}" if one.by else ""),
            )
            for one in self.decisions
        ]


def append(path: Path, decision: Decision) -> None:
    """Write a decision behind the others, and wait for the disk."""
    values = {item.name: getattr(decision, item.name) for item in fields(decision)}
    append_json(path, [values | {"at": f"{decision.at.isoformat()}Z"}])


def _decision(line: bytes, where: str) -> Decision:
    try:
        values = json.loads(line)
        at = dt.datetime.fromisoformat(values.pop("at")).replace(tzinfo=None)
        made = Decision(at=at, **values)
        if made.decision not in {"withdraw", "restore"} or not isinstance(made.contribution_id, str):
            raise ValueError(made.decision)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RoundtableError(Code.CURATION_DAMAGED, "a line that is no withdrawal", where) from None
    return made


def shown(reading: Reading, observations: Sequence[Observation], gone: Collection[str]) -> Reading:
    """The page of a reading without what belongs to the withdrawn ones among its contributions.

    Args:
        reading: a page; its contributions stay in it, as their numbers count.
        observations: those of this reading.
        gone: ids of the withdrawn.
    """
    withdrawn = [seen for seen in observations if seen.contribution_id in gone]
    if not withdrawn:
        return reading
    numbers = {seen.index for seen in withdrawn}
    page = reading.page
    page = replace(page, relations=tuple(link for link in page.relations if (link.section or 0) not in numbers))
    is_its_page = any(seen.section.locator is None for seen in withdrawn)
    if is_its_page or len(withdrawn) == len(observations):
        page = _bare(page)
    return replace(reading, page=page)


def _bare(page: Page) -> Page:
    """The page without what its head and its words say."""
    return replace(
        page,
        title=None,
        standfirst=None,
        kicker=None,
        authors=(),
        funding=None,
        blocks=(),
        pictures=(),
        prompts=(),
        relations=(),
        statements=tuple(claim for claim in page.statements if claim.field in _OF_THE_PAGE),
        faults=tuple(replace(fault, excerpt="") for fault in page.faults),
    )


def add_tombstones(
    records: Records, observations: Iterable[Observation], withdrawals: Withdrawals, register: Register
) -> None:
    """Add what stays of withdrawn contributions: one row, one for each version, and the addresses that carried it.

    Args:
        records: gets the rows.
        observations: those of withdrawn contributions alone.
        withdrawals: say when and why.
        register: knows whose addresses are whose.
    """
    whole = Records()
    add_contributions(whole, observations, register, EvidenceBook())
    for row in whole.of(Contribution):
        records.add(Contribution(**_tombstone(row, withdrawals)))
    for version in whole.of(ContributionVersion):
        records.add(
            ContributionVersion(
                **_tombstone(version, withdrawals),
                first_captured_at=version.first_captured_at,
                last_captured_at=version.last_captured_at,
            )
        )
    records.extend(whole.of(Manifestation))


def _tombstone(row: Content, withdrawals: Withdrawals) -> dict[str, Any]:
    decision = withdrawals.standing[row.contribution_id]
    return {name: getattr(row, name) for name in _KEPT} | {
        "text": "",
        "word_count": 0,
        "storage_policy": "metadata_only",
        "state": "withdrawn",
        "withdrawn_on": decision.at.date(),
        "withdrawal_reason": decision.reason,
    }


def with_access(
    captures: Iterable[Capture], pages: Iterable[Sighting | Listed], register: Register, access: Access
) -> list[Capture]:
    """The captures, with this access for all that hold one of the pages, or list it.

    That is every page or feed of an address that held one, whatever was read from it, and the same bytes wherever they
    came from: better too much is kept back than a copy forgotten.
    """
    digests, addresses = set(), set()
    for page in pages:
        digests.add(page.capture.payload_sha256)
        addresses |= {register.key(url) for url in page.carriers if urls.is_web(url)}

    def holds(capture: Capture) -> bool:
        if capture.payload_sha256 in digests:
            return True
        return urls.is_web(capture.url) and is_read(capture) and register.key(capture.url) in addresses

    return [replace(capture, access=access) if holds(capture) else capture for capture in captures]

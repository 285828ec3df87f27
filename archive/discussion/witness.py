"""Evidence as rows: which witness stands behind which value.

Here belongs turning statements into rows of `evidence`, with ids that stay. Not here: choosing.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from archive.model import Evidence
from archive.model.provenance import Witness
from archive.reading import READER_VERSION

_LONG = 300


@dataclass
class EvidenceBook:
    """Collects evidence; `captures` maps a file of the register to the capture that keeps it."""

    captures: dict[str, str] = field(default_factory=dict)
    rows: list[Evidence] = field(default_factory=list)
    _numbers: Counter[str] = field(default_factory=Counter)
    _overruled: set[tuple[str, str, int | None, str]] = field(default_factory=set)

    def add(
        self,
        record: tuple[str, str, int | None],
        column: str,
        value: object,
        *,
        witness: Witness,
        rule: str,
        locator: str,
        capture_id: str | None,
        chosen: bool = True,
    ) -> None:
        """One witness for one column of `record` (table, id, version)."""
        table, record_id, version = record
        name = f"{table}:{record_id}" + (f"@{version}" if version is not None else "") + f"/{column}"
        self._numbers[name] += 1
        self.rows.append(
            Evidence(
                evidence_id=f"{name}/{self._numbers[name]}",
                record_type=table,
                record_id=record_id,
                version=version,
                field=column,
                value=_text(value),
                witness=witness,
                rule=rule,
                reader_version=READER_VERSION,
                locator=locator,
                capture_id=capture_id,
                chosen=chosen,
            )
        )

    def overrule(self, record: tuple[str, str, int | None], column: str) -> None:
        """What pages say of one column of `record` is believed no longer: a correction decides."""
        self._overruled.add((*record, column))

    def is_overruled(self, record: tuple[str, str, int | None], column: str) -> bool:
        """True where a correction decides about one column of `record`."""
        return (*record, column) in self._overruled

    def withhold(self, contributions: Collection[str], column: str) -> None:
        """Of these contributions only the digest of what stands in `column` may be told."""
        self.rows = [
            replace(row, value=digest(row.value))
            if row.record_type == "contributions"
            and row.field == column
            and row.record_id in contributions
            and row.value
            and not row.value.startswith("sha256:")
            else row
            for row in self.rows
        ]

    def settled(self) -> list[Evidence]:
        """The rows, with the losers of what was overruled."""
        return [
            replace(row, chosen=False)
            if row.witness != "correction"
            and (row.record_type, row.record_id, row.version, row.field) in self._overruled
            else row
            for row in self.rows
        ]

    def register(self, table: str, record_id: str, column: str, value: object, *, file: str, key: str) -> None:
        """A value that the register states, in `file` under `key`."""
        if value is not None:
            self.add(
                (table, record_id, None),
                column,
                value,
                witness="register",
                rule="the register decides about the container",
                locator=f"{file}: {key}",
                capture_id=self.captures.get(file),
            )


def _text(value: object) -> str | None:
    if value is None:
        return None
    text = value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
    return text if len(text) <= _LONG else digest(text)


def digest(text: str) -> str:
    """A long text, as it stands in `evidence.value`."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

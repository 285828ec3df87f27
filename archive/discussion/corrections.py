"""Corrections: what a person knows better than the page, and until when that holds.

Here belong the files under `curation/corrections` and putting their values in the place of what was read. The page's
own value stays in `evidence`, and a correction whose `expect` no longer agrees with the page is not applied but told.
Not here: the text itself, which nobody corrects, and who people are (`authority`).
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from archive.codes import Code, RoundtableError
from archive.discussion.witness import EvidenceBook
from archive.handwritten import mistake
from archive.model import (
    Affiliation,
    Contribution,
    ContributionVersion,
    Event,
    Participation,
    Rejection,
    StageCount,
)
from archive.model.contributions import Role
from archive.model.records import Records
from archive.normalise import dates, languages, persons
from archive.normalise.text import squeeze
from archive.sources.register import Register

CorrectedField = Literal["title", "standfirst", "kicker", "published", "authors", "role", "language"]
_DATE_COLUMNS = ("published_as_printed", "published_at", "published_on", "published_edtf", "published_offset_minutes")


class Correction(BaseModel):
    """`[[corrections]]` of a file: which value of which contribution, what the page says, and what holds instead.

    An empty `expect` means that the page says nothing, an empty `value` that nothing holds. Without `version` it is for
    every version that says what is expected, and the current one must be among them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    contribution: str = Field(min_length=1)
    version: int | None = Field(default=None, ge=1)
    field: CorrectedField
    expect: str | list[str]
    value: str | list[str]
    reason: str = Field(min_length=1)
    source: str = Field(min_length=1)
    on: dt.date
    by: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_is_never_corrected(cls, values: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if isinstance(values, dict) and values.get("field") == "text":
            raise ValueError("a text is not corrected: it is what the page says")
        return values

    @model_validator(mode="after")
    def _fits_its_field(self) -> "Correction":
        is_list = self.field == "authors"
        for key, value in (("expect", self.expect), ("value", self.value)):
            if isinstance(value, list) is not is_list:
                raise ValueError(f"{key} of {self.field} must be {'a list of names' if is_list else 'a string'}")
        if isinstance(self.value, list):
            if not all(name.strip() for name in self.value):
                raise ValueError("a name in value is empty")
            return self
        if self.field == "role" and self.value not in get_args(Role):
            raise ValueError(f"value {self.value!r} is no role; use one of {', '.join(get_args(Role))}")
        if self.field == "language" and self.value and languages.tag(self.value) is None:
            raise ValueError(f"value {self.value!r} is no language tag such as en or pt-BR")
        if self.field == "published" and self.value and dates.parse(self.value) is None:
            raise ValueError(f"value {self.value!r} is no date such as 1 March 2019")
        return self


@dataclass(frozen=True, slots=True)
class Located:
    """A correction, and where it stands: the file's name from `corrections/` on, and its number there."""

    correction: Correction
    file: str
    number: int

    @property
    def place(self) -> str:
        """What evidence cites."""
        return f"{self.file}: corrections[{self.number}]"

    def resolved(self, resolve: Callable[[str], str]) -> "Located":
        """The same correction, of the id that is used now."""
        used = resolve(self.correction.contribution)
        return replace(self, correction=self.correction.model_copy(update={"contribution": used}))


def load(folder: Path) -> tuple[Located, ...]:
    """Every correction of the files in `folder` (a home's `curation/corrections`), in order of file.

    Raises:
        RoundtableError: `curation_invalid`, naming file, key and what is wrong there.
    """
    found = [located for path in sorted(folder.glob("*.toml")) for located in _read(path)]
    known: dict[tuple[str, str], list[Located]] = {}
    for located in found:
        one = located.correction
        others = known.setdefault((one.contribution, one.field), [])
        for other in others:
            if None in {one.version, other.correction.version} or one.version == other.correction.version:
                what = f"{one.field} of {one.contribution} is corrected twice"
                raise RoundtableError(Code.CURATION_INVALID, what, f"{other.place} and {located.place}")
        others.append(located)
    return tuple(found)


def _read(path: Path) -> Iterable[Located]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RoundtableError(Code.CURATION_INVALID, f"not valid TOML: {error}", str(path)) from None
    rows = values.get("corrections")
    if set(values) != {"corrections"} or not isinstance(rows, list):
        raise RoundtableError(Code.CURATION_INVALID, "the file must hold [[corrections]] and nothing else", str(path))
    for number, row in enumerate(rows):
        try:
            yield Located(Correction.model_validate(row), f"corrections/{path.name}", number)
        except ValidationError as error:
            place, problem = mistake(error)
            key = ".".join(["corrections", str(number), *(str(part) for part in place[:1])])
            raise RoundtableError(Code.CURATION_INVALID, f"{key}: {problem}", str(path)) from None


def apply(
    records: Records,
    corrections: Sequence[Located],
    register: Register,
    evidence: EvidenceBook,
    *,
    withdrawn: Iterable[str] = (),
) -> int:
    """Put corrected values in the place of those that were read, with evidence and an event.

    Args:
        records: holds the contributions as they were read; their rows are replaced.
        corrections: all of them.
        register: knows the zones of publishers.
        evidence: what was believed before becomes a loser there.
        withdrawn: contributions of which nothing is said any more, also not by a correction.

    Returns:
        How many were refused, each with a row in `rejections`.
    """
    gone = set(withdrawn)
    versions: dict[str, list[ContributionVersion]] = {}
    for row in records.of(ContributionVersion):
        versions.setdefault(row.contribution_id, []).append(row)
    work = _Work(records, register, evidence)
    refused = 0
    for located in corrections:
        one = located.correction
        if one.contribution in gone:
            _tell(records, located, "withdrawn")
            continue
        fault = work.correct(located, sorted(versions.get(one.contribution, ()), key=lambda row: row.version))
        if fault is None:
            _tell(records, located, "applied")
            continue
        code, reason = fault
        refused += 1
        _tell(records, located, str(code))
        records.add(
            Rejection(
                rejection_id=f"{located.file}/{located.number}",
                stage="correct",
                code=str(code),
                url=f"urn:roundtable:{located.file}",
                locator=f"corrections[{located.number}]",
                excerpt=f"{one.contribution}: {one.field}",
                reason=reason,
            )
        )
    work.finish()
    return refused


def balance(total: int, refused: int) -> StageCount:
    """What came of all corrections."""
    return StageCount(
        release_id="", stage="correct", unit="correction", input=total, output=total - refused, rejected=refused
    )


def _tell(records: Records, located: Located, outcome: str) -> None:
    one = located.correction
    said = f"{one.field}: {one.reason} (source: {one.source})" + (f", by {one.by}" if one.by else "")
    records.add(
        Event(
            event_id=f"correction {located.place}",
            type="correction",
            object=one.contribution,
            at=dt.datetime.combine(one.on, dt.time()),
            outcome=outcome,
            note=None if outcome == "withdrawn" else said,
        )
    )


class _Work:
    """The rows as corrections change them, one after the other."""

    def __init__(self, records: Records, register: Register, evidence: EvidenceBook) -> None:
        self._records = records
        self._register = register
        self._evidence = evidence
        self._changes: dict[tuple[str, int], dict[str, Any]] = {}
        self._names: dict[tuple[str, int], list[str]] = {}
        self._printed: dict[tuple[str, int], list[str]] = {}
        for voice in sorted(records.of(Participation), key=lambda row: row.position):
            self._printed.setdefault((voice.contribution_id, voice.version), []).append(voice.name_as_printed)

    def correct(self, located: Located, versions: Sequence[ContributionVersion]) -> tuple[Code, str] | None:
        """Apply one correction; return why not, where the current version, or the one it names, does not bear it."""
        one = located.correction
        if not versions:
            return Code.CORRECTION_REFUSED, f"there is no contribution {one.contribution!r}"
        wanted = [row for row in versions if one.version in {None, row.version}]
        if not wanted:
            return Code.CORRECTION_REFUSED, f"it has no version {one.version}"
        fault = None
        for row in wanted:
            read = self._read(row, one.field)
            if _folded(read) == _folded(one.expect):
                fault = self._put(located, row) or fault
            elif row is wanted[-1]:
                is_done = _folded(read) == _folded(one.value)
                now = "the source says what the correction says" if is_done else f"the source says {_shown(read)} now"
                fault = Code.CORRECTION_OUTDATED, f"{_shown(one.expect)} was expected, but {now}"
        return fault

    def finish(self) -> None:
        """Put the changed rows into the records."""
        records = self._records
        for kind in (ContributionVersion, Contribution):
            rows: list[Any] = records.of(kind)
            records.replace(kind, [replace(row, **self._changes.get(_of(row), {})) for row in rows])
        if not self._names:
            return
        voices = {(*_of(row), row.position): row for row in records.of(Participation)}
        places = {(*_of(row), row.position): row for row in records.of(Affiliation)}
        for key, names in self._names.items():
            # What is printed once beside several names belongs to each of them.
            bio = next((row.bio for row in voices.values() if _of(row) == key), None)
            printed = next((row.as_printed for row in places.values() if _of(row) == key), None)
            for position in range(1, max(len(names), len(self._printed.get(key, ()))) + 1):
                before = voices.pop((*key, position), None)
                places.pop((*key, position), None)
                if position > len(names):
                    continue
                agent = persons.classify(names[position - 1])
                voices[*key, position] = Participation(
                    contribution_id=key[0],
                    version=key[1],
                    position=position,
                    name_as_printed=names[position - 1],
                    bio=before.bio if before else bio,
                    agent_kind="person" if agent == "unknown" else agent,
                )
                if printed:
                    places[*key, position] = Affiliation(
                        contribution_id=key[0], version=key[1], position=position, ordinal=1, as_printed=printed
                    )
        records.replace(Participation, list(voices.values()))
        records.replace(Affiliation, list(places.values()))

    def _read(self, row: ContributionVersion, field: CorrectedField) -> str | list[str]:
        if field == "authors":
            return self._printed.get(_of(row), [])
        return getattr(row, "published_as_printed" if field == "published" else field) or ""

    def _put(self, located: Located, row: ContributionVersion) -> tuple[Code, str] | None:
        one = located.correction
        if isinstance(one.value, list):
            names = [squeeze(name) for name in one.value]
            self._names[_of(row)] = names
            self._witness(located, row, "name_as_printed", names or [None])
            return None
        if one.field == "published":
            changed = self._date(one.value, row)
            day = changed["published_on"]
            if day and row.first_captured_at and day > row.first_captured_at.date() + dt.timedelta(days=1):
                return Code.CORRECTION_REFUSED, f"{day} lies after the capture of {row.first_captured_at.date()}"
        elif one.field == "language":
            changed = {"language": languages.tag(one.value)}
        else:
            changed = {one.field: squeeze(one.value) or None}
        self._changes.setdefault(_of(row), {}).update(changed)
        for column, value in changed.items():
            if column not in {"published_zone_source", "published_basis"}:
                self._witness(located, row, column, [value])
        return None

    def _date(self, printed: str, row: ContributionVersion) -> dict[str, Any]:
        source = self._register.source_for(row.url)
        spoken = [row.language] if row.language else None
        date = dates.parse(printed, zone=source.zone, languages=spoken, day_first=source.day_first)
        if date is None:
            return dict.fromkeys((*_DATE_COLUMNS, "published_zone_source", "published_basis"))
        return {
            "published_as_printed": date.as_printed,
            "published_at": date.at,
            "published_on": date.on,
            "published_edtf": date.edtf,
            "published_offset_minutes": date.offset_minutes,
            "published_zone_source": date.zone_source,
            "published_basis": "correction",
        }

    def _witness(self, located: Located, row: ContributionVersion, column: str, values: Iterable[object]) -> None:
        one = located.correction
        record = ("contributions", row.contribution_id, row.version)
        self._evidence.overrule(record, column)
        for value in values:
            self._evidence.add(
                record,
                column,
                value,
                witness="correction",
                rule=f"a correction decides: {one.reason} (source: {one.source})",
                locator=located.place,
                capture_id=self._evidence.captures.get(located.file),
            )


def _of(row: Any) -> tuple[str, int]:  # noqa: ANN401 - any row of a version
    return row.contribution_id, row.version


def _folded(value: str | list[str]) -> list[str]:
    return [squeeze(one) for one in (value if isinstance(value, list) else [value])]


def _shown(value: str | list[str]) -> str:
    words = ", ".join(value) if isinstance(value, list) else value
    return f"‘{words}’" if words else "nothing"

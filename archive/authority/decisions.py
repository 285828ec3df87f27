"""The authority file: what people decided about who is who, one `[[decisions]]` after the other.

Here belong the kinds of decisions and reading the files under `curation/authority`. A decision is never taken out of
them: one that no longer holds is undone by another. A decision that cannot be understood is told with its file and
line, and the others count. Not here: what decisions come to together (`standing`), and writing them (`pipelines`).
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from archive.handwritten import mistake
from archive.normalise import identifiers
from archive.normalise.identifiers import OF_ORGANISATIONS, OF_PEOPLE

FOLDER = "authority"
FILE = "decisions.toml"
"""The file that the command line writes to; people may keep others beside it."""
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*decisions[ \t]*\]\][ \t]*(?:#.*)?$", re.MULTILINE)
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    return value


def _in_utc(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    raise ValueError("write a day or a time, such as 2026-11-29T08:30:00Z, without quotation marks")


def _identifier(value: Any) -> identifiers.Identifier:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, str):
        raise ValueError("write it as text, such as 'orcid:0000-0002-1825-0097'")
    return identifiers.parse(value)


Words = Annotated[str, AfterValidator(_said)]
Moment = Annotated[dt.datetime, BeforeValidator(_in_utc)]
IdentifierWords = Annotated[identifiers.Identifier, BeforeValidator(_identifier)]


class _Decision(BaseModel):
    """What every decision says: its own id, why, on what evidence, when (UTC), and whose it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Words
    reason: Words
    at: Moment
    by: Words | None = None
    evidence: tuple[Words, ...] = ()


class _About(_Decision):
    """A decision about one person or one organisation."""

    person: Words | None = None
    organisation: Words | None = None

    @model_validator(mode="after")
    def _is_about_one(self) -> "_About":
        if (self.person is None) is (self.organisation is None):
            raise ValueError("name either a person or an organisation")
        return self

    @property
    def entity(self) -> str:
        """The id that it is about."""
        return self.person or self.organisation or ""


class _AboutMany(_Decision):
    """A decision about several people, or several organisations, and what each of them is to the others."""

    people: tuple[Words, ...] = ()
    organisations: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _names_several(self) -> "_AboutMany":
        if bool(self.people) is bool(self.organisations):
            raise ValueError("name either people or organisations")
        if len(set(self.members)) < max(2, len(self.members)):
            raise ValueError("name at least two, each of them once")
        return self

    @property
    def members(self) -> tuple[str, ...]:
        """The ids that it is about."""
        return self.people or self.organisations


class Same(_AboutMany):
    """They are one; the first id stays, the others lead to it. A name alike is no evidence."""

    kind: Literal["same"]
    evidence: tuple[Words, ...] = Field(min_length=1)


class Distinct(_AboutMany):
    """No two of them are one, however alike they look."""

    kind: Literal["distinct"]


class Identified(_About):
    """Others call it by this identifier."""

    kind: Literal["identifier"]
    identifier: IdentifierWords

    @model_validator(mode="after")
    def _fits_its_scheme(self) -> "Identified":
        scheme = self.identifier.scheme
        if scheme not in (OF_PEOPLE if self.person else OF_ORGANISATIONS):
            raise ValueError(f"{scheme} is given to {'organisations' if self.person else 'people'} alone")
        return self


class Renamed(_About):
    """How it is called and where it is filed, whatever rules make of its name."""

    kind: Literal["name"]
    name: Words
    given: Words | None = None
    family: Words | None = None
    sort_name: Words | None = None

    @model_validator(mode="after")
    def _has_parts_that_it_can_have(self) -> "Renamed":
        if self.organisation and (self.given or self.family or self.sort_name):
            raise ValueError("an organisation has a name and no parts of it")
        if self.person and not self.sort_name:
            raise ValueError("say where the person is filed: sort_name")
        return self


class Split(_Decision):
    """In these contributions somebody else speaks who has the same name there: `into` is the id of that person."""

    kind: Literal["split"]
    person: Words
    contributions: tuple[Words, ...] = Field(min_length=1)
    into: Words


class Printed(BaseModel):
    """Words of an affiliation as printed, and where: in a round table, or in a contribution that has none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    within: Words
    words: Words


class Affiliated(_Decision):
    """These words name that organisation; `name` where only affiliations speak of it."""

    kind: Literal["affiliation"]
    organisation: Words
    name: Words | None = None
    printed: tuple[Printed, ...] = Field(min_length=1)


class Undone(_Decision):
    """An earlier decision no longer holds."""

    kind: Literal["undo"]
    undoes: Words


Decision = Same | Distinct | Identified | Renamed | Split | Affiliated | Undone
_READ: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True)
class Located:
    """A decision, with its file (from `authority/` on) and the line at which it begins."""

    decision: Decision
    file: str
    line: int

    @property
    def place(self) -> str:
        """What evidence cites."""
        return f"{self.file}: {self.decision.id}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in place of a decision and is none: the file, the line, the first words, and what is wrong there."""

    file: str
    line: int
    excerpt: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every decision in the order of files and lines, and what could not be understood."""

    decisions: tuple[Located, ...] = ()
    unreadable: tuple[Unreadable, ...] = field(default=())

    @staticmethod
    def load(folder: Path) -> "Ledger":
        """Read the `*.toml` files in `folder`, a home's `curation/authority`; empty where there is none.

        Raises:
            OSError: a file cannot be read.
        """
        return Ledger.of({path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))})

    @staticmethod
    def of(files: dict[str, bytes]) -> "Ledger":
        """Read files by name; of two decisions with one id the first counts."""
        found = [one for name, content in sorted(files.items()) for one in _blocks(f"{FOLDER}/{name}", content)]
        read = [one for one in found if isinstance(one, Located)]
        faults = [one for one in found if isinstance(one, Unreadable)]
        first: dict[str, Located] = {}
        for one in read:
            known = first.setdefault(one.decision.id, one)
            if known is not one:
                reason = f"id: {one.decision.id!r} is the id of {known.file}, line {known.line}, too"
                faults.append(Unreadable(one.file, one.line, one.decision.id, reason))
        return Ledger(tuple(first.values()), tuple(sorted(faults, key=lambda one: (one.file, one.line))))


def _blocks(file: str, content: bytes) -> Iterator[Located | Unreadable]:
    """The decisions of a file, each parsed for itself, so that a slip in one of them costs no other."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        yield Unreadable(file, line, "", "the file is not UTF-8")
        return
    starts = [match.start() for match in _HEADER.finditer(text)]
    before = text[: starts[0]] if starts else text
    if any(line.strip() and not line.lstrip().startswith("#") for line in before.splitlines()):
        yield Unreadable(file, 1, _first_words(before), "only [[decisions]] may stand in the file")
    for start, end in pairwise([*starts, len(text)]):
        yield _block(file, text.count("\n", 0, start) + 1, text[start:end])


def _block(file: str, line: int, text: str) -> Located | Unreadable:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _LINE.search(said)
        # A string that is never closed is told at its end; what to mend stands above.
        where = line + int(at[1]) - 1 if at else line
        return Unreadable(file, where, _first_words(text), f"not valid TOML: {_LINE.sub('', said).strip()}")
    if set(parsed) != {"decisions"}:
        return Unreadable(file, line, _first_words(text), "only [[decisions]] may stand in the file")
    (values,) = parsed["decisions"]
    try:
        return Located(_READ.validate_python(values), file, line)
    except ValidationError as error:
        named = values.get("id")
        return Unreadable(file, line, named if isinstance(named, str) else _first_words(text), _reason(error))


def _reason(error: ValidationError) -> str:
    if any(fault["type"].startswith("union_tag") for fault in error.errors()):
        kinds = "same, distinct, identifier, name, split, affiliation or undo"
        return f"kind: it must be {kinds}"
    place, what = mistake(error)
    # The first part of the place is the kind.
    key = ".".join(str(part) for part in place[1:])
    return f"{key}: {what}" if key else what


def _first_words(text: str) -> str:
    lines: Sequence[str] = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith(("#", "[["))), "")[:80]

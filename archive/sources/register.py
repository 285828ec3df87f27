"""The register: every publisher, series and round table that we know of, read from their folders.

Here belongs loading and looking up. A home may add folders of its own under `curation/register/`; those hold data
only, while bundled ones may bring a reader. A folder there without a `source.toml` adds round tables to the bundled
publisher of its name; what lies under `proposed/` waits for a person and is not loaded. Not here: what pages say; a
register is a witness like any other.
"""

import importlib
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from archive import handwritten
from archive.codes import Code, RoundtableError
from archive.normalise import urls
from archive.normalise.text import slug
from archive.reading.source import UNKNOWN, Refine, Shape, Source
from archive.sources.schema import EntryKeys, RoundTableFile, SeriesKeys, SourceFile, TargetKeys

BUNDLED = Path(__file__).parent
Keys = TypeVar("Keys", bound=BaseModel)


@dataclass(frozen=True)
class RegisterFile:
    """A file of the register: its name, which evidence cites, and its bytes, which a release keeps."""

    name: str
    content: bytes

    @property
    def urn(self) -> str:
        """The address under which it is kept as a capture."""
        return f"urn:roundtable:{self.name}"


@dataclass(frozen=True)
class RegisteredRoundTable:
    """A round table as its file describes it."""

    keys: RoundTableFile
    file: RegisterFile
    publisher_id: str
    language: str | None = None

    @property
    def tongue(self) -> str:
        """The language in which it was held, that of its series or publisher, without region; empty if unknown."""
        return (self.language or "").partition("-")[0]

    @property
    def id(self) -> str:
        """Its id."""
        return self.keys.round_table.id

    def prompt_id(self, prompt: str) -> str:
        """The archive-wide id of one of its prompts."""
        return f"{self.id}/{prompt}"

    def titles(self) -> list[str]:
        """Its title and the other names that pages call it by."""
        return [self.keys.round_table.title, *self.keys.round_table.also_called]


@dataclass(frozen=True)
class RegisteredSource:
    """A publisher's folder."""

    keys: SourceFile
    file: RegisterFile
    source: Source
    round_tables: tuple[RegisteredRoundTable, ...]

    @property
    def id(self) -> str:
        """Its short name."""
        return self.keys.publisher.id

    def all_series(self) -> list[tuple[SeriesKeys, RegisterFile]]:
        """Its series with the file that describes each: those of `source.toml`, then those of round tables."""
        found = [(series, self.file) for series in self.keys.series]
        return found + [(table.keys.series, table.file) for table in self.round_tables if table.keys.series]


@dataclass(frozen=True)
class Register:
    """All folders. `load` reads them; the rest only looks up."""

    sources: tuple[RegisteredSource, ...]

    @staticmethod
    def load(additions: Path | None = None) -> "Register":
        """Read the bundled folders and those under `additions` (a home's `curation/register`).

        Raises:
            RoundtableError: `register_invalid`, naming file and key.
        """
        folders = sorted(path.parent for path in BUNDLED.glob("*/source.toml"))
        added: dict[str, list[Path]] = {}
        if additions and additions.is_dir():
            # Also where it is a link that leads nowhere: that is told, and not passed over.
            folders += sorted(path for path in additions.iterdir() if os.path.lexists(path / "source.toml"))
            for path in sorted(additions.glob("*/round_tables/*.toml")):
                if not (path.parents[1] / "source.toml").exists():
                    added.setdefault(path.parents[1].name, []).append(path)
        strangers = set(added) - {folder.name for folder in folders}
        if strangers:
            where = str(added[min(strangers)][0])
            raise RoundtableError(Code.REGISTER_INVALID, "its publisher has no source.toml here", where)
        register = Register(tuple(_load(folder, added.get(folder.name, ())) for folder in folders))
        _check_ids(register)
        return register

    @cached_property
    def _by_host(self) -> dict[str, RegisteredSource]:
        return {host: source for source in self.sources for host in source.keys.publisher.hosts}

    def for_url(self, url: str) -> RegisteredSource | None:
        """The publisher whose host an address has."""
        return self._by_host.get(urls.host(url).partition(":")[0])

    def source_for(self, url: str) -> Source:
        """What a reader should know about the page at `url`; `UNKNOWN` for a publisher that nobody has described."""
        found = self.for_url(url)
        return found.source if found else UNKNOWN

    def get(self, source_id: str) -> RegisteredSource:
        """The publisher of this name.

        Raises:
            RoundtableError: `source_unknown`.
        """
        for source in self.sources:
            if source.id == source_id:
                return source
        known = ", ".join(source.id for source in self.sources)
        raise RoundtableError(Code.SOURCE_UNKNOWN, f"no source is called {source_id!r}", f"known: {known}")

    def round_tables(self) -> Iterator[RegisteredRoundTable]:
        """Every round table of every publisher."""
        for source in self.sources:
            yield from source.round_tables

    def round_table(self, name: str) -> RegisteredRoundTable | None:
        """The round table of this id."""
        return self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, RegisteredRoundTable]:
        return {table.id: table for table in self.round_tables()}

    def named(self, name: str) -> list[RegisteredRoundTable]:
        """The round tables of a publisher, of a series, or the one of this name.

        Raises:
            RoundtableError: `source_unknown`.
        """
        found = [
            table
            for source in self.sources
            for table in source.round_tables
            if name in {source.id, table.keys.round_table.series, table.id}
        ]
        return found or list(self.get(name).round_tables)

    @cached_property
    def _by_target(self) -> dict[str, tuple[RegisteredRoundTable, TargetKeys]]:
        return {self.key(target.url): (table, target) for table in self.round_tables() for target in table.keys.targets}

    def key(self, url: str) -> str:
        """What two spellings of one address share, by the rules of its publisher."""
        return urls.key(url, keep_query=not self.source_for(url).query_is_noise)

    def target(self, url: str) -> tuple[RegisteredRoundTable, TargetKeys] | None:
        """The round table that names this address, and what it expects there."""
        return self.target_of_key(self.key(url))

    def target_of_key(self, key: str) -> tuple[RegisteredRoundTable, TargetKeys] | None:
        """The same for what `key` gave."""
        return self._by_target.get(key)

    def in_scope(self, url: str) -> RegisteredRoundTable | None:
        """The round table whose scope the address falls into; of several, the one that says most about it."""
        if found := self.target(url):
            return found[0]
        key, (lengths, scopes) = self.key(url), self._scopes
        return next((scopes[key[:length]] for length in lengths if key[:length] in scopes), None)

    @cached_property
    def _scopes(self) -> tuple[list[int], dict[str, RegisteredRoundTable]]:
        """The round tables by their scopes, and how long those are, the longest first."""
        found: dict[str, RegisteredRoundTable] = {}
        for table in self.round_tables():
            if scope := table.keys.round_table.scope:
                found.setdefault(urls.key(scope), table)
        return sorted({len(scope) for scope in found}, reverse=True), found

    def files(self) -> list[RegisterFile]:
        """Every file that was read, in order of name."""
        found = [source.file for source in self.sources]
        found += [table.file for table in self.round_tables()]
        return sorted(found, key=lambda file: file.name)


def entry_of(keys: EntryKeys) -> str:
    """The short name of a line-up entry: as written, else made of its names."""
    return keys.entry or slug(" ".join([person.name for person in keys.people] or [keys.organisation or ""]))


def _load(folder: Path, added: Sequence[Path]) -> RegisteredSource:
    """A publisher's folder, with the round tables that a home adds to it."""
    keys, file = _parse(folder / "source.toml", folder, SourceFile)
    if keys.publisher.id != folder.name:
        raise RoundtableError(
            Code.REGISTER_INVALID, f"publisher.id is {keys.publisher.id!r}, the folder {folder.name!r}", file.name
        )
    tables = []
    for path in [*sorted((folder / "round_tables").glob("*.toml")), *added]:
        table_keys, table_file = _parse(path, path.parents[1], RoundTableFile)
        of_series = table_keys.series or next(
            (one for one in keys.series if one.id == table_keys.round_table.series), None
        )
        language = (of_series.language if of_series else None) or keys.publisher.language
        tables.append(RegisteredRoundTable(table_keys, table_file, keys.publisher.id, language))
    series = {item.id for item in keys.series} | {table.keys.series.id for table in tables if table.keys.series}
    for table in tables:
        if table.keys.round_table.series not in series:
            raise RoundtableError(
                Code.REGISTER_INVALID,
                f"round_table.series {table.keys.round_table.series!r} is not among {sorted(series)}",
                table.file.name,
            )
    return RegisteredSource(keys, file, _source(keys, tables, file.name, _refine(folder)), tuple(tables))


def _parse(path: Path, folder: Path, model: type[Keys]) -> tuple[Keys, RegisterFile]:
    name = f"register/{folder.name}/{path.relative_to(folder).as_posix()}"
    content = handwritten.content(path, Code.REGISTER_INVALID)
    try:
        return model.model_validate(tomllib.loads(content.decode())), RegisterFile(name, content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RoundtableError(Code.REGISTER_INVALID, f"not valid TOML: {error}", str(path)) from None
    except ValidationError as error:
        place, problem = handwritten.mistake(error)
        key = ".".join(str(part) for part in place)
        raise RoundtableError(Code.REGISTER_INVALID, f"{key}: {problem}", str(path)) from None


def _refine(folder: Path) -> Refine | None:
    """The bundled reader of a source; a home's additions are data and never bring code."""
    if folder.parent != BUNDLED or not (folder / "reader.py").is_file():
        return None
    refine: Refine = importlib.import_module(f"archive.sources.{folder.name}.reader").refine
    return refine


def _source(keys: SourceFile, tables: list[RegisteredRoundTable], file: str, refine: Refine | None) -> Source:
    publisher = keys.publisher
    entries = [
        entry
        for table in tables
        for group in (table.keys.line_up, table.keys.convenors, table.keys.editors, table.keys.funders)
        for entry in group
    ]
    people = [person for entry in entries for person in entry.people]
    return Source(
        source_id=publisher.id,
        name=publisher.name,
        url=publisher.url,
        hosts=tuple(publisher.hosts),
        zone=publisher.zone,
        language=publisher.language,
        day_first=publisher.day_first,
        query_is_noise=publisher.query_is_noise,
        shapes=tuple(_checked_shapes(keys, file)),
        boilerplate={
            kind: tuple(_pattern(pattern, file) for pattern in patterns) for kind, patterns in keys.boilerplate.items()
        },
        roles={role: tuple(_pattern(pattern, file) for pattern in patterns) for role, patterns in keys.roles.items()},
        inset_labels={label.lower(): meaning for label, meaning in keys.inset_labels.items()},
        kickers=tuple(publisher.kickers),
        names=frozenset([person.name for person in people] + [entry.organisation or "" for entry in entries]) - {""},
        family_first=frozenset(person.name for person in people if person.family_first),
        refine=refine,
    )


def _checked_shapes(keys: SourceFile, file: str) -> Iterator[Shape]:
    probe = LexborHTMLParser("<html></html>")
    for shape in keys.shapes:
        for selector in (shape.match, shape.body, shape.refine, *shape.fields.values(), *shape.regions.values()):
            try:
                probe.css(selector or "html")
            except SelectolaxError:
                raise RoundtableError(
                    Code.REGISTER_INVALID, f"shape {shape.name!r}: {selector!r} is no CSS selector", file
                ) from None
        yield Shape(shape.name, shape.match, shape.fields, shape.body, shape.regions, shape.refine, shape.fill)


def _pattern(pattern: str, file: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RoundtableError(Code.REGISTER_INVALID, f"{pattern!r} is no regular expression: {error}", file) from None


def _check_ids(register: Register) -> None:
    seen: dict[str, str] = {}
    ids = [(source.id, source.file.name) for source in register.sources]
    ids += [(table.id, table.file.name) for table in register.round_tables()]
    ids += [(series.id, file.name) for source in register.sources for series, file in source.all_series()]
    for name, file in ids:
        if name in seen:
            raise RoundtableError(Code.REGISTER_INVALID, f"the id {name!r} is also used in {seen[name]}", file)
        seen[name] = file

"""What the published database was made of: where little of that changed, little has to be put into it.

Here belongs the note of it, which lies in the cache, and telling which tables differ. Not here: building and swapping
(`publish`). The note names the very bytes of the database, so that a file that somebody wrote to, or that was damaged,
counts as unknown.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from archive import durable
from archive.model.table import TABLES
from warehouse import sealing


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a database file was made of.

    Attributes:
        program: a digest of the program that made it.
        tables: table → SHA-256 of its Parquet file.
        database: SHA-256 of the database file itself.
    """

    program: str
    tables: Mapping[str, str]
    database: str


def of(release: Path, database: Path, program: str) -> MadeOf:
    """What a database that was made of a release folder just now is made of."""
    return MadeOf(program, _tables(release), sealing.digest(database))


def read(note: Path) -> MadeOf | None:
    """What a note says; None where there is none that can be read."""
    try:
        return MadeOf(**json.loads(note.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write(note: Path, made_of: MadeOf) -> None:
    """Keep a note."""
    durable.write_text(note, json.dumps(asdict(made_of), indent=1) + "\n")


def differing(known: MadeOf | None, release: Path, database: Path, program: str) -> set[str] | None:
    """The tables whose rows in the database are not those of a release; None where all of it has to be made anew.

    That is so where nobody knows what the file was made of, another program made it, or a table differs that holds
    content, since search, citations and views rest on those.
    """
    if (
        known is None
        or known.program != program
        or not database.is_file()
        or sealing.digest(database) != known.database
    ):
        return None
    differ = {name for name, digest in _tables(release).items() if known.tables.get(name) != digest}
    return None if any(TABLES[name].content for name in differ) else differ


def _tables(release: Path) -> dict[str, str]:
    files = sealing.read((release / sealing.MANIFEST).read_bytes()).files
    return {name: files[f"{name}.parquet"].sha256 for name in TABLES}

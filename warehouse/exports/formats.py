"""The formats that a release can be written in, by the name under which a person asks for them.

Here belongs the list, and what each is: one file or a folder. How a format is made stands in its module.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.exports import (
    bagit,
    bibtex,
    comma_separated,
    convokit,
    datapackage,
    json_ld,
    parquet_files,
    references,
    ris,
    tei,
)
from warehouse.exports.published import Published


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One file of text.

    Attributes:
        about: what it is, in a few words.
        suffix: how its file's name ends.
        pieces: the content, piece by piece.
    """

    about: str
    suffix: str
    pieces: Callable[[Published], Iterator[str]]


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A folder of files.

    Attributes:
        about: what it is, in a few words.
        suffix: how its name ends.
        write: fills an empty folder.
    """

    about: str
    suffix: str
    write: Callable[[Published, Path], None]


FORMATS: dict[str, FileFormat | FolderFormat] = {
    "bibtex": FileFormat("references for LaTeX", ".bib", bibtex.bibtex),
    "ris": FileFormat("references for reference managers", ".ris", ris.ris),
    "csl-json": FileFormat("references for citation software", ".csl.json", references.csl_json),
    "tei": FileFormat("the discussions as TEI P5", ".tei.xml", tei.tei),
    "convokit": FolderFormat("the discussions as a ConvoKit corpus", ".convokit", convokit.write),
    "json-ld": FileFormat("the discussions in terms of schema.org", ".jsonld", json_ld.json_ld),
    "datapackage": FolderFormat("every table as CSV with a Frictionless descriptor", ".datapackage", datapackage.write),
    "bagit": FolderFormat("the holdings as a bag that proves itself", ".bag", bagit.write),
    "csv": FolderFormat("every table as CSV", ".csv", comma_separated.write),
    "parquet": FolderFormat("every table as Parquet", ".parquet", parquet_files.write),
}

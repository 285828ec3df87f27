"""Writing a release in the format of another program: which release, which file, and what is said about it.

Here belongs what `roundtable export FORMAT` does around the formats of `warehouse.exports`: a release that is whole and
knows of every withdrawal, a target that is the old content or the new, a report. Captures are chosen in `exporting`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive import durable
from archive.codes import Code, RoundtableError
from pipelines.bagging import filling
from pipelines.exporting import check_withdrawals
from pipelines.opened import OpenedHome
from warehouse import release_folder, sealing
from warehouse.exports import bagit, published
from warehouse.exports.formats import FORMATS, FileFormat, FolderFormat
from warehouse.exports.published import Published

BAG = "bagit"
STREAM = Path("-")
"""The target that means the standard output."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the format, where, how much of what, and the release that it is made from.

    Attributes:
        path: the file or folder; `-` for the standard output.
    """

    format: str
    path: str
    files: int
    bytes: int
    round_tables: int
    contributions: int
    release_id: str
    release_digest: str


def export(opened: OpenedHome, name: str, names: Sequence[str], target: Path | None) -> Exported:
    """Write what `names` mean in a format.

    Args:
        opened: the home, which may be read while another process writes to it.
        name: one of `FORMATS`.
        names: publishers, series or round tables; none means all.
        target: a file, which is replaced where there is one; a folder, which must not be there, or be empty; `-`;
            else one named after what is in it, in the home's `exports/`.

    Raises:
        RoundtableError: `home_empty` where nothing was published, or nothing of these names; `source_unknown`;
            `target_exists`, `target_unusable`; `tables_damaged`; `withdrawal_pending`.
        OSError: the disk refused.
    """
    wanted = sorted(set(names))
    form = FORMATS[name]
    path = target or opened.home.exports / f"{'+'.join(wanted) or 'archive'}{form.suffix}"
    _check_target(path, form)
    with published.opened(_release(opened), wanted) as rows:
        if not rows.count("contributions"):
            what = (
                f"nothing of {', '.join(wanted)} was published yet" if wanted else "no contribution was published yet"
            )
            raise RoundtableError(Code.HOME_EMPTY, what, str(opened.home.root))
        if name == BAG:
            # Captures, curation and journal are the home's, of which the warehouse knows nothing.
            form = FolderFormat(form.about, form.suffix, partial(bagit.write, fill=filling(opened, wanted, rows)))
        files, size = _write(rows, form, path)
        return Exported(
            format=name,
            path=str(path),
            files=files,
            bytes=size,
            round_tables=rows.count("round_tables"),
            contributions=rows.count("contributions"),
            release_id=rows.release.release_id,
            release_digest=f"sha256:{rows.release.digest}",
        )


def _release(opened: OpenedHome) -> Path:
    """The published release's folder, which is whole and shows nothing that was withdrawn."""
    folder = release_folder.check_published(opened.home.tables)
    if folder is None:
        raise RoundtableError(Code.HOME_EMPTY, "nothing was published here yet", str(opened.home.root))
    if not sealing.is_whole(folder):
        raise RoundtableError(Code.TABLES_DAMAGED, "a table is not what was written", str(folder))
    check_withdrawals(opened, release_folder.states(folder))
    return folder


def _check_target(path: Path, form: FileFormat | FolderFormat) -> None:
    if isinstance(form, FileFormat):
        if path.is_dir():
            raise RoundtableError(Code.TARGET_UNUSABLE, "this is a folder, and the format is one file", str(path))
    elif path == STREAM:
        raise RoundtableError(Code.TARGET_UNUSABLE, "the format is a folder of files", "--to -")
    elif path.is_dir() and any(path.iterdir()):
        raise RoundtableError(Code.TARGET_EXISTS, "this folder holds something already", str(path))
    elif path.exists() and not path.is_dir():
        raise RoundtableError(Code.TARGET_UNUSABLE, "this is a file, and the format is a folder", str(path))


def _write(rows: Published, form: FileFormat | FolderFormat, path: Path) -> tuple[int, int]:
    """Write, and return how many files of how many bytes that were."""
    if isinstance(form, FolderFormat):
        with durable.building(path) as draft:
            form.write(rows, draft)
        sizes = [inner.stat().st_size for inner in path.rglob("*") if inner.is_file()]
        return len(sizes), sum(sizes)
    if path == STREAM:
        return 1, sum(sys.stdout.buffer.write(piece.encode()) for piece in form.pieces(rows))
    with durable.replacing(path) as draft, draft.open("wb") as handle:
        for piece in form.pieces(rows):
            durable.write(handle, piece.encode())
    return 1, path.stat().st_size

"""Whether every byte of the tables is what was written, and mending them from a second copy.

Here belongs looking at release folders: their manifests, their files, the pointer to the published one, and that a
release is still the one that the journal names. Not here: the database, which is made from them (`publish`).
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from archive import durable
from archive.codes import Checked, Code, Finding
from archive.model import Release
from warehouse import release_folder, sealing

POINTERS = {release_folder.CURRENT, "candidate"}
"""Names under `tables` that lead to a release folder and are none themselves."""


def verify(folder: Path, releases: list[Release] | None) -> Checked:
    """Look at every file of every release folder under `folder`.

    Args:
        folder: the home's `tables`.
        releases: those that the journal names, oldest first; None where nobody knows, as the journal is damaged.

    Raises:
        OSError: a file cannot be read.
    """
    found = Checked()
    digests = {release.release_id: release.digest for release in releases or []}
    published = release_folder.current(folder)
    latest = releases[-1].release_id if releases else None
    if latest and (published is None or _stem(published) != latest):
        what = f"it does not lead to the folder of the last release, {latest}"
        found.findings.append(Finding(Code.TABLES_DAMAGED, release_folder.CURRENT, 0, what))
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name in POINTERS and path.is_symlink():
            continue
        if path.is_dir() and not path.is_symlink() and (releases is None or _stem(path) in digests):
            _look(found, path, digests.get(_stem(path)))
        elif path.is_dir() and not path.is_symlink():
            what = (
                "a folder of no release, left by a run that ended early or failed its checks; the next run removes it"
            )
            found.findings.append(Finding(Code.TORN_TAIL, path.name, 0, what))
        else:
            found.findings.append(Finding(Code.FOREIGN_FILE, path.name, 0, "this belongs to no release"))
    return found


def repair(folder: Path, copy: Path, damage: Iterable[Finding], releases: list[Release]) -> list[str]:
    """Restore files that `damage` names under `folder` from the tables folder `copy`, and say what was restored.

    Raises:
        OSError: the disk refused.
    """
    told: list[str] = []
    digests = {release.release_id: release.digest for release in releases}
    for name in sorted({finding.file.partition("/")[0] for finding in damage if "/" in finding.file}):
        ours, theirs = folder / name, copy / name
        if _stem(ours) not in digests:
            continue
        files = _restored_manifest(ours, theirs, digests[_stem(ours)], told)
        for file, expected in files.items():
            there = theirs / file
            here = ours / file
            if here.is_file() and sealing.sealed(here) == expected:
                continue
            if there.is_file() and sealing.sealed(there) == expected:
                durable.write_bytes(here, there.read_bytes())
                if sealing.sealed(here) == expected:
                    told.append(f"{name}/{file}: {expected.bytes} bytes")
    return told


def published_rows(folder: Path, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Some columns of a published table; nothing where there is none, or none that can be trusted.

    Args:
        folder: the home's `tables`.
        table: its name.
        columns: their names.
    """
    release = release_folder.current(folder)
    path = release / f"{table}.parquet" if release else None
    if release is None or path is None:
        return []
    try:
        if sealing.read((release / sealing.MANIFEST).read_bytes()).files[path.name] != sealing.sealed(path):
            return []
        return [tuple(row.values()) for row in pq.read_table(path, columns=columns).to_pylist()]
    except (ValueError, KeyError, OSError, pa.ArrowException):
        return []


def _restored_manifest(ours: Path, theirs: Path, digest: str, told: list[str]) -> dict[str, sealing.Sealed]:
    """The files that a folder should hold; its manifest is restored where it is damaged here and whole there."""
    for path in (ours / sealing.MANIFEST, theirs / sealing.MANIFEST):
        try:
            content = path.read_bytes()
            listing = sealing.read(content)
        except (ValueError, OSError):
            continue
        if listing.content_digest != digest:
            continue
        if path.parent == theirs:
            durable.write_bytes(ours / sealing.MANIFEST, content)
            told.append(f"{ours.name}/{sealing.MANIFEST}: {len(content)} bytes")
        return listing.files
    return {}


def _look(found: Checked, folder: Path, digest: str | None) -> None:
    """Look at one release folder."""

    def report(file: str, offset: int, what: str, code: Code = Code.TABLES_DAMAGED) -> None:
        found.findings.append(Finding(code, f"{folder.name}/{file}", offset, what))

    manifest = folder / sealing.MANIFEST
    try:
        listing = sealing.read(manifest.read_bytes())
    except FileNotFoundError:
        report(manifest.name, 0, "the file is missing")
        return
    except ValueError as error:
        report(manifest.name, 0, str(error))
        return
    found.files += 1
    found.bytes += manifest.stat().st_size
    if digest and listing.content_digest != digest:
        report(manifest.name, 0, "its tables are not those of the release that the journal names")
    for name, expected in listing.files.items():
        path = folder / name
        if not path.is_file():
            report(name, 0, "the file is missing")
            continue
        found.files += 1
        found.bytes += path.stat().st_size
        met = sealing.sealed(path)
        if met == expected:
            found.records += pq.read_metadata(path).num_rows
        elif met.bytes < expected.bytes:
            report(name, met.bytes, f"the file ends here; its manifest lists {expected.bytes} bytes")
        else:
            what = f"the file does not agree with its digest from here on ({met.bytes} bytes of {expected.bytes})"
            report(name, expected.first_difference(met), what)
    for path in sorted(folder.iterdir()):
        if path.name not in listing.files and path.name != sealing.MANIFEST:
            report(path.name, 0, "no manifest lists this file", Code.FOREIGN_FILE)


def _stem(folder: Path) -> str:
    return folder.name.partition("+")[0]

"""BagIt (RFC 8493): a folder that proves itself, for deposit and transfer.

Here belong the tables as payload, the manifests with SHA-256 of every file, and the words about the bag. What else goes
into the payload (captures, curation, journal) is put there by the caller, who knows the home. The date of the bag is
that of its release, so that the same holdings make the same bag.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from warehouse.exports import parquet_files
from warehouse.exports.published import Published

_CHUNK = 1 << 20
_ABOUT = (
    "Published round tables: tables as Parquet in tables/; captures as WACZ, the decisions of people and the journal "
    "beside them, as far as they may leave the archive."
)


def write(published: Published, folder: Path, fill: Callable[[Path], None] = lambda _: None) -> None:
    """Write a bag into `folder`.

    Args:
        published: the release.
        folder: an empty folder.
        fill: adds to the payload, whose folder it is given; `tables/` is there already.
    """
    data = folder / "data"
    (data / "tables").mkdir(parents=True)
    parquet_files.write(published, data / "tables")
    fill(data)
    payload = sorted(path for path in data.rglob("*") if path.is_file())
    _write(folder / "bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
    _write(folder / "manifest-sha256.txt", _lines(folder, payload))
    release = published.release
    size = sum(path.stat().st_size for path in payload)
    about = [
        f"External-Description: {_ABOUT}",
        f"External-Identifier: {release.release_id} sha256:{release.digest}",
        f"Bagging-Date: {release.created_at.date().isoformat()}",
        f"Bag-Software-Agent: roundtable-archive/{release.code_version}",
        f"Payload-Oxum: {size}.{len(payload)}",
    ]
    _write(folder / "bag-info.txt", about)
    tags = [folder / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]
    _write(folder / "tagmanifest-sha256.txt", _lines(folder, tags))


def _lines(folder: Path, paths: Iterable[Path]) -> list[str]:
    """Lines of a manifest; what could be taken for the end of a line is percent-encoded."""
    return [
        f"{_digest(path)}  "
        + path.relative_to(folder).as_posix().replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
        for path in paths
    ]


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")

"""The seal of a release folder: a list of its files with their digests, and a digest of the list.

Here belongs writing `manifest.json` and reading it again. It holds nothing that depends on a clock or a machine, so
the same tables have the same manifest everywhere. Not here: what is done about a broken seal (`verify`).
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive import durable
from archive.model.table import TABLES

MANIFEST = "manifest.json"
BLOCK = 4096
"""Bytes: how exactly the place of a damage is told."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One file of a release.

    Attributes:
        bytes: its length.
        sha256: its digest, which proves it.
        blocks: CRC-32 of each block of `BLOCK` bytes, which tell where a damage lies.
    """

    bytes: int
    sha256: str
    blocks: tuple[int, ...]

    def first_difference(self, other: "Sealed") -> int:
        """The offset of the first block in which two files differ; the shorter length where one begins the other."""
        for number, (one, two) in enumerate(zip(self.blocks, other.blocks, strict=False)):
            if one != two and BLOCK * (number + 1) <= min(self.bytes, other.bytes):
                return BLOCK * number
        if self.bytes != other.bytes:
            return min(self.bytes, other.bytes)
        return BLOCK * max(0, len(self.blocks) - 1)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a manifest says: the files of a release, and the names of those whose content the release is."""

    files: dict[str, Sealed]
    content: tuple[str, ...]

    @property
    def content_digest(self) -> str:
        """What `releases.digest` holds: SHA-256 over the content tables' digests, by name."""
        lines = (f"{name.removesuffix('.parquet')} {self.files[name].sha256}\n" for name in sorted(self.content))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def seal(folder: Path, known: Mapping[str, Sealed] | None = None) -> None:
    """Write the manifest of a release folder over the Parquet files in it, and wait for the disk.

    Args:
        folder: the release.
        known: seals of files in it that need not be read again.
    """
    durable.write_bytes(folder / MANIFEST, rendered(listed(folder, known)))


def listed(folder: Path, known: Mapping[str, Sealed] | None = None) -> Listing:
    """What the manifest of a folder should say, from the Parquet files that lie in it."""
    seals = known or {}
    files = {path.name: seals.get(path.name) or sealed(path) for path in sorted(folder.glob("*.parquet"))}
    return Listing(files, tuple(name for name in files if TABLES[name.removesuffix(".parquet")].content))


def sealed(path: Path) -> Sealed:
    """A file as it lies there."""
    whole, length, blocks = hashlib.sha256(), 0, []
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            whole.update(block)
            length += len(block)
            blocks.append(zlib.crc32(block))
    return Sealed(length, whole.hexdigest(), tuple(blocks))


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def rendered(listing: Listing) -> bytes:
    """A manifest's content: there is one way to write it, so that its digest proves every byte."""
    files = {
        name: {"bytes": one.bytes, "sha256": one.sha256, "blocks": " ".join(f"{crc:08x}" for crc in one.blocks)}
        for name, one in sorted(listing.files.items())
    }
    values = {"content": sorted(listing.content), "files": files}
    proof = hashlib.sha256(json.dumps(values).encode()).hexdigest()
    return (json.dumps({**values, "digest": proof}, indent=1) + "\n").encode()


def read(content: bytes) -> Listing:
    """What a manifest says.

    Raises:
        ValueError: it is not as it was written.
    """
    try:
        values = json.loads(content)
        files = {
            name: Sealed(one["bytes"], one["sha256"], tuple(int(crc, 16) for crc in one["blocks"].split()))
            for name, one in values["files"].items()
        }
        listing = Listing(files, tuple(values["content"]))
        again = rendered(listing)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("the manifest cannot be read") from None
    if again != content:
        raise ValueError("the manifest does not agree with its digest")
    return listing


def is_whole(folder: Path) -> bool:
    """True where a release folder holds what its manifest lists."""
    try:
        files = read((folder / MANIFEST).read_bytes()).files
        return all(sealed(folder / name) == expected for name, expected in files.items())
    except (ValueError, OSError):
        return False

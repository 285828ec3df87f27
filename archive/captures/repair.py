"""Mending captures from a second copy: only what is damaged here and whole there.

Here belongs putting good lines and good records back, each proved by its digest before it is written. Not here:
finding what is damaged (`verify`), and journal and curation (`archive.ledgers`).
"""

import hashlib
import shutil
from pathlib import Path

from archive import durable
from archive.captures import index
from archive.captures.manifest import SUFFIX, Member
from archive.captures.verify import damaged_members, scan, verify
from archive.codes import Finding


def repair(folder: Path, copy: Path, damage: list[Finding]) -> list[str]:
    """Restore what `damage` names in `folder` from the captures folder `copy`, and say what was restored.

    A manifest that stays damaged is left as it is, and so are the records that only its damaged lines list.

    Raises:
        OSError: the disk refused; each file is then whole as it was, or whole as it should be.
    """
    told: list[str] = []
    for name in sorted({finding.file for finding in damage if finding.file.endswith(f".warc.gz{SUFFIX}")}):
        told += _repair_manifest(folder / name, copy / name)
    for path in sorted(folder.glob(f"*.warc.gz{SUFFIX}")):
        warc = path.name.removesuffix(SUFFIX)
        members = damaged_members(folder / warc, scan(path.name, path.read_bytes()).members)
        told += _repair_warc(folder / warc, copy / warc, members)
    left = verify(folder).damage
    if left and all(finding.file in {index.INDEX, index.DIGEST} for finding in left):
        index.rebuild(folder)
        told.append(f"{index.INDEX}: made again from the manifests")
    return told


def _repair_manifest(path: Path, copy: Path) -> list[str]:
    if not copy.is_file():
        return []
    ours = scan(path.name, path.read_bytes() if path.is_file() else b"").lines
    theirs = scan(path.name, copy.read_bytes()).lines
    # Each line proves itself and says where it begins; whether they make one manifest is seen when they are scanned.
    lines = {line: entry.members[0].offset for line, entry in (*ours, *theirs)}
    content = b"".join(line + b"\n" for line in sorted(lines, key=lines.__getitem__))
    fresh = len(lines) - len(ours)
    if not fresh or scan(path.name, content).findings:
        return []
    durable.write_bytes(path, content)
    return [f"{path.name}: {fresh} lines"]


def _repair_warc(path: Path, copy: Path, damaged: list[Member]) -> list[str]:
    """Put back the members that the copy holds whole; the others stay as they are."""
    bad_there = damaged_members(copy, damaged)
    good = [member for member in damaged if member not in bad_there]
    if not good:
        return []
    with durable.replacing(path) as temporary:
        if path.is_file():
            shutil.copyfile(path, temporary)
        with temporary.open("rb+") as target, copy.open("rb") as source:
            for member in good:
                source.seek(member.offset)
                content = source.read(member.length)
                if hashlib.sha256(content).hexdigest() != member.sha256:
                    raise OSError(5, "the second copy changed while it was read", str(copy))
                target.seek(member.offset)
                durable.write(target, content)
    still = damaged_members(path, good)
    size = sum(member.length for member in good)
    return [f"{path.name}: records {len(good) - len(still)}, bytes {size}"]

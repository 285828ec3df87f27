"""Whether every byte of the captures is what was kept.

Here belongs looking: at each line of each manifest, each record that it lists, the tail behind them, and the index.
It reads and reports, and goes on behind whatever it finds. Not here: mending (`repair`), and cutting what an
interrupted write left (`recovery`).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.captures import index
from archive.captures.manifest import SUFFIX, Entry, Manifest, Member, entry_of
from archive.captures.recovery import check_tail
from archive.codes import Checked, Code, Finding, RoundtableError

_CHUNK = 1 << 20


@dataclass(slots=True)
class Scan:
    """A manifest, read past whatever is amiss in it.

    Attributes:
        name: of the manifest.
        lines: the whole lines, with the entry that each holds.
        committed: bytes of the WARC file that count; None where the last line is damaged, so that nobody knows.
        findings: what is amiss.
    """

    name: str
    lines: list[tuple[bytes, Entry]] = field(default_factory=list)
    committed: int | None = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        """Every record that the whole lines list."""
        return [member for _, entry in self.lines for member in entry.members]

    @property
    def is_damaged(self) -> bool:
        """True where a line is."""
        return any(finding.is_damage for finding in self.findings)


def verify(folder: Path, published: Mapping[str, str] | None = None) -> Checked:
    """Look at everything in the captures folder.

    Args:
        folder: the home's `captures`.
        published: capture ids that a published table lists, each with its WARC file: a manifest that no longer lists
            one of them has lost lines.

    Raises:
        OSError: a file cannot be read.
    """
    found = Checked()
    scans = {path.name: scan(path.name, path.read_bytes()) for path in sorted(folder.glob(f"*.warc.gz{SUFFIX}"))}
    for path in sorted(folder.glob("roundtable-*.warc.gz")):
        scans.setdefault(path.name + SUFFIX, Scan(path.name + SUFFIX))
    lines = index.lines_of(entry for one in scans.values() for _, entry in one.lines)
    lost = _lost(folder, scans, lines, published or {})
    for name, one in sorted(scans.items()):
        path = folder / name.removesuffix(SUFFIX)
        findings = [*one.findings, *_warc_findings(path, one)]
        if name in lost:
            # What looks torn is then the rest of something that counted.
            findings = [finding for finding in findings if finding.is_damage]
        found.findings += findings
        found.records += len(one.members)
        _count(found, folder / name, path)
    for name, number in sorted(lost.items()):
        if name not in scans or not scans[name].is_damaged:
            size = (folder / name).stat().st_size if (folder / name).exists() else 0
            what = f"{number} captures are missing from the manifest that the index or a published table lists"
            found.findings.append(Finding(Code.CAPTURE_DAMAGED, name, size, what))
    found.findings += _index_findings(folder, lines)
    _count(found, folder / index.INDEX, folder / index.DIGEST)
    found.findings += _strangers(folder, scans)
    return found


def sampled(folder: Path, day: int, share: int) -> list[str]:
    """The WARC files of a day's sample: every `share`-th, others each day, so that all had their turn after that.

    Args:
        folder: the home's `captures`.
        day: which of the samples: the number of the day will do.
        share: into how many samples the files are divided.
    """
    names = sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*.warc.gz{SUFFIX}"))
    # A few files are divided into as many samples as there are, so that no day is idle.
    parts = max(1, min(share, len(names)))
    return names[day % parts :: parts]


def verify_some(folder: Path, names: Iterable[str]) -> Checked:
    """Look at some WARC files, each with its manifest.

    Raises:
        OSError: a file cannot be read.
    """
    found = Checked()
    for warc in names:
        path, name = folder / warc, warc + SUFFIX
        one = scan(name, (folder / name).read_bytes())
        found.findings += [*one.findings, *_warc_findings(path, one)]
        found.records += len(one.members)
        _count(found, folder / name, path)
    return found


def scan(name: str, content: bytes) -> Scan:
    """Read a manifest's content line by line; a damaged line is reported and passed over."""
    found = Scan(name)
    *whole, torn = content.split(b"\n")
    offset = 0
    for line in whole:
        try:
            entry = entry_of(line)
            start = entry.members[0].offset
        except (ValueError, TypeError, KeyError, IndexError):
            what = "a line of the manifest does not agree with its digest"
            found.findings.append(Finding(Code.CAPTURE_DAMAGED, name, offset, what))
            found.committed = None
        else:
            if found.committed is not None and start != found.committed:
                what = "a line of the manifest does not follow on the one before it"
                found.findings.append(Finding(Code.CAPTURE_DAMAGED, name, offset, what))
            found.lines.append((line, entry))
            found.committed = entry.members[-1].end
        offset += len(line) + 1
    if torn:
        what = f"{len(torn)} bytes of a line that was never completed"
        found.findings.append(Finding(Code.TORN_TAIL, name, offset, what))
    return found


def damaged_members(path: Path, members: list[Member]) -> list[Member]:
    """Those of `members` whose bytes in the WARC file are not what their digests say, or are not there."""
    if not path.is_file():
        return list(members)
    with path.open("rb") as handle:
        return [member for member in members if _digest(handle, member) != member.sha256]


def _digest(handle: BinaryIO, member: Member) -> str:
    whole, left = hashlib.sha256(), member.length
    handle.seek(member.offset)
    while left and (chunk := handle.read(min(left, _CHUNK))):
        whole.update(chunk)
        left -= len(chunk)
    return whole.hexdigest()


def _warc_findings(path: Path, one: Scan) -> list[Finding]:
    size = path.stat().st_size if path.is_file() else 0
    found = []
    for member in damaged_members(path, one.members):
        if member.end > size:
            what = (
                f"the file {'ends here' if path.exists() else 'is missing'}; its manifest lists {one.committed} bytes"
            )
            found.append(Finding(Code.CAPTURE_DAMAGED, path.name, size, what))
            break
        what = f"the {member.kind} record ({member.length} bytes) does not agree with its digest"
        found.append(Finding(Code.CAPTURE_DAMAGED, path.name, member.offset, what))
    if one.committed is not None and size > one.committed:
        found.append(_tail(path, one.committed, size))
    return found


def _tail(path: Path, committed: int, size: int) -> Finding:
    """What stands behind the last record that counts."""
    try:
        check_tail(Manifest(path.with_name(path.name + SUFFIX), committed=committed))
    except RoundtableError as error:
        return Finding(Code.CAPTURE_DAMAGED, path.name, committed, error.what)
    what = f"{size - committed} bytes of a capture that was never committed"
    return Finding(Code.TORN_TAIL, path.name, committed, what)


def _lost(folder: Path, scans: Mapping[str, Scan], lines: list[bytes], published: Mapping[str, str]) -> Counter[str]:
    """Manifest → how many captures it once listed and lists no more, as far as others remember them."""
    ids = {entry.capture.capture_id for one in scans.values() for _, entry in one.lines if entry.capture}
    lost = Counter(warc + SUFFIX for capture_id, warc in published.items() if capture_id not in ids)
    content = _whole_index(folder)
    if content is not None:
        listed = set(lines)
        gone = [line for line in content.splitlines(keepends=True) if line not in listed]
        remembered = Counter(json.loads(line.split(b" ", 2)[2])["filename"] + SUFFIX for line in gone)
        lost |= remembered
    return lost


def _whole_index(folder: Path) -> bytes | None:
    """The index's content, where it agrees with its digest."""
    path, digest = folder / index.INDEX, folder / index.DIGEST
    content = path.read_bytes() if path.is_file() else b""
    return content if digest.is_file() and digest.read_bytes() == index.sealed(content) else None


def _index_findings(folder: Path, expected: list[bytes]) -> list[Finding]:
    path, digest = folder / index.INDEX, folder / index.DIGEST
    missing = [
        Finding(Code.INDEX_DAMAGED, one.name, 0, "the file is missing") for one in (path, digest) if not one.is_file()
    ]
    if missing:
        return missing if expected or len(missing) == 1 else []
    content, wanted = path.read_bytes(), b"".join(expected)
    if _whole_index(folder) is not None:
        fresh = len(set(expected) - set(content.splitlines(keepends=True)))
        what = f"{fresh} captures are not in the index yet"
        return [Finding(Code.INDEX_BEHIND, path.name, len(content), what)] if fresh else []
    if content == wanted:
        offset = _difference(digest.read_bytes(), index.sealed(content))
        return [Finding(Code.INDEX_DAMAGED, digest.name, offset, "this is not the digest of the index")]
    what = "the index does not agree with its digest"
    return [Finding(Code.INDEX_DAMAGED, path.name, _difference(content, wanted), what)]


def _difference(one: bytes, other: bytes) -> int:
    """The offset of the first byte in which two contents differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def _strangers(folder: Path, scans: Mapping[str, Scan]) -> list[Finding]:
    known = {index.INDEX, index.DIGEST, *scans, *(name.removesuffix(SUFFIX) for name in scans)}
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") and ".tmp" in path.name:
            found.append(Finding(Code.TORN_TAIL, path.name, 0, "a file that was being written and never took its name"))
        elif path.name not in known or not path.is_file():
            found.append(Finding(Code.FOREIGN_FILE, path.name, 0, "no manifest lists this file"))
    return found


def _count(found: Checked, *paths: Path) -> None:
    for path in paths:
        if path.is_file():
            found.files += 1
            found.bytes += path.stat().st_size

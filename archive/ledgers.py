"""Journal and curation as files: whether their lines are whole and can be read, and mending them from a copy.

Here belongs what is the same for every ledger, whatever stands in it: lines are appended, and a last line without
its end was never completed. Not here: what the lines mean (`journal`, `discussion.ids`).
"""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from archive import durable
from archive.codes import Checked, Code, Finding
from archive.model.plain import from_plain
from archive.model.table import TABLES

Reads = Callable[[bytes], object]


def verify(root: Path, published: Mapping[str, int] | None = None) -> Checked:
    """Look at every line of `journal` and every TOML file and line of `curation` in the home folder `root`.

    Args:
        root: the home folder.
        published: table → rows that a published table holds; a journal with fewer has lost lines.

    Raises:
        OSError: a file cannot be read.
    """
    found = Checked()
    rows: dict[str, int] = {}
    for path in sorted((root / "journal").glob("*")):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") and ".tmp" in path.name:
            what = "a file that was being written and never took its name"
            found.findings.append(Finding(Code.TORN_TAIL, name, 0, what))
        elif path.suffix != ".jsonl" or path.stem not in TABLES:
            found.findings.append(Finding(Code.FOREIGN_FILE, name, 0, "this is none of the journal's files"))
        else:
            rows[path.stem] = _look(found, name, path, _row_reader(path.stem), Code.JOURNAL_DAMAGED)
    for name, number in (published or {}).items():
        if rows.get(name, 0) < number:
            path = root / "journal" / f"{name}.jsonl"
            what = f"{number - rows.get(name, 0)} rows are missing that stand in the published table"
            size = path.stat().st_size if path.exists() else 0
            file = path.relative_to(root).as_posix()
            # What looks torn is then the rest of a line that counted.
            found.findings = [one for one in found.findings if one.file != file or one.is_damage]
            found.findings.append(Finding(Code.JOURNAL_DAMAGED, file, size, what))
    for path in _curated(root):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".jsonl":
            _look(found, name, path, json.loads, Code.CURATION_DAMAGED)
        else:
            _count(found, path)
            try:
                tomllib.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                what = f"not valid TOML: {error}"
                found.findings.append(Finding(Code.CURATION_DAMAGED, name, 0, what))
    return found


def repair(root: Path, copy: Path, damage: list[Finding]) -> list[str]:
    """Restore what `damage` names in the home `root` from the home `copy`, and say what was restored.

    Lines that are good here stay; where the copy does not fit them, the file is left as it is.

    Raises:
        OSError: the disk refused.
    """
    told = []
    for name in sorted({finding.file for finding in damage if finding.code is not Code.FOREIGN_FILE}):
        path, other = root / name, copy / name
        if not other.is_file() or is_unreadable(name, other.read_bytes()):
            continue
        ours = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".toml":
            durable.write_bytes(path, other.read_bytes())
            told.append(f"{name}: the whole file")
            continue
        reads = _reader(name)
        good = [line for line in ours.split(b"\n")[:-1] if _reads(line, reads)]
        lines = merged(good, other.read_bytes().split(b"\n")[:-1])
        if lines is not None and len(lines) > len(good):
            durable.write_bytes(path, b"".join(line + b"\n" for line in lines))
            told.append(f"{name}: {len(lines) - len(good)} lines")
    return told


def is_unreadable(name: str, content: bytes) -> bool:
    """True where the content of the journal or curation file `name` holds something that cannot be read."""
    if name.endswith(".toml"):
        return not _reads(content, lambda raw: tomllib.loads(raw.decode()))
    return not all(_reads(line, _reader(name)) for line in content.split(b"\n")[:-1])


def merged(ours: list[bytes], theirs: list[bytes]) -> list[bytes] | None:
    """The lines of a copy, and behind them those of ours that are newer; None where the two do not fit together.

    Ledgers are only ever appended to, so good lines of ours stand in the copy in the same order, or behind its end.
    """
    known = set(theirs)
    newer = len(ours)
    while newer and ours[newer - 1] not in known:
        newer -= 1
    lines = [*theirs, *ours[newer:]]
    rest = iter(lines)
    return lines if all(line in rest for line in ours) else None


def _look(found: Checked, name: str, path: Path, reads: Reads, code: Code) -> int:
    """Look at each line of a file; return how many could be read."""
    *whole, torn = path.read_bytes().split(b"\n")
    _count(found, path)
    offset = good = 0
    for line in whole:
        if _reads(line, reads):
            good += 1
        else:
            found.findings.append(Finding(code, name, offset, "a line that cannot be read"))
        offset += len(line) + 1
    if torn:
        what = f"{len(torn)} bytes of a line that was never completed"
        found.findings.append(Finding(Code.TORN_TAIL, name, offset, what))
    found.records += good
    return good


def _reads(content: bytes, reads: Reads) -> bool:
    try:
        reads(content)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _reader(name: str) -> Reads:
    return _row_reader(Path(name).stem) if name.startswith("journal/") else json.loads


def _row_reader(table: str) -> Reads:
    return lambda line: from_plain(TABLES[table].row, json.loads(line))


def _curated(root: Path) -> Iterator[Path]:
    for path in sorted((root / "curation").rglob("*")):
        if path.suffix in {".jsonl", ".toml"} and path.is_file():
            yield path


def _count(found: Checked, path: Path) -> None:
    found.files += 1
    found.bytes += path.stat().st_size

"""The one door to the disk: what is said to be written stays written.

Here belong atomic replacement, durable appending and the fsync of files and folders. Every module that writes
something which must survive a crash calls these functions, so that a test can make the n-th of them fail.
Not here: formats, names, or decisions about where things lie (`home`).
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO


def fsync(handle: BinaryIO) -> None:
    """Flush `handle` and wait until the disk has it."""
    handle.flush()
    os.fsync(handle.fileno())


def fsync_folder(folder: Path) -> None:
    """Make a rename or a new name in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> Path:
    """Create `folder` and its parents where they are missing, and return it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        fsync_folder(folder.parent)
    return folder


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it takes the name `path`, else it is removed.

    What a killed process left of an earlier attempt is removed first; whoever writes here holds the home's lock.
    """
    make_folder(path.parent)
    for abandoned in path.parent.glob(f".{path.name}.*.tmp*"):
        abandoned.unlink()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as handle:
            fsync(handle)
        temporary.chmod(0o644)
        replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace(source: Path, destination: Path) -> None:
    """Give `source` the name `destination`, atomically and durably."""
    source.replace(destination)
    fsync_folder(destination.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Replace the content of `path`: readers see the old or the new bytes, never a part."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Replace the content of `path` with UTF-8 text, as `write_bytes` does."""
    write_bytes(path, content.encode())


def write(handle: BinaryIO, content: bytes) -> None:
    """Write all of `content` to an open file; whoever calls this waits for the disk with `fsync`."""
    handle.write(content)


def append(path: Path, content: bytes) -> None:
    """Append bytes to `path` and wait for the disk; after a crash any part of them may be there."""
    fresh = not path.exists()
    with path.open("ab") as handle:
        write(handle, content)
        fsync(handle)
    if fresh:
        fsync_folder(path.parent)


def cut(path: Path, length: int) -> None:
    """Cut `path` to `length` bytes and wait for the disk."""
    with path.open("rb+") as handle:
        handle.truncate(length)
        fsync(handle)


def append_json(path: Path, rows: list[dict[str, Any]]) -> None:
    """Append one JSON line per row to `path` and wait for the disk; all of them or, after a crash, a torn tail.

    A torn tail (no final newline) left by an earlier crash is cut before the new lines are written.
    """
    if not rows:
        return
    make_folder(path.parent)
    fresh = not path.exists()
    with path.open("ab+") as handle:
        cut_torn_tail(handle)
        handle.write("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode())
        fsync(handle)
    if fresh:
        fsync_folder(path.parent)


def cut_torn_tail(handle: BinaryIO) -> int:
    """Cut what stands behind the last newline of an open file; return how many bytes that was."""
    end = handle.seek(0, os.SEEK_END)
    position = end
    while position > 0:
        step = min(65536, position)
        handle.seek(position - step)
        newline = handle.read(step).rfind(b"\n")
        if newline >= 0:
            position = position - step + newline + 1
            break
        position -= step
    if position < end:
        handle.truncate(position)
        handle.seek(0, os.SEEK_END)
    return end - position


def point(link: Path, target: str) -> None:
    """Make the symbolic link `link` point to `target` (relative to it), atomically."""
    temporary = link.with_name(f".{link.name}.tmp")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    replace(temporary, link)

"""The one door to the disk: what is said to be written stays written.

Here belong atomic replacement, durable appending and the fsync of files and folders. Every module that writes
something which must survive a crash calls these functions, so that a test can make the n-th of them fail.
Not here: formats, names, or decisions about where things lie (`home`).
"""

import ctypes
import errno
import fcntl
import json
import os
import shutil
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


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Give an empty temporary folder beside `folder`; when the block ends well it takes that name, else it is removed.

    What a killed process left of an earlier attempt is removed first. Files that the block wrote are on the disk before
    the name is given.

    Raises:
        OSError: `folder` exists and is not empty; a folder cannot be replaced in one step.
    """
    make_folder(folder.parent)
    for abandoned in folder.parent.glob(f".{folder.name}.*.tmp"):
        shutil.rmtree(abandoned)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        for inner in sorted(temporary.rglob("*")):
            if inner.is_dir():
                fsync_folder(inner)
            else:
                with inner.open("rb+") as handle:
                    fsync(handle)
        fsync_folder(temporary)
        replace(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def replace(source: Path, destination: Path) -> None:
    """Give `source` the name `destination`, atomically and durably."""
    source.replace(destination)
    fsync_folder(destination.parent)


def link(source: Path, target: Path) -> None:
    """Give the content of `source` a second name; neither may be changed in place from then on."""
    os.link(source, target)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside `path`; when the block ends well it takes the name `path`, whole, else it is removed.

    The folder that had the name is removed afterwards. What a killed process left of an earlier attempt is removed
    first; a folder that a living process still fills is left to it.
    """
    make_folder(path.parent)
    for abandoned in path.parent.glob(f".{path.name}.*.tmp"):
        with _claimed(abandoned) as ours:
            if ours:
                shutil.rmtree(abandoned)
    draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
    with _claimed(draft):
        try:
            yield draft
            # One call for thousands of files: to wait for each of them alone takes minutes on a slow disk.
            os.sync()
            draft.chmod(0o755)
            if path.exists():
                exchange(draft, path)
            else:
                replace(draft, path)
            fsync_folder(path.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[bool]:
    """Hold the kernel's lock on a folder, which goes with the process; False where another process holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_EXCHANGE = 2
_HERE = -100
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> None:
    """Let two folders swap their names in one step.

    A file system that cannot do so (not one of Linux's own) takes three, with a moment in which `other` is missing.
    """
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return
    number = ctypes.get_errno() if rename else errno.ENOSYS
    if number not in _UNSUPPORTED:
        raise OSError(number, os.strerror(number), str(other))
    aside = one.with_name(f"{one.name}.old.tmp")
    other.replace(aside)
    one.replace(other)
    aside.replace(one)


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

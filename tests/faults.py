"""The fault loop: let the n-th file operation of a step kill the process, or fail, for n = 1, 2, 3 …

Every attempt is a forked process on a copy of its own, so a kill is a real SIGKILL: no `finally` runs, nothing is
flushed. Operations are seen by Python's audit hook and by stand-ins for fsync and for files opened to be written,
whatever code asks for them. A write that is struck delivers half of its bytes first.
"""

import builtins
import errno
import io
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KILL = "kill"
_WATCHED = {"os.rename", "os.remove", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "shutil.rmtree"}
DONE, REFUSED, BROKEN = 0, 3, 4


@dataclass(frozen=True)
class Attempt:
    """One try: the operation that was struck, how the process ended, and the folder that it worked on."""

    number: int
    ended: str
    folder: Path


def loop(template: Path, scratch: Path, step: Callable[[Path], None], fault: str, every: int = 1) -> Iterator[Attempt]:
    """Strike the n-th operation of `step` on a copy of `template`, for each n, until one run meets no fault.

    Args:
        template: the folder to begin with; it is never changed.
        scratch: where the copies are made; each is removed before the next.
        step: what is to be struck; it gets its copy.
        fault: KILL, or the name of an errno such as "ENOSPC".
        every: strike every n-th operation only.
    """
    number = 1
    while True:
        folder = scratch / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder, symlinks=True)
        status = in_child(lambda: _struck(step, folder, fault, number))  # noqa: B023 - called at once
        ended = {DONE: "done", REFUSED: "refused", -signal.SIGKILL: "killed"}.get(status, f"exit {status}")
        yield Attempt(number, ended, folder)
        if ended == "done":
            return
        number += every


def in_child(action: Callable[[], None]) -> int:
    """Run `action` in a forked process; its exit code, or the negative number of the signal that ended it."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        code = BROKEN
        try:
            action()
            code = DONE
        except OSError as error:
            code = REFUSED if error.errno in {errno.ENOSPC, errno.EIO} else BROKEN
            if code == BROKEN:
                traceback.print_exc()
        except BaseException:  # noqa: BLE001 - a forked child must never return into the tests
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _struck(step: Callable[[Path], None], folder: Path, fault: str, number: int) -> None:
    striking = _Striking(fault, number)
    inside = str(folder)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        watched = event in _WATCHED or (event == "open" and _writes(arguments[2]))
        if watched and inside in str(arguments[0]):
            striking.strike()

    real_fsync, real_open = os.fsync, io.open

    def fsync(descriptor: int) -> None:
        striking.strike()
        real_fsync(descriptor)

    def opened(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if inside not in str(file) or "b" not in mode or not set(mode) & set("wax+"):
            return real_open(file, mode, *arguments, **options)
        raw = _File(file, mode.replace("b", ""), striking)
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    os.fsync = fsync
    io.open = builtins.open = opened  # type: ignore[assignment]
    sys.addaudithook(hook)
    step(folder)


class _Striking:
    """Counts the operations, and strikes one."""

    def __init__(self, fault: str, number: int) -> None:
        self.fault = fault
        self.left = number

    def is_due(self) -> bool:
        self.left -= 1
        return self.left == 0

    def fail(self) -> None:
        if self.fault == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        code = getattr(errno, self.fault)
        raise OSError(code, os.strerror(code))

    def strike(self) -> None:
        if self.is_due():
            self.fail()


class _File(io.FileIO):
    """A file whose write, when it is struck, delivers half of its bytes; then the disk takes no more of them."""

    def __init__(self, path: str | Path, mode: str, striking: _Striking) -> None:
        self._striking = striking
        self._is_torn = False
        super().__init__(path, mode)

    def write(self, content: Any) -> int:
        if self._is_torn:
            self._striking.fail()
        if not self._striking.is_due():
            return super().write(content)
        self._is_torn = True
        length = super().write(memoryview(content)[: len(content) // 2])
        if self._striking.fault == KILL:
            self._striking.fail()
        return length

    def truncate(self, size: int | None = None) -> int:
        self._striking.strike()
        return super().truncate(size)

"""Work that several processes share.

Here belongs dividing it; what is made of a task is the same whoever makes it. The first process works along, so that
two processors need one more. Each of the others is a program of its own (`worker`) rather than a fork or a copy of the
first: that one may have threads, and need not be importable. Not here: what the work is.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from multiprocessing import Pipe
from multiprocessing.connection import wait
from types import TracebackType
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Common = TypeVar("Common")

MANY = 300
"""Fewer pages than this are read sooner by one process: another takes most of a second to begin."""
_AHEAD = 16
"""Tasks that wait at each other process, so that none of them waits for the first, and few are held."""
_MOST = 8
"""More processes would wait for the first, which hands out the tasks, and each takes a hundred megabytes."""


def processors() -> int:
    """How many processes can work at a time, and are worth it."""
    return min(len(os.sched_getaffinity(0)), _MOST)


def spread(
    work: Callable[[Common, Task], Result], common: Common, tasks: Iterable[Task], processes: int
) -> Iterator[Result]:
    """What `work` makes of each task, in the order of the tasks.

    What a process that ended (killed, or out of memory) had not done is done by the first.

    Args:
        work: a function of a module that the others can import; gets `common` and the task.
        common: what every task needs; it is sent to each process once.
        tasks: taken one by one as processes become free.
        processes: how many, this one included.

    Raises:
        Exception: what `work` raises in the first process; in another it ends that one.
    """
    coming = iter(tasks)
    slots: deque[_Slot[Task, Result]] = deque()
    with ExitStack() as stack:
        others = [stack.enter_context(_Other[Task, Result](work, common)) for _ in range(processes - 1)]
        while True:
            for other in others:
                other.take_back()
                while other.has_room() and (slot := _next(coming, slots)):
                    other.give(slot)
            while slots and slots[0].is_done:
                yield slots.popleft().result
            own = _next(coming, slots) or next((slot for slot in slots if slot.is_left), None)
            if own:
                own.fill(work(common, own.task))
            elif slots:
                wait([other.pipe for other in others if other.is_alive])
            else:
                return


class _Slot(Generic[Task, Result]):
    """A task, or what was made of it: the task is let go then."""

    __slots__ = ("is_done", "is_left", "result", "task")
    result: Result

    def __init__(self, task: Task) -> None:
        self.task = task
        self.is_done = self.is_left = False

    def fill(self, result: Result) -> None:
        self.result = result
        self.is_done, self.is_left = True, False
        del self.task


def _next(coming: Iterator[Task], slots: "deque[_Slot[Task, Result]]") -> "_Slot[Task, Result] | None":
    for task in coming:
        slots.append(_Slot(task))
        return slots[-1]
    return None


class _Other(Generic[Task, Result]):
    """Another process, and what waits there."""

    def __init__(self, work: Callable[[Common, Task], Result], common: Common) -> None:
        self.pipe, theirs = Pipe()
        with theirs:
            # It can import what this one can, and nothing that happens to lie where we stand.
            command = [sys.executable, "-P", "-m", "archive.discussion.worker", str(theirs.fileno())]
            self._process = subprocess.Popen(  # noqa: S603 - ours
                command,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self._waiting: deque[_Slot[Task, Result]] = deque()
        self.is_alive = True
        self._send((work, common))

    def __enter__(self) -> "_Other[Task, Result]":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        # It ends when its pipe does, also where this process is killed.
        self.pipe.close()
        self._process.wait()

    def has_room(self) -> bool:
        return self.is_alive and len(self._waiting) < _AHEAD

    def give(self, slot: _Slot[Task, Result]) -> None:
        self._waiting.append(slot)
        self._send(slot.task)

    def take_back(self) -> None:
        """Take what is done by now."""
        while self.is_alive and self._waiting and self.pipe.poll():
            try:
                result = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - what our own process made
            except (EOFError, OSError):
                self._lose()
            else:
                self._waiting.popleft().fill(result)

    def _send(self, value: object) -> None:
        try:
            self.pipe.send_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._lose()

    def _lose(self) -> None:
        self.is_alive = False
        for slot in self._waiting:
            slot.is_left = True

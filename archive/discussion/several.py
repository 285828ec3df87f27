"""Reading pages by several processes.

Here belongs dividing the work; a page is the same whoever reads it. Not here: how one is read (`pages`) and where it is
kept.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Common = TypeVar("Common")

MANY = 300
"""Fewer pages than this are read sooner by one process: others take some seconds to begin."""
_AHEAD = 8
"""Pages that wait for each process, so that none of them waits and few are held."""
_common: object = None


def processors() -> int:
    """How many processes can work at a time."""
    return len(os.sched_getaffinity(0))


def spread(
    work: Callable[[Common, Task], Result], common: Common, tasks: Iterable[Task], processes: int
) -> Iterator[Result]:
    """What `work` makes of each task, in the order of the tasks.

    Args:
        work: a function of a module; gets `common` and the task.
        common: what every task needs; it is sent to each process once.
        tasks: taken one by one as processes become free.
        processes: how many.
    """
    # Spawned, not forked: whoever reads may have threads.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(common,)) as pool:
        for task in tasks:
            waiting.append(pool.submit(_run, work, task))
            if len(waiting) >= processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begin(common: object) -> None:
    global _common  # noqa: PLW0603 - a process of the pool has nothing else to keep it in
    _common = common


def _run(work: Callable[[Common, Task], Result], task: Task) -> Result:
    return work(_common, task)  # type: ignore[arg-type]  # what `_begin` was given

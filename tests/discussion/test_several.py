"""Work that several processes share: what comes of it does not depend on who did it."""

import os
import signal
import subprocess
import time
import weakref

import pytest

from archive.discussion import several


def doubled(common: int, task: int) -> int:
    return common + 2 * task


def large(common: str, task: bytes) -> bytes:
    return common.encode() + task


def who(common: int, task: float) -> int:
    time.sleep(task)
    return os.getpid()


def deadly(common: tuple[int, int], task: int) -> int:
    """What ends every process but the first."""
    first, last = common
    if task == last and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def failing(first: int, task: int) -> int:
    if task == 3:
        raise ZeroDivisionError("no such thing")
    return task


@pytest.fixture
def others(monkeypatch):
    """The other processes that were begun."""
    begun = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return begun


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(processes):
    assert list(several.spread(doubled, 1, range(100), processes)) == [1 + 2 * task for task in range(100)]
    assert list(several.spread(doubled, 1, (), processes)) == []


def test_tasks_and_results_may_be_larger_than_a_pipe_holds():
    tasks = [bytes([number]) * 400_000 for number in range(40)]
    assert list(several.spread(large, "x", tasks, 2)) == [b"x" + task for task in tasks]


def test_the_first_process_works_along():
    found = set(several.spread(who, 0, [0.02] * 150, 2))
    assert os.getpid() in found
    assert len(found) == 2


@pytest.mark.parametrize("last", [0, 40, 99])
def test_what_a_killed_process_left_is_done_by_the_first(last):
    assert list(several.spread(deadly, (os.getpid(), last), range(100), 2)) == list(range(100))


def test_what_the_work_raises_is_raised_and_no_process_is_left(others):
    with pytest.raises(ZeroDivisionError):
        list(several.spread(failing, 0, range(100), 3))
    assert [other.returncode is not None for other in others] == [True, True]


def test_whoever_stops_asking_leaves_no_process(others):
    results = several.spread(doubled, 1, range(1_000), 3)
    assert next(results) == 1
    assert [other.returncode for other in others] == [None, None]
    results.close()
    assert [other.returncode for other in others] == [0, 0]


class Token:
    """What can be looked for after it was let go."""


def nothing(common: None, task: Token) -> None:
    pass


def test_few_tasks_are_held():
    held, most = weakref.WeakSet(), 0

    def tasks():
        nonlocal most
        for _ in range(1_000):
            token = Token()
            held.add(token)
            most = max(most, len(held))
            yield token

    assert len(list(several.spread(nothing, None, tasks(), 2))) == 1_000
    assert most < 40


def test_files_that_lie_where_one_stands_are_not_taken_for_the_program(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("archive.py", "pickle.py"):
        (tmp_path / name).write_text("raise SystemExit(1)")
    found = set(several.spread(who, 0, [0.02] * 150, 2))
    assert len(found) == 2


def test_a_machine_of_many_processors_is_not_filled_with_processes(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    assert several.processors() == 8

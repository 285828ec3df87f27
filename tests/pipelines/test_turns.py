"""Publishers that take turns: no host is asked too soon or twice at once, and nobody waits for another's host."""

import signal
import time
from _thread import interrupt_main
from itertools import pairwise
from threading import Barrier, Event, main_thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.captures.harvest import Budget
from archive.fetch.politeness import Hosts, Politeness
from pipelines import turns

DELAY = 0.01
LONG = 20
"""Seconds after which a test has failed."""


class Asking:
    """A round that asks nobody: of each address it tells when it was asked and when that ended."""

    def __init__(self, urls, run, ask=lambda _: None, wait=time.sleep):
        self._urls, self._run, self._ask = list(urls), run, ask
        self._politeness = Politeness(DELAY, hosts=run.hosts, jitter=0, sleep=wait)
        self.is_closed = False

    @property
    def left(self):
        return len(self._urls)

    def visit(self):
        try:
            while self._urls:
                yield self
                self._step(self._urls.pop(0))
        finally:
            self.is_closed = True

    def _step(self, url):
        self._run.budget.left -= 1
        with self._run.baton.laid_down(), self._politeness.turn(url):
            begun = time.monotonic()
            self._ask(url)
            ended = time.monotonic()
        assert not self._run.is_working
        self._run.is_working = True
        time.sleep(0)
        self._run.told.append((begun, ended, url))
        self._run.is_working = False


class Run:
    def __init__(self, budget=10_000):
        self.budget, self.hosts, self.baton = Budget(budget), Hosts(), turns.Baton()
        self.told, self.is_working = [], False

    def take(self, *rounds):
        turns.take([turns.Planned(one.left, one.visit()) for one in rounds], self.budget, self.baton)
        return [url for _, _, url in self.told]


def pages(host, number):
    return [f"http://{host}/{page}" for page in range(number)]


def awaited(event):
    assert event.wait(LONG), "nobody else was asked"


def test_a_host_that_takes_its_time_holds_nobody_up():
    run, others_are_done = Run(), Event()
    slow = Asking(pages("slow.test", 1), run, ask=lambda _: awaited(others_are_done))
    last = Asking(["http://c.test/last"], run, ask=lambda _: others_are_done.set())
    assert len(run.take(slow, Asking(pages("b.test", 3), run), last)) == 5


def test_a_host_that_is_owed_patience_holds_nobody_up():
    run, others_are_done = Run(), Event()
    patient = Asking(pages("patient.test", 2), run, wait=lambda _: awaited(others_are_done))
    urls = [*pages("b.test", 3), "http://c.test/last"]
    others = Asking(urls, run, ask=lambda url: "last" in url and others_are_done.set())
    assert len(run.take(patient, others)) == 6


def test_with_room_for_all_of_them_they_are_made_together():
    run, meeting = Run(10), Barrier(3)
    rounds = [
        Asking(pages(f"{name}.test", number), run, ask=lambda url: url.endswith("/0") and meeting.wait(LONG))
        for name, number in (("a", 4), ("b", 4), ("c", 2))
    ]
    assert len(run.take(*rounds)) == 10


def test_a_budget_that_is_short_goes_to_whole_visits():
    run, meeting = Run(9), Barrier(2)
    together = [
        Asking(pages(name, 4), run, ask=lambda url: url.endswith("/0") and meeting.wait(LONG))
        for name in ("a.test", "b.test")
    ]
    run.take(*together, Asking(pages("c.test", 2), run))
    # The third had to wait until one of the others was through.
    third = min(begun for begun, _, url in run.told if "c.test" in url)
    assert min(max(end for _, end, url in run.told if name in url) for name in ("a.test", "b.test")) < third


def test_where_there_is_room_for_one_they_come_one_after_the_other():
    run = Run(6)
    rounds = [Asking(pages(f"{name}.test", number), run) for name, number in (("a", 4), ("b", 4), ("c", 2))]
    assert "".join(url[7] for url in run.take(*rounds)) == "aaaabbbbcc"


def interrupted_while_it_waits():
    signal.pthread_kill(main_thread().ident, signal.SIGINT)


@pytest.fixture
def interruptible():
    """As in a terminal: in the background of a shell interruptions are ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


# An interruption that comes just before the wait does not wake it either.
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("interrupt", [interrupted_while_it_waits, interrupt_main])
def test_an_interruption_ends_the_run_and_no_visit_works_on(interrupt):
    was_over = []

    def interrupted(is_over):
        # It comes to the thread that began the visits.
        interrupt()
        was_over.append(is_over.wait(LONG))

    ends_the_run(KeyboardInterrupt(), interrupted)
    assert was_over == [True]


def test_what_ends_one_visit_ends_the_run_and_no_other_works_on():
    error = OSError(28, "No space left on device")
    assert ends_the_run(error, lambda _: None) is error


def ends_the_run(error, before):
    run, is_over = Run(), Event()

    def fail(_):
        before(is_over)
        raise error

    waiting = Asking(pages("b.test", 3), run, ask=lambda _: is_over.wait(LONG))
    failing = Asking(pages("a.test", 1), run, ask=fail)
    with pytest.raises(type(error)) as caught:
        run.take(waiting, failing)
    is_over.set()
    until = time.monotonic() + LONG
    while not (waiting.is_closed and failing.is_closed) and time.monotonic() < until:
        time.sleep(0.01)
    assert (waiting.is_closed, failing.is_closed) == (True, True)
    assert run.told == []
    return caught.value


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=6), st.integers(0, 40))
def test_every_address_is_visited_once_in_its_order_and_no_host_is_asked_too_soon(publishers, budget):
    run = Run(budget)
    given_ = [
        [f"http://{host}.test/{number}-{page}" for page, host in enumerate(hosts)]
        for number, hosts in enumerate(publishers)
    ]
    told = run.take(*(Asking(urls, run) for urls in given_))
    for urls in given_:
        assert [url for url in told if url in urls] == urls
    assert len(told) == sum(map(len, given_))
    for host in "abcd":
        times = sorted((begun, ended) for begun, ended, url in run.told if url.startswith(f"http://{host}."))
        assert all(later - ended >= DELAY for (_, ended), (later, _) in pairwise(times))


def test_more_visits_than_may_go_on_at_once_are_all_made():
    run = Run()
    assert len(run.take(*(Asking(pages(f"h{number}.test", 2), run) for number in range(80)))) == 160

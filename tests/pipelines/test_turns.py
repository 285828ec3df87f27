"""Publishers that take turns: nobody's host is asked too soon, and nobody waits for the patience owed to another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.captures.harvest import Budget
from archive.fetch.politeness import Hosts, Politeness
from pipelines import turns

DELAY = 2.0
ANSWER = 0.25
"""Seconds that an answer takes."""


class Clock:
    now = 0.0

    def sleep(self, seconds):
        self.now += seconds


class Asking:
    """A round that asks nobody, but takes its time."""

    def __init__(self, urls, clock, hosts, told, budget):
        self._urls, self._clock, self._told, self._budget = list(urls), clock, told, budget
        self._politeness = Politeness(DELAY, hosts=hosts, jitter=0, clock=lambda: clock.now, sleep=clock.sleep)

    @property
    def left(self):
        return len(self._urls)

    def pause(self):
        return self._politeness.pause(self._urls[0]) if self._urls else 0.0

    def step(self):
        url = self._urls.pop(0)
        self._budget.left -= 1
        self._politeness.wait(url)
        self._told.append((self._clock.now, url))
        self._clock.now += ANSWER
        self._politeness.asked(url)

    def visit(self):
        while self._urls:
            yield self
            self.step()


def taken(publishers, budget=10_000):
    """(when, address) of each request for publishers with these addresses, and what the budget has left."""
    clock, hosts, told, left = Clock(), Hosts(), [], Budget(budget)
    rounds = [Asking(urls, clock, hosts, told, left) for urls in publishers]
    turns.take([turns.Planned(one.left, one.visit()) for one in rounds], left)
    return told, left.left


def pages(host, number):
    return [f"http://{host}/{page}" for page in range(number)]


def test_while_one_host_rests_another_is_asked():
    told, _ = taken([pages("a.test", 4), pages("b.test", 4)])
    assert [url for _, url in told[:4]] == [
        "http://a.test/0", "http://b.test/0", "http://a.test/1", "http://b.test/1",
    ]  # fmt: skip
    # Alone, four requests take three delays; eight of two hosts take hardly more.
    assert told[-1][0] < 4 * (DELAY + ANSWER)


def test_a_budget_that_is_short_goes_to_whole_visits():
    publishers = [pages("a.test", 4), pages("b.test", 4), pages("c.test", 2)]
    in_order = {budget: "".join(url[7] for _, url in taken(publishers, budget)[0]) for budget in (10, 9, 6)}
    assert in_order == {10: "abcabcabab", 9: "ababababcc", 6: "aaaabbbbcc"}


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=6), st.integers(0, 40))
def test_every_address_is_visited_once_in_its_order_and_no_host_is_asked_too_soon(publishers, budget):
    given_ = [
        [f"http://{host}.test/{number}-{page}" for page, host in enumerate(hosts)]
        for number, hosts in enumerate(publishers)
    ]
    told, _ = taken(given_, budget)
    for urls in given_:
        assert [url for _, url in told if url in urls] == urls
    assert len(told) == sum(map(len, given_))
    for host in "abcd":
        times = [when for when, url in told if url.startswith(f"http://{host}.")]
        assert all(later - earlier >= DELAY + ANSWER - 1e-9 for earlier, later in pairwise(times))

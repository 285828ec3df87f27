"""Waiting, with a clock that nobody has to wait for."""

import datetime as dt

import pytest

from archive.codes import Outcome
from archive.fetch.exchange import Exchange
from archive.fetch.politeness import Politeness, retry_after

A, B = "https://a.test/x", "https://b.test/x"


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def politeness(self, chance: float = 0.0) -> Politeness:
        return Politeness(2.0, most_delay=30, clock=self.clock, sleep=self.sleep, chance=lambda: chance)


@pytest.fixture
def time() -> Time:
    return Time()


def test_a_host_is_asked_again_only_after_the_delay_and_other_hosts_at_once(time: Time) -> None:
    politeness = time.politeness()
    politeness.wait(A)
    politeness.asked(A)
    politeness.wait(B)
    assert time.slept == []
    time.now += 0.5
    politeness.wait("http://A.test:8080/other")
    assert time.slept == [1.5]


def test_time_that_has_passed_anyway_is_not_waited_again(time: Time) -> None:
    politeness = time.politeness()
    politeness.asked(A)
    time.now += 60
    politeness.wait(A)
    assert time.slept == []


@pytest.mark.parametrize(("crawl_delay", "waited"), [(None, 2.0), (0.5, 2.0), (7.0, 7.0), (86_400.0, 30.0)])
def test_a_longer_crawl_delay_is_obeyed_up_to_a_cap(time: Time, crawl_delay: float | None, waited: float) -> None:
    politeness = time.politeness()
    politeness.asked(A)
    politeness.wait(A, crawl_delay)
    assert time.slept == [waited]


def test_chance_lengthens_a_delay_by_a_quarter_at_most(time: Time) -> None:
    politeness = time.politeness(chance=1.0)
    politeness.asked(A)
    politeness.wait(A)
    assert time.slept == [2.5]


def test_a_deferred_host_is_left_alone_for_that_long(time: Time) -> None:
    politeness = time.politeness()
    politeness.asked(A)
    politeness.defer(A, 60)
    politeness.defer(A, 5)
    politeness.wait(B)
    politeness.wait(A)
    assert time.slept == [60]


@pytest.mark.parametrize(
    ("printed", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("9" * 40, 999_999_999.0),
        ("Mon, 08 Oct 2018 09:01:30 GMT", 90.0),
        ("Mon, 08 Oct 2018 10:01:30 +0100", 90.0),
        ("Mon, 08 Oct 2018 08:00:00 GMT", 0.0),
        ("Mon, 08 Oct 2018 09:01:30", 90.0),
        ("soon", None),
        ("-5", None),
        ("\u00b2", None),
        ("Mon, 99 Oct 99999999999999999999 09:01:30 GMT", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(printed: str, seconds: float | None) -> None:
    head = b"HTTP/1.1 503 Busy\r\nretry-AFTER: " + printed.encode("latin-1") + b"\r\n\r\n"
    exchange = Exchange(A, dt.datetime(2018, 10, 8, 9, tzinfo=dt.UTC), Outcome.THROTTLED, response=head)
    assert retry_after(exchange) == seconds


def test_without_an_answer_there_is_no_retry_after() -> None:
    assert retry_after(Exchange(A, dt.datetime(2018, 10, 8, tzinfo=dt.UTC), Outcome.TIMED_OUT)) is None

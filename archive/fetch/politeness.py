"""How long we wait before we ask a host again.

Here belong the delay between requests to one host, that it is asked by one at a time, and what `Retry-After` asks for.
Clock, sleep and chance are handed in, so tests need no waiting. Not here: who is asked (`captures.harvest`).
"""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Lock, Semaphore
from urllib.parse import urlsplit

from archive.fetch.exchange import Exchange
from archive.fetch.message import parse_head

_MOST_ANSWERS = 4
"""So many hosts are asked at the same time."""


@dataclass(slots=True)
class Hosts:
    """When each host was asked last, and until when it is left alone, by the clock of those who share this.

    Attributes:
        last: host → the end of the last exchange.
        not_before: host → the earliest next request, where it asked for patience.
        alone: host → held by whoever waits for it or its answer.
        asking: held by each who waits for an answer, since answers may be large.
    """

    last: dict[str, float] = field(default_factory=dict)
    not_before: dict[str, float] = field(default_factory=dict)
    alone: dict[str, Lock] = field(default_factory=dict)
    asking: Semaphore = field(default_factory=lambda: Semaphore(_MOST_ANSWERS))


class Politeness:
    """Keeps requests to one host apart. Other hosts are not waited for.

    Args:
        least_delay: seconds from the end of one exchange to the next request.
        hosts: shared by all that ask in turns, since two publishers may lead to one host; its own if not given.
        most_delay: the longest Crawl-delay that is obeyed; a file that asks for more gets this.
        jitter: by which share of itself a delay is lengthened at most, so that visits do not beat time.
        clock: seconds that never run backwards.
        sleep: waits for seconds.
        chance: a number in [0, 1).
    """

    def __init__(
        self,
        least_delay: float,
        *,
        hosts: Hosts | None = None,
        most_delay: float = 30.0,
        jitter: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._least = least_delay
        self._most = max(most_delay, least_delay)
        self._jitter = jitter
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._hosts = hosts or Hosts()

    def pause(self, url: str, crawl_delay: float | None = None) -> float:
        """Seconds until the host of `url` may be asked, and not less than 0.

        Args:
            url: what will be asked for.
            crawl_delay: seconds that its robots.txt asks for.
        """
        host = _host(url)
        delay = max(self._least, min(crawl_delay or 0.0, self._most)) * (1 + self._jitter * self._chance())
        ready = self._hosts.not_before.get(host, 0.0)
        if host in self._hosts.last:
            ready = max(ready, self._hosts.last[host] + delay)
        return max(ready - self._clock(), 0.0)

    def wait(self, url: str, crawl_delay: float | None = None) -> None:
        """Wait until the host of `url` may be asked; see `pause`."""
        pause = self.pause(url, crawl_delay)
        if pause > 0:
            self._sleep(pause)

    def asked(self, url: str) -> None:
        """Note that an exchange with the host of `url` has just ended."""
        self._hosts.last[_host(url)] = self._clock()

    @contextmanager
    def turn(self, url: str, crawl_delay: float | None = None) -> Iterator[None]:
        """Wait until the host of `url` may be asked; within this it is, and nobody else asks it."""
        with self._hosts.alone.setdefault(_host(url), Lock()):
            self.wait(url, crawl_delay)
            with self._hosts.asking:
                yield
            self.asked(url)

    def defer(self, url: str, seconds: float) -> None:
        """Do not ask the host of `url` for that long."""
        host = _host(url)
        until = self._clock() + seconds
        self._hosts.not_before[host] = max(self._hosts.not_before.get(host, 0.0), until)


def retry_after(exchange: Exchange) -> float | None:
    """Seconds that the answer asks us to stay away, from its end at the earliest; None where it does not say."""
    printed = parse_head(exchange.response).get("Retry-After") if exchange.response else None
    if printed is None:
        return None
    if printed.isascii() and printed.isdigit():
        return float(printed[:9])
    try:
        when = parsedate_to_datetime(printed)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max((when - exchange.started_at).total_seconds(), 0.0)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()

"""Several publishers in one run: while one of them waits, for its host's patience or for an answer, others go on.

Here belongs who may work when. Each visit has a thread, and one baton goes among them: whoever holds it works alone on
captures, journal and register, as if there were no other, and lays it down only to wait. Not here: a visit (`ingest`),
and what is owed to a host, which is asked by one visit at a time (`archive.fetch.politeness`).
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from archive.captures.harvest import Budget, Round

_MOST = 32
"""Visits that go on at once: nearly all of them wait, and each takes a thread."""
_NOTICED = 0.5
"""Seconds after which an interruption is noticed at the latest."""


class Baton:
    """Held by whoever works, laid down by whoever waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_over = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Work, when nobody else does."""
        with self._lock:
            self._go_on()
            yield

    @contextmanager
    def laid_down(self) -> Iterator[None]:
        """Wait, and let others work; called by whoever holds it."""
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()
            self._go_on()

    def end(self) -> None:
        """Let nobody take it up again; whoever holds it comes to where it is laid down."""
        with self._lock:
            self._is_over = True

    def _go_on(self) -> None:
        if self._is_over:
            raise _Over


class _Over(BaseException):
    """Nobody may work any more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A publisher whose turn comes.

    Attributes:
        addresses: how many are known to be due.
        visit: begins the visit when it is first advanced, and then visits one address at each step; it gives the round
            whose next address waits. What it waits for, it waits for with the baton laid down.
    """

    addresses: int
    visit: Iterator[Round]


def take(planned: Iterable[Planned], budget: Budget, baton: Baton) -> None:
    """Make every visit, in the order given as far as their waiting allows.

    One is begun beside others only where the budget is enough for the addresses of all, so that a short one is spent on
    whole visits.

    Raises:
        BaseException: what the first visit that failed raised, or an interruption; no other works on then.
    """
    turns, done = _Turns(deque(planned), budget, baton), 0
    try:
        with baton.held():
            turns.begin()
        while done < turns.begun:
            failure = turns.next_end()
            if failure is not None:
                raise failure
            done += 1
            with baton.held():
                turns.begin()
    finally:
        baton.end()


@dataclass
class _Turns:
    """Who waits to begin, who has begun, and how it ended; changed by whoever holds the baton."""

    waiting: deque[Planned]
    budget: Budget
    baton: Baton
    going: dict[int, Round | None] = field(default_factory=dict)
    begun: int = 0
    ended: "SimpleQueue[BaseException | None]" = field(default_factory=SimpleQueue)

    def begin(self) -> None:
        """Begin as many visits as there is room for."""
        while self.waiting and self._has_room(self.waiting[0]):
            one = self.waiting.popleft()
            self.begun += 1
            self.going[id(one)] = None
            # Whoever only waits does not keep the program from ending.
            Thread(target=self._make, args=(one,), daemon=True).start()

    def next_end(self) -> BaseException | None:
        """Wait until a visit ends; gives what it failed of."""
        while True:
            # An interruption that comes just before the wait does not end it, and is noticed between two.
            with suppress(Empty):
                return self.ended.get(timeout=_NOTICED)

    def _has_room(self, one: Planned) -> bool:
        if not self.going:
            return True
        left = [round_.left for round_ in self.going.values() if round_ is not None]
        # Of one that is just beginning nobody knows yet how many addresses it has.
        return len(left) == len(self.going) < _MOST and self.budget.left >= sum(left) + one.addresses

    def _make(self, one: Planned) -> None:
        failure = None
        try:
            with self.baton.held():
                try:
                    for round_ in one.visit:
                        self.going[id(one)] = round_
                        self.begin()
                finally:
                    del self.going[id(one)]
        except BaseException as error:  # noqa: BLE001 - it is raised where all of them were begun
            failure = error
        self.ended.put(failure)

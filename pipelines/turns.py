"""Several publishers in one run: while the host of one rests, that of another is asked.

Here belongs whose turn it is. One request is sent at a time, so that no host is asked twice at once and what is kept is
kept in order; what a run waits for is the patience that each host is owed, not the sum of it. Not here: a visit
(`ingest`), and what is owed (`archive.fetch.politeness`).
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.captures.harvest import Budget, Round


@dataclass(frozen=True, slots=True)
class Planned:
    """A publisher whose turn comes.

    Attributes:
        addresses: how many are known to be due.
        visit: begins the visit when it is first advanced, and then visits one address at each step; it gives the round
            whose next address waits.
    """

    addresses: int
    visit: Iterator[Round]


def take(planned: Iterable[Planned], budget: Budget) -> None:
    """Make every visit, the longest due first: a later one gets the turns in which all before it have to wait.

    One is begun beside others only where the budget is enough for the addresses of all, so that a short one is spent on
    whole visits.
    """
    waiting = deque(planned)
    going: dict[Iterator[Round], Round] = {}
    while waiting or going:
        while waiting and _has_room(budget, going.values(), waiting[0]):
            _advance(waiting.popleft().visit, going)
        if going:
            _advance(min(going, key=lambda visit: going[visit].pause()), going)


def _has_room(budget: Budget, going: Iterable[Round], one: Planned) -> bool:
    left = [round_.left for round_ in going]
    return not left or budget.left >= sum(left) + one.addresses


def _advance(visit: Iterator[Round], going: dict[Iterator[Round], Round]) -> None:
    round_ = next(visit, None)
    if round_ is None:
        going.pop(visit, None)
    else:
        going[visit] = round_

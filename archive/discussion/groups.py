"""Which of many things are one: they are told in pairs, and the answer is a group.

Here belongs the bookkeeping (union and find) that addresses and sections share. Not here: why two things are one.
"""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Groups(Generic[Thing]):
    """Groups of things; whatever was never named is alone. The first of a group that was named stands for it."""

    def __init__(self) -> None:
        self._above: dict[Thing, Thing] = {}
        self._order: dict[Thing, int] = {}

    def of(self, thing: Thing) -> Thing:
        """What stands for the group of `thing`."""
        self._order.setdefault(thing, len(self._order))
        top = thing
        while (above := self._above.get(top, top)) != top:
            top = above
        while thing != top:
            self._above[thing], thing = top, self._above.get(thing, top)
        return top

    def join(self, one: Thing, other: Thing) -> None:
        """Both are one."""
        first, second = sorted((self.of(one), self.of(other)), key=self._order.__getitem__)
        if first != second:
            self._above[second] = first

    def members(self, things: Iterable[Thing]) -> dict[Thing, list[Thing]]:
        """`things` by what stands for their group, in the order given."""
        found: dict[Thing, list[Thing]] = {}
        for thing in things:
            found.setdefault(self.of(thing), []).append(thing)
        return found

"""Which addresses are those of one page: what it calls itself, where it moved from, its print view.

Here belongs joining addresses on the word of the page, of a redirect, or of the address itself. Not here: pages that
say the same at addresses that nothing joins (`identity`).
"""

from collections.abc import Iterable

from archive.discussion.groups import Groups
from archive.discussion.sighting import Sighting
from archive.normalise import urls
from archive.sources.register import Register, RegisteredRoundTable
from archive.sources.schema import TargetKeys

_MOST_MOVED = 3
"""Addresses that may lead to one page by redirects; where more do, it stands in for pages that are no longer there."""


class Addresses:
    """The pages of an archive by their addresses."""

    def __init__(self, sightings: Iterable[Sighting], register: Register) -> None:
        self._register = register
        self._groups: Groups[str] = Groups()
        self._keys: dict[str, list[str]] = {}
        moved: dict[str, set[str]] = {}
        seen: dict[str, None] = {}
        for one in sightings:
            own = register.key(one.canonical_url)
            asked = register.key(one.url)
            seen |= dict.fromkeys((own, asked))
            # A page that calls itself the front page, or is sent there, is lost and not moved.
            if not urls.is_home(one.canonical_url):
                self._groups.join(own, asked)
                came_from = one.capture.redirected_from
                if came_from and urls.is_web(came_from):
                    key = register.key(came_from)
                    seen[key] = None
                    moved.setdefault(own, set()).add(key)
            if full := urls.without_print(one.url):
                self._groups.join(register.key(full), asked)
                seen[register.key(full)] = None
        for own, before in moved.items():
            if len(before - {own}) <= _MOST_MOVED:
                for key in sorted(before):
                    if not self._differ(own, key):
                        self._groups.join(own, key)
        self._keys = {self._groups.of(keys[0]): keys for keys in self._groups.members(seen).values()}

    def _differ(self, one: str, other: str) -> bool:
        """True where the register expects different things at two addresses."""
        first, second = (self._register.target_of_key(key) for key in (one, other))
        return bool(first and second and (first[0].id, first[1].prompt) != (second[0].id, second[1].prompt))

    def page(self, url: str) -> str:
        """What stands for the page at an address."""
        return self._groups.of(self._register.key(url))

    def of(self, sighting: Sighting) -> str:
        """What stands for the page that was seen."""
        home = urls.is_home(sighting.canonical_url)
        return self.page(sighting.url if home else sighting.canonical_url)

    def keys(self, page: str) -> list[str]:
        """Every address of a page, as a key."""
        return self._keys.get(page, [page])

    def target(self, sighting: Sighting) -> tuple[RegisteredRoundTable, TargetKeys] | None:
        """The round table that names one of the addresses of a page, and what it expects there."""
        return next(
            (found for key in self.keys(self.of(sighting)) if (found := self._register.target_of_key(key))), None
        )

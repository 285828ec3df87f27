"""What robots.txt asks of us, by RFC 9309.

Here belong finding, reading and remembering a host's robots.txt. Where it cannot be had, the host is left alone.
Not here: fetching itself, which is handed in, and waiting (`politeness`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from protego import Protego

from archive.codes import Outcome
from archive.fetch.exchange import Exchange
from archive.fetch.guard import url_refusal

MOST_BYTES = 500 * 1024
"""What is read of a robots.txt; the RFC asks for at least this much."""
_MOST_REDIRECTS = 5
_MOST_SITEMAPS = 100
_THERE_IS_NONE = {Outcome.NOT_FOUND, Outcome.CLIENT_ERROR, Outcome.REDIRECTED, Outcome.REDIRECT_LOOP}

Get = Callable[[str, str | None], Exchange]
"""Fetches an address (and is told whose redirect led there); for `unchanged` it fills in the entity that is held."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What holds for one origin.

    Attributes:
        refusal: the outcome of every address there, where robots.txt could not be had.
        parsed: the file, where there is one.
        sitemaps: the addresses that it names.
    """

    refusal: Outcome | None = None
    parsed: Protego | None = None
    sitemaps: list[str] = field(default_factory=list)


class Robots:
    """Asks each origin (scheme, host and port) once, when its first address is looked at.

    Args:
        product: our name, as robots.txt files would call us: the User-Agent up to the slash.
        get: fetches one address.
    """

    def __init__(self, product: str, get: Get) -> None:
        self._product = product
        self._get = get
        self._known: dict[str, _Rules] = {}

    def allowed(self, url: str) -> Outcome | None:
        """None where `url` may be fetched, else `robots_disallowed` or `robots_unavailable`."""
        rules = self._rules(url)
        if rules.refusal or rules.parsed is None:
            return rules.refusal
        return None if rules.parsed.can_fetch(url, self._product) else Outcome.ROBOTS_DISALLOWED

    def crawl_delay(self, url: str) -> float | None:
        """Seconds that the origin of `url` asks for between two requests; None where it says nothing."""
        parsed = self._rules(url).parsed
        delay = parsed.crawl_delay(self._product) if parsed else None
        return float(delay) if delay is not None and 0 <= delay < float("inf") else None

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that robots.txt of the origin of `url` names, as absolute addresses."""
        return list(self._rules(url).sitemaps)

    def _rules(self, url: str) -> _Rules:
        origin = origin_of(url)
        if origin not in self._known:
            self._known[origin] = self._ask(f"{origin}/robots.txt")
        return self._known[origin]

    def _ask(self, url: str) -> _Rules:
        exchange = self._get(url, None)
        for _ in range(_MOST_REDIRECTS):
            if exchange.outcome is not Outcome.REDIRECTED or exchange.location is None:
                break
            exchange = self._get(exchange.location, exchange.url)
        if exchange.outcome in {Outcome.FETCHED, Outcome.UNCHANGED} and exchange.entity is not None:
            return self._read(exchange.entity, url)
        # Redirects without end count as "there is none" (RFC 9309, 2.3.1.2), as any 4xx does, except a plea for time.
        if exchange.outcome in _THERE_IS_NONE:
            return _Rules()
        return _Rules(refusal=Outcome.ROBOTS_UNAVAILABLE)

    def _read(self, content: bytes, url: str) -> _Rules:
        if len(content) > MOST_BYTES:
            # A rule cut in two could say the opposite of what it meant.
            content = content[:MOST_BYTES].rpartition(b"\n")[0]
        parsed = Protego.parse(content.decode("utf-8-sig", errors="replace"))
        named = (_joined(url, sitemap) for sitemap in parsed.sitemaps)
        usable = [sitemap for sitemap in dict.fromkeys(named) if sitemap and url_refusal(sitemap) is None]
        return _Rules(parsed=parsed, sitemaps=usable[:_MOST_SITEMAPS])


def origin_of(url: str) -> str:
    """Scheme, host and port of an http or https address: whom robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _joined(base: str, reference: str) -> str | None:
    try:
        return urljoin(base, reference)
    except ValueError:
        return None

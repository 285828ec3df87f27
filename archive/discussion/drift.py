"""Drift: pages of a publisher that no longer look as its pages looked, so that what is read from them may be wrong.

Here belongs comparing what each run's pages gave with what the register expects of their shape, and with what the
same address, or the same shape, gave before. Pure; nothing is decided by an alarm, it only says where a person should
look. Not here: telling people (`pipelines`).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.discussion.pages import Reading
from archive.model import Alarm
from archive.normalise import urls
from archive.reading.page import Page
from archive.sources.register import Register, RegisteredSource

FIELDS = (
    "title", "standfirst", "kicker", "authors", "published", "language", "canonical_url", "rights", "funding_statement",
)  # fmt: skip
_HEAD_FIELDS = frozenset(("title", "standfirst", "kicker", "authors", "published"))
"""Fields that every page of one shape prints in the same place, where it has them."""
_GUESSED = frozenset(("detection", "running_text", "http_header"))
"""Witnesses that rest on the words or the server, and not on the layout."""
_ENOUGH = 3
"""Pages of a shape that must agree before another one is measured by them."""
_UNLIKELY = 0.001
"""How improbable a run's misses must be, by the register's fill rate, to be told."""
_SHRUNK = 0.5
_GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Where and how a page gave what it gave.

    Attributes:
        shape: the page shape that matched.
        places: field → its witnesses, each with the path of its element, without positions.
        believed: the fields that have a value.
        body: the path of most paragraphs of the text.
        labels: the path of most names under which answers stand.
        regions: parts of the page that were told apart from the text.
        answers: how many contributions were read.
        entries: how many entries its line-up has.
        words: of the text.
    """

    shape: str
    places: Mapping[str, frozenset[str]]
    believed: frozenset[str]
    body: str
    labels: str
    regions: frozenset[str]
    answers: int
    entries: int
    words: int


def fingerprint(page: Page) -> Fingerprint:
    """The fingerprint of a page: the same for pages of one layout, whatever they say."""
    places = {
        name: frozenset(
            f"{claim.witness} {_path(claim.locator)}"
            for claim in page.statements
            if claim.field == name and claim.witness not in _GUESSED
        )
        for name in FIELDS
    }
    return Fingerprint(
        shape=page.shape,
        places=places,
        believed=frozenset(claim.field for claim in page.statements if claim.chosen),
        body=_usual(block.locator for block in page.blocks if block.in_text and block.kind == "paragraph"),
        labels=_usual(item.locator for item in page.contributions if item.locator),
        regions=frozenset(block.region for block in page.blocks if not block.in_text and block.text),
        answers=len(page.contributions),
        entries=len(page.line_up),
        words=len(page.body.split()),
    )


def alarms(readings: Iterable[Reading], register: Register) -> list[Alarm]:
    """Where pages depart from what was to be expected.

    Args:
        readings: every page of every capture.
        register: knows the publishers, their shapes, and which addresses are expected to hold something.

    Returns:
        An alarm for each departure; none for pages of publishers whose pages nobody has described.
    """
    found: list[Alarm] = []
    described = [
        (source, reading)
        for reading in readings
        if (source := register.for_url(reading.capture.url)) and source.source.shapes and reading.page.kind != "text"
    ]
    described.sort(key=lambda pair: (pair[0].id, pair[1].capture.ingested_at, pair[1].capture.capture_id))
    for _, pairs in groupby(described, key=lambda pair: pair[0].id):
        history = _History()
        for _, run in groupby(pairs, key=lambda pair: pair[1].capture.run_id):
            pages = [(source, reading, fingerprint(reading.page)) for source, reading in run]
            for source, reading, seen in pages:
                is_target = register.target(reading.page.url) is not None
                found += history.departures(reading, seen, source, is_target=is_target)
            found += _rates([(reading, seen) for _, reading, seen in pages], pages[0][0])
            for _, reading, seen in pages:
                history.add(reading, seen)
    latest = {_key(reading): reading.capture.capture_id for _, reading in described}
    newest = set(latest.values())
    unique = {(one.capture_id, one.field, one.kind): one for one in found}
    return [replace(one, stands=one.capture_id in newest) for one in unique.values()]


class _History:
    """What the pages of one publisher gave so far."""

    def __init__(self) -> None:
        self._last: dict[str, Fingerprint] = {}
        self._places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, reading: Reading, seen: Fingerprint) -> None:
        self._last[_key(reading)] = seen
        for name, places in seen.places.items():
            self._places[seen.shape, name].update(places)

    def departures(
        self, reading: Reading, seen: Fingerprint, source: RegisteredSource, *, is_target: bool
    ) -> Iterator[Alarm]:
        last = self._last.get(_key(reading))
        names = {shape.name for shape in source.source.shapes}
        if seen.shape not in names and (is_target or (last and last.shape in names)):
            yield _alarm(reading, "page", "shape", last.shape if last else f"one of {', '.join(sorted(names))}", "none")
        if last:
            yield from _changes(reading, last, seen)
        else:
            yield from self._strange_places(reading, seen)

    def _strange_places(self, reading: Reading, seen: Fingerprint) -> Iterator[Alarm]:
        """Fields of a new page that stand where they never stood on pages of its shape."""
        if seen.shape == _GENERIC:
            return
        for name in sorted(_HEAD_FIELDS):
            for place in sorted(seen.places[name]):
                witness = place.partition(" ")[0]
                known = Counter(
                    {one: n for one, n in self._places[seen.shape, name].items() if one.startswith(f"{witness} ")}
                )
                if place not in known and max(known.values(), default=0) >= _ENOUGH:
                    yield _alarm(reading, name, "moved", known.most_common(1)[0][0], place)


def _changes(reading: Reading, last: Fingerprint, seen: Fingerprint) -> Iterator[Alarm]:
    """What the page of an address no longer gives as it did."""
    is_redesigned = _GENERIC not in {seen.shape, last.shape} and seen.shape != last.shape
    for name in FIELDS:
        before, after = last.places[name], seen.places[name]
        if name in last.believed - seen.believed:
            yield _alarm(reading, name, "lost", _listed(before), _listed(after) or "nothing")
        elif before - after and not is_redesigned:
            yield _alarm(reading, name, "moved", _listed(before - after), _listed(after - before) or "nothing")
    for name, old, new in (("text", last.body, seen.body), ("contributions", last.labels, seen.labels)):
        if old and new != old and not is_redesigned:
            yield _alarm(reading, name, "moved", old, new or "nothing")
    for region in sorted(last.regions - seen.regions) if not is_redesigned else ():
        yield _alarm(reading, region, "lost", "told apart from the text", "nothing of the kind")
    for name, before_count, after_count in (
        ("contributions", last.answers, seen.answers),
        ("line_up", last.entries, seen.entries),
    ):
        if after_count < before_count:
            yield _alarm(reading, name, "fewer", str(before_count), str(after_count))
    if seen.words < _SHRUNK * last.words:
        yield _alarm(reading, "text", "fewer", f"{last.words} words", f"{seen.words} words")


def _rates(run: Sequence[tuple[Reading, Fingerprint]], source: RegisteredSource) -> Iterator[Alarm]:
    """Fields that fewer pages of the run have than the register's fill rates allow."""
    for shape in source.source.shapes:
        pages = [(reading, seen) for reading, seen in run if seen.shape == shape.name]
        for name, rate in shape.fill.items():
            missing = [reading for reading, seen in pages if name not in seen.believed]
            if missing and _chance(len(pages), len(missing), 1 - rate) < _UNLIKELY:
                found = f"missing on {len(missing)} of {len(pages)} pages of this run"
                yield from (_alarm(reading, name, "rate", f"a fill rate of {rate:g}", found) for reading in missing)


def _chance(pages: int, misses: int, rate: float) -> float:
    """How probable that many misses or more are, where each page misses with this rate."""
    return math.fsum(
        math.comb(pages, number) * rate**number * (1 - rate) ** (pages - number) for number in range(misses, pages + 1)
    )


def _alarm(reading: Reading, name: str, kind: str, expected: str, found: str) -> Alarm:
    return Alarm(
        capture_id=reading.capture.capture_id,
        field=name,
        kind=kind,  # type: ignore[arg-type]  # each caller passes one of the kinds
        url=reading.page.url,
        publisher_id=reading.page.source_id or "",
        shape=reading.page.shape,
        expected=expected,
        found=found,
        stands=True,
        run_id=reading.capture.run_id,
    )


def _key(reading: Reading) -> str:
    return urls.key(reading.page.canonical_url)


def _path(locator: str) -> str:
    """A locator without positions: the same for every page of one layout."""
    return re.sub(r"\[\d+\]", "", locator.partition(" … ")[0])


def _usual(locators: Iterable[str]) -> str:
    """The path that most of them share; empty where there are none."""
    paths = Counter(map(_path, locators))
    return paths.most_common(1)[0][0] if paths else ""


def _listed(places: Iterable[str]) -> str:
    return "; ".join(sorted(places))

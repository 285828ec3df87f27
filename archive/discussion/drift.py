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
from archive.model import Alarm, Capture
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of a known publisher, as far as drift is concerned."""

    capture: Capture
    url: str
    address: str
    source_id: str
    source: RegisteredSource
    shape: str
    fingerprint: Fingerprint


def seen(reading: Reading, register: Register) -> Seen | None:
    """What drift is told by; None for a page of a publisher whom nobody knows."""
    source, page = register.for_url(reading.capture.url), reading.page
    if source is None or page.kind == "text":
        return None
    address = urls.key(page.canonical_url)
    return Seen(reading.capture, page.url, address, page.source_id or "", source, page.shape, fingerprint(page))


def alarms(pages: Iterable[Seen], register: Register) -> list[Alarm]:
    """Where pages depart from what was to be expected.

    Args:
        pages: every page of every capture of known publishers.
        register: knows the publishers, their shapes, and which addresses are expected to hold something.

    Returns:
        An alarm for each departure; where nobody has described a publisher's pages, only for answers and entries that
        are no longer there.
    """
    found: list[Alarm] = []
    described = sorted(pages, key=lambda one: (one.source.id, one.capture.ingested_at, one.capture.capture_id))
    for _, own in groupby(described, key=lambda one: one.source.id):
        history = _History()
        for _, group in groupby(own, key=lambda one: one.capture.run_id):
            run = list(group)
            for one in run:
                found += history.departures(one, is_target=register.target(one.url) is not None)
            found += _rates(run, run[0].source)
            for one in run:
                history.add(one)
    latest = {one.address: one.capture.capture_id for one in described}
    newest = set(latest.values())
    unique = {(one.capture_id, one.field, one.kind): one for one in found}
    return [replace(one, stands=one.capture_id in newest) for one in unique.values()]


class _History:
    """What the pages of one publisher gave so far."""

    def __init__(self) -> None:
        self._last: dict[str, Fingerprint] = {}
        self._places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, page: Seen) -> None:
        seen = page.fingerprint
        self._last[page.address] = seen
        for name, places in seen.places.items():
            self._places[seen.shape, name].update(places)

    def departures(self, page: Seen, *, is_target: bool) -> Iterator[Alarm]:
        seen, last = page.fingerprint, self._last.get(page.address)
        names = {shape.name for shape in page.source.source.shapes}
        if not names:
            yield from _fewer(page, last, seen) if last else ()
            return
        if seen.shape not in names and (is_target or (last and last.shape in names)):
            yield _alarm(page, "page", "shape", last.shape if last else f"one of {', '.join(sorted(names))}", "none")
        if last:
            yield from _changes(page, last, seen)
        else:
            yield from self._strange_places(page, seen)

    def _strange_places(self, page: Seen, seen: Fingerprint) -> Iterator[Alarm]:
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
                    yield _alarm(page, name, "moved", known.most_common(1)[0][0], place)


def _changes(page: Seen, last: Fingerprint, seen: Fingerprint) -> Iterator[Alarm]:
    """What the page of an address no longer gives as it did."""
    is_redesigned = _GENERIC not in {seen.shape, last.shape} and seen.shape != last.shape
    for name in FIELDS:
        before, after = last.places[name], seen.places[name]
        if name in last.believed - seen.believed:
            yield _alarm(page, name, "lost", _listed(before), _listed(after) or "nothing")
        elif before - after and not is_redesigned:
            yield _alarm(page, name, "moved", _listed(before - after), _listed(after - before) or "nothing")
    for name, old, new in (("text", last.body, seen.body), ("contributions", last.labels, seen.labels)):
        if old and new != old and not is_redesigned:
            yield _alarm(page, name, "moved", old, new or "nothing")
    for region in sorted(last.regions - seen.regions) if not is_redesigned else ():
        yield _alarm(page, region, "lost", "told apart from the text", "nothing of the kind")
    yield from _fewer(page, last, seen)
    if seen.words < _SHRUNK * last.words:
        yield _alarm(page, "text", "fewer", f"{last.words} words", f"{seen.words} words")


def _fewer(page: Seen, last: Fingerprint, seen: Fingerprint) -> Iterator[Alarm]:
    """Answers and entries that are no longer there; what they said stays in the archive."""
    for name, before_count, after_count in (
        ("contributions", last.answers, seen.answers),
        ("line_up", last.entries, seen.entries),
    ):
        if after_count < before_count:
            yield _alarm(page, name, "fewer", str(before_count), str(after_count))


def _rates(run: Sequence[Seen], source: RegisteredSource) -> Iterator[Alarm]:
    """Fields that fewer pages of the run have than the register's fill rates allow."""
    for shape in source.source.shapes:
        pages = [page for page in run if page.shape == shape.name]
        for name, rate in shape.fill.items():
            missing = [page for page in pages if name not in page.fingerprint.believed]
            if missing and _chance(len(pages), len(missing), 1 - rate) < _UNLIKELY:
                found = f"missing on {len(missing)} of {len(pages)} pages of this run"
                yield from (_alarm(page, name, "rate", f"a fill rate of {rate:g}", found) for page in missing)


def _chance(pages: int, misses: int, rate: float) -> float:
    """How probable that many misses or more are, where each page misses with this rate."""
    return math.fsum(
        math.comb(pages, number) * rate**number * (1 - rate) ** (pages - number) for number in range(misses, pages + 1)
    )


def _alarm(page: Seen, name: str, kind: str, expected: str, found: str) -> Alarm:
    return Alarm(
        capture_id=page.capture.capture_id,
        field=name,
        kind=kind,  # type: ignore[arg-type]  # each caller passes one of the kinds
        url=page.url,
        publisher_id=page.source_id,
        shape=page.shape,
        expected=expected,
        found=found,
        stands=True,
        run_id=page.capture.run_id,
    )


def _path(locator: str) -> str:
    """A locator without positions: the same for every page of one layout."""
    return re.sub(r"\[\d+\]", "", locator.partition(" … ")[0])


def _usual(locators: Iterable[str]) -> str:
    """The path that most of them share; empty where there are none."""
    paths = Counter(map(_path, locators))
    return paths.most_common(1)[0][0] if paths else ""


def _listed(places: Iterable[str]) -> str:
    return "; ".join(sorted(places))

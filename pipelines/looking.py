"""One page, looked at: a file that somebody has, or a capture of the archive, and what was doubted of it.

Here belongs finding the bytes and what is known of the address. Not here: how a page is read, and how that is shown.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from archive.codes import Code, RoundtableError
from archive.model import Capture
from archive.normalise import urls
from archive.reading.page import Page
from archive.reading.reader import read
from pipelines import fixtures
from pipelines.opened import OpenedHome
from warehouse import query

_CAPTURE_ID = re.compile(r"c-[0-9a-f]{20}")
_FACTS = {"text": ("text_begins", "text_ends"), "page": ("title", "published", "text_begins")}
"""What an alarm names → the facts that a fixture doubts; any other name is that of a fact itself."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was looked at.

    Attributes:
        payload, url: the page and its address.
        page: what the reader makes of it.
        doubted: facts that an alarm of the archive names, or that the register expects and the page lacks.
        earlier: what an earlier capture of the address gave.
    """

    payload: bytes
    url: str
    page: Page
    doubted: tuple[str, ...] = ()
    earlier: dict[str, fixtures.Value] = field(default_factory=dict)


def look(opened: OpenedHome, file: Path, url: str | None) -> Seen:
    """Read a file, or the capture of that id where there is no such file.

    Raises:
        RoundtableError: `file_missing`, `url_invalid`, `capture_damaged`.
    """
    capture = opened.store.get(str(file)) if _CAPTURE_ID.fullmatch(str(file)) and not file.exists() else None
    if capture is None and not file.is_file():
        raise RoundtableError(Code.FILE_MISSING, "there is no such file", str(file))
    if capture is None and url is None:
        raise RoundtableError(Code.URL_INVALID, "a file does not say where it was published", "--url")
    payload = opened.store.payload(capture) if capture else file.read_bytes()
    address = urls.parse(url) if url else capture.url if capture else ""
    source = opened.register.source_for(address)
    page = read(payload, address, source)
    expected = {
        name for shape in source.shapes if shape.name == page.shape for name, rate in shape.fill.items() if rate == 1
    }
    missing = {name for name in expected if not getattr(page, name, True)}
    alarms = _alarms(opened, capture) if capture else set()
    return Seen(payload, address, page, tuple(sorted(missing | alarms)), _earlier(opened, capture) if capture else {})


def save_fixture(seen: Seen, folder: Path) -> Path:
    """Make a failing test of what was looked at.

    Raises:
        RoundtableError: `fixture_exists`.
    """
    return fixtures.save(folder, seen.payload, seen.url, seen.page, seen.doubted, seen.earlier)


def _alarms(opened: OpenedHome, capture: Capture) -> set[str]:
    """The facts that the published alarms of a capture name."""
    if not opened.home.database.exists():
        return set()
    sql = f"SELECT DISTINCT field FROM alarms WHERE capture_id = '{capture.capture_id}'"  # noqa: S608 - an id of ours
    named = [str(name) for (name,) in query.run(opened.home.database, sql).rows]
    return {fact for name in named for fact in _FACTS.get(name, (name,))}


def _earlier(opened: OpenedHome, capture: Capture) -> dict[str, fixtures.Value]:
    """What the capture before this one gave."""
    before = [
        one
        for one in opened.store.of_url(capture.url)
        if one.ingested_at < capture.ingested_at and one.payload_sha256 != capture.payload_sha256
    ]
    if not before:
        return {}
    last = max(before, key=lambda one: one.ingested_at)
    return fixtures.facts(read(opened.store.payload(last), last.url, opened.register.source_for(last.url)))

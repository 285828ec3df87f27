"""Rows made of the demonstration's pages without network or disk: for tests of what comes after reading."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from archive.authority.decisions import Ledger
from archive.build import build
from archive.demo import library
from archive.demo.install import SOURCE
from archive.demo.site import canonical, pages
from archive.discussion.curation import Curation
from archive.discussion.ids import Ids
from archive.discussion.pages import Reading
from archive.model import Capture
from archive.model.records import Records
from archive.reading.reader import read
from archive.sources.register import Register

REGISTER = Register.load(SOURCE.parent)
AT = dt.datetime(2024, 6, 1, 12, 0)


def capture(url: str, payload: bytes, at: dt.datetime | None = AT, **more: object) -> Capture:
    """A capture as the store would make it."""
    digest = hashlib.sha256(payload).hexdigest()
    name = hashlib.sha256(f"{url}\n{at}\n{digest}".encode()).hexdigest()[:20]
    values = {
        "capture_id": f"c-{name}", "url": url, "captured_at": at, "ingested_at": AT, "origin": "live",
        "record_type": "response", "status": 200, "mime": "text/html", "payload_sha256": digest,
        "payload_bytes": len(payload), "warc_file": "x.warc.gz", "warc_offset": 0, "warc_length": 1, **more,
    }  # fmt: skip
    return Capture(**values)


def reading(
    url: str, payload: bytes, at: dt.datetime | None = AT, register: Register | None = None, **more: object
) -> Reading:
    """A capture, read; `source_id` names the publisher of a page whose address nobody knows."""
    known = register or REGISTER
    source = known.get(str(more["source_id"])).source if "source_id" in more else known.source_for(url)
    return Reading(capture(url, payload, at, **more), read(payload, url, source))


def demo_readings() -> list[Reading]:
    """Every page of the demonstration but the one that robots.txt closes."""
    return [
        reading(canonical(path), page.body)
        for path, page in pages().items()
        if page.mime == "text/html" and "/long-table/" in path and "letters" not in path
    ]


def whole_demo() -> list[Reading]:
    """Every page of the demonstration with what a library had kept of it before, as `roundtable demo` gathers them."""
    former = {page.moved_to: canonical(path) for path, page in pages().items() if page.moved_to}
    kept = [
        reading(url, page.body, at.replace(tzinfo=None), origin="import") for url, (at, page) in library.kept().items()
    ]
    asked = {path for path in pages() if REGISTER.target(canonical(path)) or REGISTER.in_scope(canonical(path))}
    return kept + [
        reading(canonical(path), page.body, mime=page.mime, redirected_from=former.get(path))
        for path, page in pages().items()
        if path in former or (path in asked and not page.moved_to and "letters" not in path)
    ]


def records(
    readings: Iterable[Reading],
    ids: Ids | None = None,
    curation: Curation | None = None,
    register: Register | None = None,
    authority: Ledger | None = None,
) -> Records:
    """The rows of every table."""
    known = register or REGISTER
    found = list(readings)
    captures = [one.capture for one in found]
    files = {file.name: file.content for file in known.files()} | {"authority/decisions.toml": b"decided"}
    kept = {name: capture(f"urn:roundtable:{name}", content, None) for name, content in files.items()}
    return build(
        found,
        known,
        ids or Ids(),
        captures=[*captures, *kept.values()],
        register_captures={name: one.capture_id for name, one in kept.items()},
        curation=curation,
        authority=authority,
    )

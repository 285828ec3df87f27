"""What a capture is called and which records it leaves.

Here belongs the translation of an exchange, or of a file that was brought, into a `Capture` and WARC records. Pure
but for fresh record ids and the clock. Not here: where they are written (`store`).
"""

import datetime as dt
import hashlib

from archive.captures import records
from archive.captures.manifest import Member
from archive.captures.records import Fields, Record
from archive.codes import Outcome
from archive.fetch import message
from archive.fetch.exchange import Exchange
from archive.model.captures import Capture, Origin, TimeSource


def capture_id(url: str, captured_at: dt.datetime | None, payload_sha256: str) -> str:
    """The name of a capture: `c-` and 80 bits of a digest over what it is.

    Args:
        url: the address.
        captured_at: when it was captured, in UTC without a zone, if that is known.
        payload_sha256: digest of the decoded entity.
    """
    when = captured_at.isoformat(timespec="microseconds") + "Z" if captured_at else "unknown"
    return "c-" + hashlib.sha256(f"{url}\n{when}\n{payload_sha256}".encode()).hexdigest()[:20]


def body_key(exchange: Exchange) -> str:
    """What two answers share whose bodies can stand for one another: how they are framed, and the coded bytes."""
    head = message.parse_head(exchange.response or b"")
    coded = message.transfer_decoded(head, exchange.body or b"")
    framing = "chunked" if head.get("Transfer-Encoding") else "plain"
    return f"{framing} sha256:{hashlib.sha256(coded).hexdigest()}"


def fetched(
    exchange: Exchange, captured_at: dt.datetime, original: Capture | None, *, run_id: str | None, origin: Origin
) -> Capture:
    """The capture that an exchange makes; its place in a file is still to be filled in.

    Args:
        exchange: one with a whole answer.
        captured_at: when, in UTC without a zone.
        original: the capture that holds the payload already, if there is one.
        run_id: the run that made it.
        origin: how it came.
    """
    not_modified = original if exchange.outcome is Outcome.UNCHANGED else None
    entity = exchange.entity or b""
    digest = not_modified.payload_sha256 if not_modified else hashlib.sha256(entity).hexdigest()
    return Capture(
        capture_id=capture_id(exchange.url, captured_at, digest),
        url=exchange.url,
        captured_at=captured_at,
        captured_at_source="clock",
        ingested_at=_now(),
        origin=origin,
        record_type="revisit" if original else "response",
        status=exchange.status,
        mime=exchange.mime or (not_modified.mime if not_modified else None),
        payload_sha256=digest,
        payload_bytes=not_modified.payload_bytes if not_modified else len(entity),
        redirected_from=exchange.redirected_from,
        redirects_to=exchange.location,
        refers_to=original.capture_id if original else None,
        etag=exchange.etag or (not_modified.etag if not_modified else None),
        last_modified=exchange.last_modified or (not_modified.last_modified if not_modified else None),
        ip_address=exchange.ip_address,
        warc_file="",
        warc_offset=0,
        warc_length=0,
        run_id=run_id,
    )


def brought(
    url: str,
    payload: bytes,
    mime: str | None,
    captured_at: dt.datetime | None,
    captured_at_source: TimeSource | None,
    source_id: str | None,
    note: str | None,
    run_id: str | None,
) -> Capture:
    """The capture that a brought file makes; its place in a file is still to be filled in."""
    digest = hashlib.sha256(payload).hexdigest()
    return Capture(
        capture_id=capture_id(url, captured_at, digest),
        url=url,
        captured_at=captured_at,
        captured_at_source=captured_at_source if captured_at else None,
        ingested_at=_now(),
        origin="import",
        record_type="resource",
        mime=mime,
        payload_sha256=digest,
        payload_bytes=len(payload),
        source_id=source_id,
        # A file's name need not be text; a stand-in for its odd bytes is.
        note=note.encode(errors="replace").decode() if note else None,
        warc_file="",
        warc_offset=0,
        warc_length=0,
        run_id=run_id,
    )


def records_of(
    exchange: Exchange,
    capture: Capture,
    original: Capture | None,
    held: Member | None,
    warcinfo_id: str | None,
) -> list[Record]:
    """The records of an exchange: response or revisit, request, and metadata where there are TLS facts.

    Args:
        exchange: the bytes.
        capture: what `fetched` made of it.
        original: the capture that holds the payload already, if there is one.
        held: the record of that capture.
        warcinfo_id: the record that begins the file.
    """
    own_id = records.new_id()
    head, body = exchange.response or b"", exchange.body or b""
    common = _common(exchange.url, capture.captured_at or capture.ingested_at, warcinfo_id)
    answer: Fields = [*common, ("WARC-IP-Address", exchange.ip_address)]
    if original and held:
        profile = records.NOT_MODIFIED if exchange.outcome is Outcome.UNCHANGED else records.IDENTICAL
        answer = [
            *answer,
            ("WARC-Profile", profile),
            ("WARC-Refers-To", f"<{held.record_id}>"),
            ("WARC-Refers-To-Target-URI", original.url),
            ("WARC-Refers-To-Date", records.warc_date(original.captured_at or original.ingested_at)),
            ("WARC-Payload-Digest", held.payload_digest),
        ]
    made = [records.http(capture.record_type, own_id, answer, head, b"" if original else body)]
    concurrent: Fields = [*common, ("WARC-Concurrent-To", f"<{own_id}>")]
    if exchange.request:
        asked: Fields = [*concurrent, ("WARC-IP-Address", exchange.ip_address)]
        made.append(records.http("request", records.new_id(), asked, exchange.request, b""))
    if exchange.tls:
        version, cipher, certificate = (*exchange.tls.split(" ", 2), None, None)[:3]
        facts = [("tls-version", version), ("tls-cipher", cipher), ("tls-certificate", certificate)]
        made.append(records.plain("metadata", records.new_id(), concurrent, records.warc_fields(facts)))
    return made


def resource_records(capture: Capture, payload: bytes, warcinfo_id: str | None) -> list[Record]:
    """The records of a brought file: the resource, and metadata that says what its date stands for."""
    own_id = records.new_id()
    common = _common(capture.url, capture.captured_at or capture.ingested_at, warcinfo_id)
    known = (
        records.warc_date(capture.captured_at) if capture.captured_at else "unknown; WARC-Date is the time of import"
    )
    facts = [
        ("captured-at", known),
        ("captured-at-source", capture.captured_at_source),
        ("imported-at", records.warc_date(capture.ingested_at)),
        ("imported-from", capture.note),
        ("publisher-as-named", capture.source_id),
    ]
    return [
        records.plain("resource", own_id, common, payload, capture.mime or "application/octet-stream"),
        records.plain(
            "metadata",
            records.new_id(),
            [*common, ("WARC-Concurrent-To", f"<{own_id}>")],
            records.warc_fields(facts),
        ),
    ]


def warcinfo(name: str, software: str) -> Record:
    """The record that begins the file `name`."""
    facts = [
        ("software", software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
    ]
    fields = [("WARC-Date", records.warc_date(_now())), ("WARC-Filename", name)]
    return records.plain("warcinfo", records.new_id(), fields, records.warc_fields(facts))


def _common(url: str, moment: dt.datetime, warcinfo_id: str | None) -> list[tuple[str, str | None]]:
    return [
        ("WARC-Target-URI", url),
        ("WARC-Date", records.warc_date(moment)),
        ("WARC-Warcinfo-ID", f"<{warcinfo_id}>" if warcinfo_id else None),
    ]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)

"""What a capture is called and which records it leaves.

Here belongs the translation of an exchange, or of a file that was brought, into a `Capture` and WARC records. Pure
but for fresh record ids and the clock. Not here: where they are written (`store`).
"""

import datetime as dt
import hashlib
from http import HTTPStatus

from archive.captures import records
from archive.captures.manifest import Member
from archive.captures.memento import Memento
from archive.captures.records import Fields, Record
from archive.codes import Outcome
from archive.fetch import message
from archive.fetch.exchange import Exchange
from archive.model.captures import Capture, RecordType


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
    exchange: Exchange,
    original: Capture | None,
    memento: Memento | None,
    *,
    run_id: str | None,
    source_id: str | None,
) -> Capture:
    """The capture that an exchange makes; its place in a file is still to be filled in.

    Args:
        exchange: one with a whole answer, or with the head of one whose payload `original` holds.
        original: the capture that holds the payload already, if there is one.
        memento: what is known of it where it was captured elsewhere; else it was captured when it was asked for.
        run_id: the run that made it.
        source_id: the publisher that an importer named.
    """
    repeated = original if exchange.entity is None or exchange.outcome is Outcome.UNCHANGED else None
    digest = repeated.payload_sha256 if repeated else hashlib.sha256(exchange.entity or b"").hexdigest()
    captured_at = memento.captured_at if memento else exchange.started_at.astimezone(dt.UTC).replace(tzinfo=None)
    return Capture(
        capture_id=capture_id(exchange.url, captured_at, digest),
        url=exchange.url,
        captured_at=captured_at,
        captured_at_source=memento.said_by if memento else "clock",
        ingested_at=_now(),
        origin=memento.origin if memento else "live",
        record_type="revisit" if original else "response",
        status=exchange.status,
        mime=exchange.mime or (repeated.mime if repeated else None),
        charset=exchange.charset or (repeated.charset if repeated else None),
        payload_sha256=digest,
        payload_bytes=repeated.payload_bytes if repeated else len(exchange.entity or b""),
        redirected_from=exchange.redirected_from,
        redirects_to=exchange.location,
        refers_to=original.capture_id if original else None,
        etag=exchange.etag or (repeated.etag if repeated else None),
        last_modified=exchange.last_modified or (repeated.last_modified if repeated else None),
        ip_address=exchange.ip_address,
        source_id=source_id,
        note=_text(memento.note) if memento else None,
        warc_file="",
        warc_offset=0,
        warc_length=0,
        run_id=run_id,
    )


def brought(
    url: str,
    payload: bytes,
    memento: Memento,
    record_type: RecordType,
    *,
    mime: str | None,
    source_id: str | None,
    run_id: str | None,
) -> Capture:
    """The capture that a brought file makes; its place in a file is still to be filled in."""
    digest = hashlib.sha256(payload).hexdigest()
    return Capture(
        capture_id=capture_id(url, memento.captured_at, digest),
        url=url,
        captured_at=memento.captured_at,
        captured_at_source=memento.said_by if memento.captured_at else None,
        ingested_at=_now(),
        origin=memento.origin,
        record_type=record_type,
        mime=mime,
        payload_sha256=digest,
        payload_bytes=len(payload),
        source_id=source_id,
        note=_text(memento.note),
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
    memento: Memento | None,
    shared: Fields,
) -> list[Record]:
    """The records of an exchange: response or revisit, request, and metadata where there is more to be said.

    Args:
        exchange: the bytes.
        capture: what `fetched` made of it.
        original: the capture that holds the payload already, if there is one.
        held: the record of that capture.
        memento: what is known of it where it was captured elsewhere.
        shared: headers that every record of the commit has.
    """
    own_id = records.new_id()
    head, body = exchange.response or b"", exchange.body or b""
    common = _common(capture, shared)
    answer: Fields = [
        *common,
        ("WARC-IP-Address", exchange.ip_address),
        ("WARC-Truncated", memento.truncated if memento else None),
    ]
    if original and held:
        is_confirmed = exchange.outcome is Outcome.UNCHANGED or exchange.status == HTTPStatus.NOT_MODIFIED
        answer = [
            *answer,
            ("WARC-Profile", records.NOT_MODIFIED if is_confirmed else records.IDENTICAL),
            ("WARC-Refers-To", f"<{held.record_id}>"),
            ("WARC-Refers-To-Target-URI", original.url),
            ("WARC-Refers-To-Date", records.warc_date(original.captured_at or original.ingested_at)),
            ("WARC-Payload-Digest", held.payload_digest),
        ]
    made = [records.http(capture.record_type, own_id, answer, head, b"" if original else body)]
    concurrent: Fields = [*common, ("WARC-Concurrent-To", f"<{own_id}>")]
    if exchange.request:
        asked: Fields = [*_sent(exchange, concurrent, memento), ("WARC-IP-Address", exchange.ip_address)]
        made.append(records.http("request", records.new_id(), asked, exchange.request, b""))
    facts = [*_tls_facts(exchange), *(_memento_facts(capture, memento) if memento else [])]
    if facts:
        made.append(records.plain("metadata", records.new_id(), concurrent, records.warc_fields(facts)))
    return made


def resource_records(capture: Capture, payload: bytes, memento: Memento, shared: Fields) -> list[Record]:
    """The records of a brought file: the resource or conversion, and metadata that says what its date stands for."""
    own_id = records.new_id()
    common = _common(capture, shared)
    answer: Fields = [*common, ("WARC-Truncated", memento.truncated)]
    mime = capture.mime or "application/octet-stream"
    facts = records.warc_fields(_memento_facts(capture, memento))
    concurrent: Fields = [*common, ("WARC-Concurrent-To", f"<{own_id}>")]
    return [
        records.plain(capture.record_type, own_id, answer, payload, mime),
        records.plain("metadata", records.new_id(), concurrent, facts),
    ]


def _tls_facts(exchange: Exchange) -> Fields:
    if not exchange.tls:
        return []
    version, cipher, certificate = (*exchange.tls.split(" ", 2), None, None)[:3]
    return [("tls-version", version), ("tls-cipher", cipher), ("tls-certificate", certificate)]


def _memento_facts(capture: Capture, memento: Memento) -> Fields:
    """What is to be said of a capture that was not made here."""
    known = (
        records.warc_date(capture.captured_at) if capture.captured_at else "unknown; WARC-Date is the time of import"
    )
    return [
        ("captured-at", known),
        ("captured-at-source", capture.captured_at_source),
        ("imported-at", records.warc_date(capture.ingested_at)),
        ("imported-from", capture.note),
        ("publisher-as-named", capture.source_id),
        *memento.facts,
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


def _common(capture: Capture, shared: Fields) -> Fields:
    return [
        ("WARC-Target-URI", capture.url),
        ("WARC-Date", records.warc_date(capture.captured_at or capture.ingested_at)),
        *shared,
    ]


def _sent(exchange: Exchange, concurrent: Fields, memento: Memento | None) -> Fields:
    """The headers of a request's record: what we asked an archive was asked of the archive, and in our time."""
    if not memento or not memento.asked:
        return concurrent
    ours = {"WARC-Target-URI": memento.asked, "WARC-Date": records.warc_date(exchange.started_at)}
    return [(name, ours.get(name, value)) for name, value in concurrent]


def _text(note: str | None) -> str | None:
    """A file's name need not be text; a stand-in for its odd bytes is."""
    return note.encode(errors="replace").decode() if note else None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)

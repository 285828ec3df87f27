"""The tables of fetching and keeping: what we know of, what we tried, what we have.

Here belong targets, fetches, captures, runs and visits. They tell how a release came about, so they may grow while
nothing new is published. What was understood from the captures stands in the other modules.
"""

import datetime as dt
from typing import Annotated, Literal

from archive.model.table import table

Origin = Literal["live", "wayback", "import"]
RecordType = Literal["response", "revisit", "resource", "conversion"]
Access = Literal["open", "restricted", "sealed"]
TimeSource = Literal["clock", "archive", "file"]
TargetSource = Literal["register", "sitemap", "feed", "link", "import"]
TargetState = Literal["never_tried", "refused", "failed", "captured"]
VisitOutcome = Literal["begun", "succeeded", "failed"]


@table("captures", key=("capture_id",), content=False)
class Capture:
    """An archived exchange: one response, revisit, resource or conversion record in a WARC file."""

    capture_id: Annotated[str, "Named by what it is: a digest of URL, capture time and payload."]
    url: Annotated[str, "The address that was asked for, as it was asked for; of an archived capture the original one."]
    captured_at: Annotated[dt.datetime | None, "When the bytes were published to us (UTC); null when nobody knows."] = (
        None
    )
    captured_at_source: Annotated[
        TimeSource | None, "Who says so: our clock, another archive, or the imported file."
    ] = None
    ingested_at: Annotated[dt.datetime, "When the record was written here (UTC)."]
    origin: Annotated[Origin, "How it came: fetched live, from the Wayback Machine, or imported."]
    record_type: Annotated[
        RecordType,
        "WARC-Type: a revisit holds no payload of its own, a conversion is what another archive made of one.",
    ]
    status: Annotated[int | None, "HTTP status; null for a resource and a conversion."] = None
    mime: Annotated[str | None, "Content type as declared, without parameters."] = None
    charset: Annotated[str | None, "Encoding that the content type declares."] = None
    payload_sha256: Annotated[str, "SHA-256 of the decoded entity, in hexadecimal; a revisit repeats its original's."]
    payload_bytes: Annotated[int, "Length of the decoded entity."]
    redirected_from: Annotated[
        str | None, "The address whose redirect led here; the archive's own where it had this capture instead of one."
    ] = None
    redirects_to: Annotated[str | None, "Where a redirect points, as an absolute address."] = None
    refers_to: Annotated[str | None, "For a revisit: the capture_id that holds the payload."] = None
    etag: Annotated[str | None, "ETag header, for the next conditional request."] = None
    last_modified: Annotated[str | None, "Last-Modified header, as printed."] = None
    ip_address: Annotated[str | None, "The address that answered us: of an archived capture the archive's."] = None
    source_id: Annotated[str | None, "For an import: the publisher that the importer named."] = None
    note: Annotated[
        str | None, "Where it came from: another archive's address of it; the file's name, with the record's offset."
    ] = None
    warc_file: Annotated[str, "File in the captures folder, relative to it."]
    warc_offset: Annotated[int, "Byte offset of the record's gzip member."]
    warc_length: Annotated[int, "Length of that gzip member in bytes."]
    run_id: Annotated[str | None, "The run that made it."] = None
    access: Annotated[
        Access,
        "Whether exports may hold it: not one that is restricted by the storage policy of what it carries, nor one "
        "that is sealed because something in it was withdrawn. The bytes stay where they are.",
    ] = "open"


@table("fetches", key=("run_id", "url", "attempted_at"), references={"capture_id": "captures"}, content=False)
class Fetch:
    """An attempt to fetch a URL, and its outcome; refusals and failures included."""

    url: Annotated[str, "The address that was tried: of an archived capture the archive's."]
    attempted_at: Annotated[dt.datetime, "When (UTC)."]
    outcome: Annotated[str, "How it ended: one of the outcome codes."]
    kind: Annotated[Literal["fetched", "unchanged", "refused", "failed"], "The group that the outcome belongs to."]
    planned: Annotated[
        bool, "True where the register expects this outcome (a page that robots.txt is known to refuse)."
    ] = False
    named_by: Annotated[
        TargetSource | None, "Who first told this run of the address; null for what is asked for on the way."
    ] = None
    status: Annotated[int | None, "HTTP status, where an answer came."] = None
    detail: Annotated[str | None, "What was met, in words."] = None
    capture_id: Annotated[str | None, "The capture that it left, if any."] = None
    run_id: Annotated[str, "The run that tried."]


@table("runs", key=("run_id",), content=False)
class Run:
    """One ingestion: what was due and how it ended."""

    run_id: Annotated[str, "Dagster's run id, where Dagster ran it."]
    command: Annotated[str, "What was asked for."]
    started_at: Annotated[dt.datetime, "When it began (UTC)."]
    ended_at: Annotated[dt.datetime, "When its last fetch ended (UTC)."]
    due: Annotated[
        int,
        "Pages that were to be tried; robots.txt, sitemaps and feeds are not counted. From a web archive: the captures "
        "that it lists, and the pages whose captures could not be listed.",
    ]
    fetched: Annotated[int, "Pages of which a new payload was kept, or that redirect."]
    unchanged: Annotated[
        int, "Pages whose payload was the known one; archived captures that are held, which are not asked for again."
    ]
    refused: Annotated[int, "Pages, or archived captures, that robots.txt closes to us."]
    failed: Annotated[int, "Pages, or archived captures, that could not be had."]


@table("visits", key=("run_id", "round_table_id"), content=False)
class Visit:
    """A run's visit to one round table: what was expected there, and what came of it."""

    run_id: Annotated[str, "The run that made it."]
    round_table_id: Annotated[str, "The round table, as the register called it then."]
    series_id: Annotated[str, "Its series."]
    publisher_id: Annotated[str, "Whose pages these are."]
    began_at: Annotated[dt.datetime, "When it began (UTC)."]
    ended_at: Annotated[dt.datetime | None, "When its last page was tried (UTC); null where the run was cut off."] = (
        None
    )
    outcome: Annotated[
        VisitOutcome,
        "`succeeded` where every page that was expected is held, or refused as the register expects; `begun` where the "
        "run was cut off before the end.",
    ]
    due: Annotated[int, "Pages that were expected."] = 0
    new: Annotated[int, "Pages of which nothing had been captured before."] = 0
    changed: Annotated[int, "Pages with another payload than before."] = 0
    unchanged: Annotated[int, "Pages that are what they were."] = 0
    refused: Annotated[int, "Pages that robots.txt closes to us."] = 0
    failed: Annotated[int, "Pages that could not be had; those that nobody came to try are counted here."] = 0
    stopped: Annotated[int, "Those of them that nobody came to try, as the run's budget of requests was spent."] = 0
    note: Annotated[str | None, "What made it fail: outcomes with their numbers."] = None


@table("targets", key=("url",), references={"round_table_id": "round_tables"}, content=False)
class Target:
    """A URL that we know of and what we expect there."""

    url: Annotated[str, "The canonical address."]
    publisher_id: Annotated[str, "The publisher whose address it is."]
    round_table_id: Annotated[str | None, "The round table that it belongs to, where that is known."] = None
    expected_role: Annotated[
        str | None, "The role of what is expected there: landing, question, followup, response or another."
    ] = None
    prompt_id: Annotated[str | None, "The prompt that is answered there, where that is known."] = None
    source: Annotated[TargetSource, "Who first told us of it; `link` is a landing page or an inset."]
    state: Annotated[TargetState, "How far we got with it at the last try; `captured` once any capture holds it."]

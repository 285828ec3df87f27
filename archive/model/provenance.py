"""The tables of how we know: evidence, rejections, balances, events and releases.

Here belongs what lets a reader trace a value to its bytes and an archivist see what became of every item.
"""

import datetime as dt
from typing import Annotated, Literal

from archive.model.table import table

Witness = Literal[
    "byline",
    "visible",
    "title_element",
    "json_ld",
    "open_graph",
    "meta",
    "microdata",
    "time_element",
    "link_element",
    "html_lang",
    "detection",
    "url",
    "http_header",
    "feed",
    "register",
    "running_text",
    "line_up",
    "correction",
    "authority",
]
AlarmKind = Literal["shape", "lost", "moved", "fewer", "rate"]
EventType = Literal["ingestion", "fixity_check", "correction", "withdrawal", "authority"]
ReleaseChangeKind = Literal["new", "revised", "amended", "withdrawn", "restored", "gone", "lost", "rows", "schema"]
Stage = Literal["read", "discuss", "correct", "reconcile", "authority"]


@table("evidence", key=("evidence_id",), references={"capture_id": "captures"})
class Evidence:
    """One witness for one field of one record; the losers stay visible."""

    evidence_id: Annotated[str, "Readable id: record, field and number."]
    record_type: Annotated[str, "Table of the record."]
    record_id: Annotated[str, "Its id; a composite key is joined by `#`."]
    version: Annotated[int | None, "Version of the contribution, where the record is one."] = None
    field: Annotated[str, "Column; `updated_as_printed`, which is none, is when a feed says that the text was changed."]
    value: Annotated[str | None, "What the witness says; a long text as its digest, `sha256:…`."] = None
    witness: Annotated[Witness, "Which kind of witness."]
    rule: Annotated[str, "The rule that weighed it."]
    reader_version: Annotated[str, "Version of the reader."]
    locator: Annotated[
        str,
        "Where in the payload: a path of elements, a JSON path (both also of feeds), lines, or a file of the register.",
    ]
    capture_id: Annotated[
        str | None, "The capture, of a page or of the file of the register or of decisions that the locator names."
    ] = None
    chosen: Annotated[bool, "True where this is the value that stands in the record."]


@table("rejections", key=("rejection_id",), references={"capture_id": "captures"})
class Rejection:
    """Something that could not be used: what, where and why. Nothing vanishes without a row here."""

    rejection_id: Annotated[str, "Readable id."]
    stage: Annotated[Stage, "The stage that could not use it."]
    code: Annotated[str, "Which fault."]
    capture_id: Annotated[str | None, "The capture that it is in; null for a correction."] = None
    url: Annotated[str, "Its address; for a correction the file, as `urn:roundtable:corrections/…`."]
    locator: Annotated[str, "Where in the payload, or in the file."]
    excerpt: Annotated[str | None, "The first words of it."] = None
    reason: Annotated[str, "What was expected and what was met."]


@table("alarms", key=("capture_id", "field", "kind"), references={"capture_id": "captures"}, content=False)
class Alarm:
    """A page that departs from what its publisher's pages gave before: somebody should look."""

    capture_id: Annotated[str, "The capture that departs."]
    field: Annotated[
        str, "What is concerned: a field, a region, `text`, `contributions`, `line_up`, or the whole `page`."
    ]
    kind: Annotated[
        AlarmKind,
        "What happened: no page shape of the publisher matches; the field is lost, or stands elsewhere; there is less "
        "of it; or more pages of a run lack it than the register's fill rate allows.",
    ]
    url: Annotated[str, "Its address."]
    publisher_id: Annotated[str, "The publisher."]
    shape: Annotated[str, "The page shape that matched; `generic` where none did."]
    expected: Annotated[str, "What was to be expected: witness and place, a number, or a rate."]
    found: Annotated[str, "What was found instead."]
    stands: Annotated[bool, "False once a newer capture of the address was read."]
    run_id: Annotated[str | None, "The run that made the capture."] = None


@table("stage_counts", key=("release_id", "stage", "unit"), content=False)
class StageCount:
    """The balance of a stage: input = output + rejected."""

    release_id: Annotated[str, "The release."]
    stage: Annotated[Stage, "The stage."]
    unit: Annotated[str, "What is counted."]
    input: Annotated[int, "How many came in."]
    output: Annotated[int, "How many went on."]
    rejected: Annotated[int, "How many were rejected, each with a row in `rejections`."]


@table("events", key=("event_id",), content=False)
class Event:
    """Something that happened to the archive (PREMIS event)."""

    event_id: Annotated[str, "Readable id."]
    type: Annotated[EventType, "What sort of event."]
    object: Annotated[str, "What it happened to: a capture, a contribution, a person, a release."]
    at: Annotated[dt.datetime, "When (UTC)."]
    outcome: Annotated[str, "How it ended."]
    note: Annotated[str | None, "In words."] = None


@table("releases", key=("release_id",), content=False)
class Release:
    """A publication of the tables that changed something in them; cite it by id and digest."""

    release_id: Annotated[str, "Day and number."]
    created_at: Annotated[dt.datetime, "When it was made (UTC)."]
    code_version: Annotated[str, "Version of this software."]
    schema_version: Annotated[int, "Version of the tables."]
    digest: Annotated[str, "SHA-256 over the Parquet files of its content."]


@table(
    "release_changes",
    key=("release_id", "change", "subject"),
    references={"release_id": "releases"},
    content=False,
)
class ReleaseChange:
    """What a release changed against the one before it; the first, which has none before it, has counts alone."""

    release_id: Annotated[str, "The release."]
    change: Annotated[
        ReleaseChangeKind,
        "What happened: a contribution is new; its current text is another version; other columns of it have other "
        "values; it was withdrawn, or restored; its id went, merged into another; it is lost, and nobody withdrew "
        "or merged it; a table has more or fewer rows; a column came, went or changed its type.",
    ]
    subject: Annotated[str, "The contribution as it was called then; the table; or `table.column`."]
    before: Annotated[str | None, "The version, the number of rows, or the column's type before."] = None
    after: Annotated[
        str | None,
        "The same afterwards; of `amended` the columns that have other values, of `gone` the id that is used now.",
    ] = None

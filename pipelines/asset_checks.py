"""Checks beside those in SQL: is each series had, is each byte what it was, does the release look like the last one.

Here belong the checks that need more than a candidate's rows, as plain functions that return Dagster's result, with the
rows that are amiss in its metadata. Not here: the SQL checks (`warehouse/sql/checks`) and the assets that yield these.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import dagster as dg
import pyarrow as pa

from archive.captures import verify
from archive.codes import Code, RoundtableError
from archive.model import TABLES
from pipelines import preview
from pipelines.opened import OpenedHome
from pipelines.visits import Plan
from warehouse import parquet, query
from warehouse.schema import literal

SERIES_CONTINUE = "every_series_continues"
FIXITY = "sampled_bytes_are_what_they_were"
READERS = "no_reader_failed"
ROWS = "rows_are_as_many_as_before"
FILL = "fields_are_filled_as_before"
SEALED = "the_release_is_sealed"
ANSWERS = "the_database_answers"
NOTHING_ABSENT = "nothing_expected_is_absent"

SAMPLES = 30
"""Days in which every WARC file has its turn."""
_FEWER = 0.1
"""The share of its rows that a table may lose from one release to the next before somebody should look."""
_EMPTIER = 0.05
"""By how much the share of filled fields may fall."""
_FIELDS = ("title", "standfirst", "text", "prompt_id", "entry", "published_on", "published_at", "language", "url")

DESCRIPTIONS: Mapping[str, str] = {
    SERIES_CONTINUE: "No round table is overdue, and no last visit failed or was cut off.",
    FIXITY: f"Every record of a sample of the captures agrees with its digest; all have their turn in {SAMPLES} days.",
    READERS: "No bug of a reader kept a page from being read.",
    ROWS: "No table of the candidate lost a tenth of its rows against the published release.",
    FILL: "No field of the contributions is filled much more rarely than in the published release.",
    SEALED: "Every file of the release has the digest that its manifest says.",
    ANSWERS: "The database opens, holds as many rows as the release, and each of its views answers.",
    NOTHING_ABSENT: "Every page that was expected in this run was had, or refused as the register expects.",
}
_UNREADABLE = "cannot be read"
_T = TypeVar("_T")
_ERROR, _WARN = dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN


def specs(asset: str, *names: str, blocking: bool = False) -> list[dg.AssetCheckSpec]:
    """The declarations of checks of an asset."""
    return [
        dg.AssetCheckSpec(name=name, asset=asset, description=DESCRIPTIONS[name], blocking=blocking) for name in names
    ]


def series_continue(plan: Plan) -> dg.AssetCheckResult:
    """Is each series had?"""
    amiss = [one for one in plan.entries if one.state(plan.now) in {"overdue", "failed"}]
    cut = [one for one in plan.entries if one.last is not None and one.last.outcome == "begun" and one not in amiss]
    rows = [
        (one.table.keys.round_table.series, one.table.id, one.state(plan.now), one.succeeded_at, plan.why(one))
        for one in [*amiss, *cut]
    ]
    return _result(SERIES_CONTINUE, _WARN, ("series", "round table", "state", "last succeeded", "why"), rows)


def fixity(captures: Path, today: dt.date) -> dg.AssetCheckResult:
    """Are the captures of today's sample what they were?"""
    found = verify.sample(captures, today.toordinal(), SAMPLES)
    rows = [(str(one.code), one.file, one.offset, one.what) for one in found.damage]
    numbers = {"files": found.files, "records": found.records, "bytes": found.bytes}
    return _result(FIXITY, _ERROR, ("code", "file", "offset", "what"), rows, numbers)


def readers(faults: Mapping[str, int]) -> dg.AssetCheckResult:
    """Did a reader fail?"""
    rows = [(name, number) for name, number in faults.items() if name == Code.READER_FAILED]
    return _result(READERS, _ERROR, ("code", "pages"), rows)


def rows_as_before(candidate: Path, published: Path | None) -> dg.AssetCheckResult:
    """Has the candidate lost rows?"""
    rows = []
    for name, table in TABLES.items():
        if published is None or not table.content:
            continue
        after = parquet.row_count(candidate, name)
        before = _if_readable(partial(parquet.row_count, published, name))
        if before is None or after < before * (1 - _FEWER):
            rows.append((name, _UNREADABLE if before is None else before, after))
    return _result(ROWS, _WARN, ("table", "published", "candidate"), rows)


def fill_as_before(candidate: Path, published: Path | None) -> dg.AssetCheckResult:
    """Are the fields filled as before?"""
    now = parquet.fill_rates(candidate, "contributions", _FIELDS)
    before = _if_readable(partial(parquet.fill_rates, published, "contributions", _FIELDS)) if published else now
    rows = [
        (name, f"{before[name]:.1%}" if before else _UNREADABLE, f"{now[name]:.1%}")
        for name in _FIELDS
        if before is None or now[name] < before[name] - _EMPTIER
    ]
    numbers = {f"{name} filled": round(rate, 4) for name, rate in now.items()}
    return _result(FILL, _WARN, ("field", "published", "candidate"), rows, numbers)


def _if_readable(read: Callable[[], _T]) -> _T | None:
    """What a published file says; None where it is damaged: a rebuild mends it, so it must not fail over it."""
    try:
        return read()
    except (pa.ArrowException, OSError):
        return None


def release_is_sealed(release: Path) -> dg.AssetCheckResult:
    """Is the release whole?"""
    rows = [] if parquet.is_sealed(release) else [(release.name, "`roundtable verify` says where")]
    return _result(SEALED, _ERROR, ("release", "what to do"), rows)


def database_answers(opened: OpenedHome) -> dg.AssetCheckResult:
    """Does the database hold what the release holds, and can its views be asked?"""
    release, database = opened.home.tables / "current", opened.home.database
    rows: list[tuple[Any, ...]] = []
    counts = " UNION ALL ".join(f"SELECT {literal(name)}, count(*) FROM {name}" for name in TABLES)  # noqa: S608 - the model's names
    for name, number in query.run(database, counts).rows:
        expected = parquet.row_count(release, str(name))
        if number != expected:
            rows.append((name, f"{number} rows, and {expected} in the release"))
    views = query.run(database, "SELECT view_name FROM duckdb_views() WHERE NOT internal").rows
    for (view,) in views:
        try:
            query.run(database, f'SELECT * FROM "{view}" LIMIT 1')  # noqa: S608 - a name of ours
        except RoundtableError as error:
            rows.append((view, error.what))
    return _result(ANSWERS, _ERROR, ("table or view", "what"), rows, {"views": len(views)})


def nothing_absent(database: Path, run_id: str) -> dg.AssetCheckResult:
    """Was everything had that this run expected?"""
    found = query.run(
        database,
        "SELECT url, code, why FROM run_report_lines WHERE what IN ('failed', 'refused') AND NOT planned "  # noqa: S608
        f"AND run_id = {literal(run_id)} ORDER BY ALL LIMIT 50",
    )
    return _result(NOTHING_ABSENT, _WARN, found.columns, found.rows)


def _result(
    name: str,
    severity: dg.AssetCheckSeverity,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    numbers: Mapping[str, Any] | None = None,
) -> dg.AssetCheckResult:
    metadata: dict[str, Any] = dict(numbers or {})
    if rows:
        metadata["rows"] = dg.MetadataValue.md(f"{DESCRIPTIONS[name]}\n\n{preview.markdown(columns, rows)}")
    return dg.AssetCheckResult(check_name=name, passed=not rows, severity=severity, metadata=metadata)

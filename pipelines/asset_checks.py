"""Checks: is each series had, is each byte what it was, does the release hold together and look like the last one.

Here belong the checks as plain functions that return Dagster's result, with the rows that are amiss, and their number,
in its metadata. Not here: the SQL of those that are SQL (`warehouse/sql/checks`), and the assets that yield these.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from archive.captures import verify
from archive.codes import Code, RoundtableError
from archive.model import TABLES, Alarm
from pipelines import keeping, preview
from pipelines.opened import OpenedHome
from pipelines.visits import Plan
from warehouse import losses, query, release_folder
from warehouse.publish import Failure
from warehouse.schema import literal

NO_DRIFT = "no_drift"
SERIES_CONTINUE = "every_series_continues"
FIXITY = "sampled_bytes_are_what_they_were"
READERS = "no_reader_failed"
ROWS = "rows_are_as_many_as_before"
FILL = "fields_are_filled_as_before"
SEALED = "the_release_is_sealed"
ANSWERS = "the_database_answers"
NOTHING_ABSENT = "nothing_expected_is_absent"
WHOLE = "no_file_is_empty"
AMISS = "amiss"
"""How many rows are, in the metadata of every check: a number to plot."""

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
    losses.CHECK: losses.DEMAND,
    NO_DRIFT: "The newest captures look as their publishers' pages looked before.",
    ROWS: "No table of the candidate lost a tenth of its rows against the published release.",
    FILL: "No field of the contributions is filled much more rarely than in the published release.",
    SEALED: "Every file of the release has the digest that its manifest says.",
    ANSWERS: "The database opens, holds as many rows as the release, and each of its views answers.",
    NOTHING_ABSENT: (
        "Every page that was expected in this run was had, with something to read in it, or refused as the register "
        "expects."
    ),
    WHOLE: "Every file that was made of the release has something in it.",
}
_NOTHING_READ = (
    Code.EMPTY_PAYLOAD,
    Code.NOT_TEXT,
    Code.PAGE_TOO_LARGE,
    Code.NO_ARTICLE,
    Code.READER_FAILED,
    Code.ANSWERS_MISSING,
    Code.ANSWERS_NOT_CAPTURED,
)
"""Faults of a page of which nothing could be used."""
_DAMAGED = "is damaged, so that nothing can be held against it; this run replaces it"
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


def fixity(opened: OpenedHome, now: dt.datetime) -> dg.AssetCheckResult:
    """Are the captures of today's sample what they were? The journal is told, too."""
    names = verify.sampled(opened.home.captures, now.toordinal(), SAMPLES)
    found = keeping.verify_sample(opened.home, opened.journal, names, now)
    rows = [(str(one.code), one.file, one.offset, one.what) for one in found.damage]
    numbers = {"files": found.files, "records": found.records, "bytes": found.bytes}
    return _result(FIXITY, _ERROR, ("code", "file", "offset", "what"), rows, numbers)


def readers(faults: Mapping[str, int]) -> dg.AssetCheckResult:
    """Did a reader fail?"""
    rows = [(name, number) for name, number in faults.items() if name == Code.READER_FAILED]
    return _result(READERS, _ERROR, ("code", "pages"), rows)


def sql(name: str, failure: Failure | None, *, is_warning: bool, is_repeated: bool) -> dg.AssetCheckResult:
    """The result of a check of a release's rows; None as failure where it found none.

    Args:
        name: the check's.
        failure: what it found; of a check that may do both, this says whether it only warns.
        is_warning: whether it is one that only warns.
        is_repeated: False where nothing was assembled, so that one that blocks was not asked again.
    """
    only_warns = failure.is_warning if failure else is_warning
    told = {"rows": dg.MetadataValue.md(preview.failure(failure))} if failure else {}
    return dg.AssetCheckResult(
        check_name=name,
        passed=failure is None,
        severity=_WARN if only_warns else _ERROR,
        description=None if is_repeated or is_warning else "as it was found when this release was made",
        metadata={AMISS: failure.number if failure else 0, **told},
    )


def no_drift(alarms: Sequence[Alarm]) -> dg.AssetCheckResult:
    """Do the newest pages look as their publishers' pages did?"""
    rows = [(row.url, row.field, row.kind, row.expected, row.found) for row in alarms]
    return _result(NO_DRIFT, _WARN, ("url", "field", "kind", "expected", "found"), rows)


def as_before(candidate: Path, published: Path | None) -> Iterator[dg.AssetCheckResult]:
    """Has the candidate lost rows, and are its fields filled as before?"""
    now = release_folder.fill_rates(candidate, "contributions", _FIELDS)
    numbers = {f"{name} filled": round(rate, 4) for name, rate in now.items()}
    if published is None or not release_folder.is_sealed(published):
        yield _incomparable(ROWS, published)
        yield _incomparable(FILL, published, numbers)
        return
    counts = [
        (name, release_folder.row_count(published, name), release_folder.row_count(candidate, name))
        for name, table in TABLES.items()
        if table.content
    ]
    fewer = [(name, before, after) for name, before, after in counts if after < before * (1 - _FEWER)]
    yield _result(ROWS, _WARN, ("table", "published", "candidate"), fewer)
    before = release_folder.fill_rates(published, "contributions", _FIELDS)
    emptier = [
        (name, f"{before[name]:.1%}", f"{now[name]:.1%}") for name in _FIELDS if now[name] < before[name] - _EMPTIER
    ]
    yield _result(FILL, _WARN, ("field", "published", "candidate"), emptier, numbers)


def _incomparable(name: str, published: Path | None, numbers: Mapping[str, Any] | None = None) -> dg.AssetCheckResult:
    """The result where there is no published release to compare with, or a damaged one, which is worth a warning."""
    rows = [(published.name, _DAMAGED)] if published else []
    return _result(name, _WARN, ("published release", "what"), rows, numbers)


def release_is_sealed(release: Path) -> dg.AssetCheckResult:
    """Is the release whole?"""
    rows = [] if release_folder.is_sealed(release) else [(release.name, "`roundtable verify` says where")]
    return _result(SEALED, _ERROR, ("release", "what to do"), rows)


def database_answers(opened: OpenedHome) -> dg.AssetCheckResult:
    """Does the database hold what the release holds, and can its views be asked?"""
    release, database = opened.home.tables / "current", opened.home.database
    rows: list[tuple[Any, ...]] = []
    counts = " UNION ALL ".join(f"SELECT {literal(name)}, count(*) FROM {name}" for name in TABLES)  # noqa: S608 - the model's names
    for name, number in query.run(database, counts).rows:
        expected = release_folder.row_count(release, str(name))
        if number != expected:
            rows.append((name, f"{number} rows, and {expected} in the release"))
    views = query.run(database, "SELECT view_name FROM duckdb_views() WHERE NOT internal").rows
    for (view,) in views:
        try:
            query.run(database, f'SELECT * FROM "{view}" LIMIT 1')  # noqa: S608 - a name of ours
        except RoundtableError as error:
            rows.append((view, error.what))
    return _result(ANSWERS, _ERROR, ("table or view", "what"), rows, {"views": len(views)})


def product_is_whole(files: Mapping[str, int]) -> dg.AssetCheckResult:
    """Is there something in each file?"""
    return _result(WHOLE, _ERROR, ("file", "bytes"), [(name, size) for name, size in files.items() if not size])


def nothing_absent(database: Path, run_id: str) -> dg.AssetCheckResult:
    """Was everything had that this run expected?"""
    nothing_read = ", ".join(map(literal, _NOTHING_READ))
    found = query.run(
        database,
        f"SELECT url, what, code, why FROM run_report_lines WHERE run_id = {literal(run_id)} AND ("  # noqa: S608
        f"what IN ('failed', 'refused') AND NOT planned OR what = 'rejected' AND code IN ({nothing_read})) "
        "QUALIFY row_number() OVER (PARTITION BY url ORDER BY what) = 1 ORDER BY ALL",
    )
    return _result(NOTHING_ABSENT, _WARN, found.columns, found.rows)


def _result(
    name: str,
    severity: dg.AssetCheckSeverity,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    numbers: Mapping[str, Any] | None = None,
) -> dg.AssetCheckResult:
    metadata: dict[str, Any] = {AMISS: len(rows), **(numbers or {})}
    if rows:
        metadata["rows"] = dg.MetadataValue.md(f"{DESCRIPTIONS[name]}\n\n{preview.listed(columns, rows)}")
    return dg.AssetCheckResult(check_name=name, passed=not rows, severity=severity, metadata=metadata)

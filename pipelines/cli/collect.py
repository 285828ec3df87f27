"""Commands that fill the archive: demo, ingest, import, rebuild."""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, opened_home, print_json, progress, say

_DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("demo")(demo)
    app.command("ingest")(ingest)
    app.command("import")(import_)
    app.command("rebuild")(rebuild)


def demo(home: HomeOption = None, as_json: JsonOption = False) -> int:
    """Take the bundled, invented round table from published pages to SQL.

    Example: `roundtable demo --home /tmp/night-bus`
    """
    from pipelines import demonstration  # noqa: PLC0415

    folder = opened_home(home)
    if not as_json:
        say(f"The demonstration: a small magazine on a loopback server, archived into {folder.root}", "bold")
    with folder.writing():
        source = demonstration.prepare(folder, _quiet if as_json else progress)
    return _ingest(folder, [source], "demo", as_json=as_json, show_queries=True)


def ingest(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE|SERIES|ROUND_TABLE]...", help="What to fetch; nothing means all.", show_default=False
        ),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only what is due by the cadence of its round table.")] = False,
    from_wayback: Annotated[
        bool, typer.Option("--from-wayback", help="Fetch what the Wayback Machine has of the pages instead.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, metavar="DAY", help="With --from-wayback: the first day.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, metavar="DAY", help="With --from-wayback: the last day.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Fetch what is due from the publishers, or from a web archive, and bring tables and database up to date.

    Example: `roundtable ingest --due`, or `roundtable ingest opendemocracy --from-wayback --to 2020-12-31`
    """
    from pipelines import steps, visits  # noqa: PLC0415
    from pipelines.ingest import check_names  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    folder = opened_home(home)
    wanted = names or []
    days = {option: day.date().isoformat() for option, day in (("--from", since), ("--to", until)) if day is not None}
    if (days and not from_wayback) or (since and until and since > until):
        given = " ".join(f"{option} {day}" for option, day in days.items())
        raise RoundtableError(Code.DAYS_UNUSABLE, "the days cannot be used", given)
    if due and from_wayback:
        what = "--due goes by what publishers' servers were asked, --from-wayback asks another"
        raise RoundtableError(Code.OPTIONS_APART, what, "ingest --due --from-wayback")
    opened = OpenedHome(folder)
    check_names(opened, wanted, from_wayback=from_wayback)
    if due:
        plan = visits.plan(opened, steps.now())
        if not plan.due_among(wanted):
            from pipelines.cli.agenda import report_nothing_due  # noqa: PLC0415

            report_nothing_due(plan, as_json=as_json)
            return 0
    options = [word for option in days for word in (option, days[option])]
    if from_wayback:
        options = ["--from-wayback", *options]
    command = " ".join(["ingest", *wanted, *(["--due"] if due else []), *options])
    config = {"due": due, "from_wayback": from_wayback, "since": days.get("--from"), "until": days.get("--to")}
    return _ingest(folder, wanted, command, config, as_json=as_json)


def _ingest(
    folder: Home,
    names: list[str],
    command: str,
    config: dict[str, Any] | None = None,
    *,
    as_json: bool = False,
    show_queries: bool = False,
) -> int:
    from pipelines.cli import report  # noqa: PLC0415
    from pipelines.running import run_job  # noqa: PLC0415 - Dagster takes a second to import

    before = report.row_digests(folder)
    with folder.writing():
        run_id = run_job(
            folder, "ingest", _quiet if as_json else progress, {"names": names, "command": command, **(config or {})}
        )
    outcome = report.ingestion(folder, run_id, before)
    if as_json:
        print_json(outcome.as_dict())
    else:
        report.print_ingestion(outcome)
        if show_queries:
            report.print_first_queries(folder)
        report.print_whereabouts(folder)
    return 1 if outcome.failed else 0


def _quiet(words: str) -> None:
    """Report nothing: programs read the result alone."""


def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.", show_default=False)
    ],
    source: Annotated[
        str | None, typer.Option("--source", help="The publisher, by its short name.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the page was published.", show_default=False)] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Keep saved pages, text copies, WARC and WACZ files as captures, and bring tables and database up to date.

    Example: `roundtable import saved.html --source opendemocracy --url https://www.opendemocracy.net/en/...`
    """
    from pipelines import crawls, importing, steps  # noqa: PLC0415
    from pipelines.cli.imported import Imported, print_imported  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415
    from warehouse import release_folder  # noqa: PLC0415

    folder = opened_home(home)
    opened = OpenedHome(folder)
    tell = _quiet if as_json else progress
    pages, packed = importing.choose(paths, source, url, opened.register)
    release_folder.check_published(folder.tables)
    outcome = Imported()
    with folder.writing():
        if pages:
            started = steps.now()
            run, captures = importing.keep(pages, source, opened.store, run_id=str(uuid.uuid4()), started_at=started)
            opened.journal.append(run)
            outcome.add_pages(run, captures)
            for page, capture in zip(pages, captures, strict=True):
                where = page.url if page.is_placed else "its address is unknown; --url would say it"
                tell(f"kept {page.path.name} as {capture.capture_id} ({where})")
        if packed:
            run, outcome.crawls = crawls.take(opened, packed, source, run_id=str(uuid.uuid4()), say=tell)
        from pipelines.running import run_job  # noqa: PLC0415

        run_job(folder, "rebuild", tell)
    outcome.look_up(folder)
    if as_json:
        print_json(outcome.as_dict())
    else:
        print_imported(outcome)
    return 1 if outcome.is_faulty else 0


def rebuild(
    accept_losses: Annotated[
        bool,
        typer.Option("--accept-losses", help="Publish although many contributions are there no more: this is meant."),
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Make tables and database again from captures, curation and journal; an older home is brought to this version.

    Example: `roundtable rebuild --home /srv/archive`
    """
    from pipelines.cli import report  # noqa: PLC0415
    from pipelines.running import run_job  # noqa: PLC0415

    folder = opened_home(home, upgrade=True)
    with folder.writing():
        run_job(folder, "rebuild", _quiet if as_json else progress, {"accept_losses": accept_losses})
    if as_json:
        print_json(report.rebuilt(folder))
    else:
        report.print_whereabouts(folder)
    return 0

"""The commands about the register: list what is known, propose a round table, accept a proposal.

None of them imports Dagster; tables and database change with the next `ingest` or `import`.
"""

from pathlib import Path
from typing import Annotated

import typer

from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, opened_home, print_json, print_table, progress, say, typed

group = typer.Typer()


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.add_typer(group, name="sources")


@group.callback(invoke_without_command=True)
def sources(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> int:
    """List the publishers, series and round tables that can be named in `ingest` and `import`, and what is proposed.

    Example: `roundtable sources`
    """
    if context.invoked_subcommand:
        return 0
    from archive.sources.register import Register  # noqa: PLC0415
    from pipelines.proposing import waiting  # noqa: PLC0415

    folder = Home.at(home).curation / "register"
    register, proposed = Register.load(folder), waiting(folder)
    rows = [
        {
            "source": source.id,
            "name": source.keys.publisher.name,
            "series": [series.id for series, _ in source.all_series()],
            "round_tables": [table.id for table in source.round_tables],
            "targets": sum(len(table.keys.targets) for table in source.round_tables),
            "proposed": proposed.get(source.id, []),
        }
        for source in register.sources
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    return 0


@group.command("propose")
def propose(
    url: Annotated[str, typer.Argument(metavar="URL", help="The landing page of a round table.", show_default=False)],
    file: Annotated[
        Path | None, typer.Option("--file", help="The page as a saved file; nothing is fetched.", show_default=False)
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Keep the proposal in the home until it is accepted.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Propose a file of the register from the landing page of a known publisher, with a witness for each value.

    Example: `roundtable sources propose https://www.opendemocracy.net/en/... --write`
    """
    from archive.normalise import urls  # noqa: PLC0415
    from archive.sources.register import Register  # noqa: PLC0415
    from pipelines import proposing  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    address = urls.canonical(urls.parse(url))
    known = Register.load(Home.at(home).curation / "register")
    proposing.source_of(known, address)
    path = None
    if file and not write:
        made = proposing.from_file(known, address, file)
    else:
        opened = OpenedHome(opened_home(home))
        # Without --write the file is the output, and nothing else may stand in it.
        tell = progress if write and not as_json else lambda _: None
        with opened.home.writing():
            made = proposing.from_file(known, address, file) if file else proposing.from_web(opened, address, tell)
            path = proposing.keep(opened, made) if write else None
    if as_json:
        print_json(proposing.as_dict(made, path))
    elif path:
        say(f"proposed: {path}")
        say(f"Look at it, correct it, then type: {typed()} sources accept {made.proposal.id}")
    else:
        typer.echo(made.toml, nl=False)
    return 0


@group.command("accept")
def accept(
    round_table: Annotated[
        str, typer.Argument(metavar="ROUND_TABLE", help="The id of a proposed round table.", show_default=False)
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Put a proposed round table into use: `ingest` and `import` know it from now on.

    Example: `roundtable sources accept future-of-work`
    """
    from pipelines import proposing  # noqa: PLC0415
    from pipelines.opened import OpenedHome  # noqa: PLC0415

    opened = OpenedHome(opened_home(home))
    with opened.home.writing():
        path = proposing.accept(opened, round_table)
    if as_json:
        print_json({"round_table": round_table, "path": path})
    else:
        say(f"accepted: {path}")
    return 0

"""The command `search`: who said it, where and when, with the words in their sentence. It does not import Dagster."""

import datetime as dt
import re
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import HomeOption, JsonOption, counted, print_json, say, show, text

if TYPE_CHECKING:
    from rich.text import Text

    from warehouse.search import Found, Hit

_PROMPT = 70
"""Characters of a question that stand in the table."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    # What begins with a hyphen is an unwanted word here.
    app.command("search", context_settings={"ignore_unknown_options": True})(search)


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", help='Words, "exact phrases", -unwanted words, beginn* of words.', show_default=False
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many hits to show.")] = 10,
    person: Annotated[
        str | None, typer.Option("--person", help="Only what this person said: part of a name, or an id.")
    ] = None,
    series: Annotated[
        str | None, typer.Option("--series", help="Only this series, or this round table, by its id.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Published on this day or earlier.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Search the texts: best first, whatever the case, accents and inflection of the words.

    Example: `roundtable search "last mile" driver* -toll --from 2024-01-01`
    """
    from warehouse.search import Narrowed, find  # noqa: PLC0415

    to = Narrowed(person=person, series=series, since=_day(since, "--from"), until=_day(until, "--to"))
    if to.since and to.until and to.since > to.until:
        raise RoundtableError(Code.DAYS_UNUSABLE, "--from is later than --to", "search", "exchange the two days")
    # Bytes that are no UTF-8 come from the shell as lone surrogates: nothing that could be found.
    query = " ".join(_quoted(word) for word in words).encode("utf-8", "replace").decode()
    found = find(Home.at(home).database, query, limit=limit, narrowed=to)
    if as_json:
        print_json([asdict(hit) for hit in found.hits])
    elif found.hits:
        _print(found)
    else:
        within = " within what you narrowed it to" if to.is_anything else ""
        say(f"Nothing was found for {query[:200]}{within}.")
    return 0 if found.hits else 1


def _quoted(word: str) -> str:
    """A word as it was typed: what the shell took the quotation marks off is a phrase again."""
    if word.startswith("--"):
        raise typer.BadParameter(f"there is no option {word.partition('=')[0]}")
    sign, rest = ("-", word[1:]) if word.startswith("-") else ("", word)
    return f'{sign}"{rest}"' if re.search(r"\S\s+\S", rest) and '"' not in rest else word


def _day(value: str | None, option: str) -> dt.date | None:
    """A day, or the first of a year or month, as ISO 8601 has it."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise RoundtableError(Code.DAYS_UNUSABLE, f"{value!r} is no day", option, "give it as 2024-05-31") from None


def _print(found: "Found") -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold", expand=False)
    table.add_column("", justify="right", style="dim")
    table.add_column("who and when", max_width=24)
    table.add_column("where", max_width=30)
    table.add_column("what", min_width=30)
    for hit in found.hits:
        table.add_row(str(hit.rank), _who(hit), _where(hit), _what(hit))
    show(table)
    more = found.total - len(found.hits)
    say(
        counted(found.total, "hit") + (f"; the best {len(found.hits)} are shown, --limit shows more" if more else ""),
        "dim",
    )


def _who(hit: "Hit") -> "Text":
    who = text(hit.names or "nobody is named", style="bold" if hit.names else "dim")
    return who.append(f"\n{hit.published_on or 'no date'}", style="not bold dim")


def _where(hit: "Hit") -> "Text":
    lines = [hit.round_table or hit.title or hit.contribution_id]
    question = hit.prompt or (hit.title if hit.round_table else None)
    if question:
        lines.append(question if len(question) <= _PROMPT else question[: _PROMPT - 1].rstrip() + "…")
    return text(lines[0]).append_text(text("".join(f"\n{line}" for line in lines[1:]), "dim"))


def _what(hit: "Hit") -> "Text":
    """The snippet; what was found in colour, or between asterisks where there is none."""
    words = hit.snippet or hit.title or ""
    if not sys.stdout.isatty():
        what = text(words)
    else:
        what = text()
        for number, part in enumerate(words.split("**")):
            what.append_text(text(part, "bold yellow" if number % 2 else ""))
    return what.append_text(text(f"\n{hit.contribution_id}", "dim"))

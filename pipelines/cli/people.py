"""The commands about people and organisations: who is known, what is proposed, and what somebody decides.

Listing and proposing never import Dagster; what decides makes the tables again.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines.cli.shared import (
    HomeOption,
    JsonOption,
    counted,
    print_json,
    print_table,
    progress,
    say,
    typed,
)

if TYPE_CHECKING:
    from archive.authority.proposals import Proposal
    from pipelines import deciding
    from warehouse.rendering import Result

group = typer.Typer()
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides.", show_default=False)]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why; it stands in the tables.", show_default=False)]
LaterOption = Annotated[bool, typer.Option("--later", help="Only write it down; `roundtable rebuild` applies it.")]
ProposalArguments = Annotated[
    list[str], typer.Argument(metavar="PROPOSAL…", help="Ids that `propose` lists.", show_default=False)
]
_SHOWN = 20

_LIST = """
SELECT {sort} AS filed_under, {key} AS id, status,
       (SELECT count(DISTINCT round_table_id) FROM (
            SELECT round_table_id FROM round_table_participants AS p WHERE p.{key} = e.{key}
            UNION
            SELECT c.round_table_id FROM participations AS p JOIN contributions AS c USING (contribution_id)
            WHERE p.{key} = e.{key}
       )) AS round_tables,
       (SELECT count(DISTINCT contribution_id) FROM participations AS p WHERE p.{key} = e.{key}) AS contributions,
       (SELECT string_agg(scheme || ':' || value, ', ' ORDER BY scheme) FROM identifiers WHERE entity_id = e.{key})
           AS identifiers
FROM {table} AS e
ORDER BY lower(strip_accents({sort})), {key}
"""
_DECISIONS = """
SELECT d.decision_id, d.kind, d.state,
       coalesce(
           string_agg(s.entity_id || coalesce(': ' || s.detail, ''), ', ' ORDER BY s.position),
           any_value(u.undoes)
       ) AS about,
       d.reason, d.decided_by, d.decided_at, d.undone_by, d.problem
FROM authority_decisions AS d
LEFT JOIN authority_subjects AS s USING (decision_id)
LEFT JOIN (
    SELECT undone_by AS decision_id, string_agg(decision_id, ', ') AS undoes FROM authority_decisions GROUP BY ALL
) AS u USING (decision_id)
GROUP BY ALL
ORDER BY d.decided_at, d.decision_id
"""


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.add_typer(group, name="people")


@group.callback(invoke_without_command=True)
def people(
    context: typer.Context,
    organisations: Annotated[bool, typer.Option("--organisations", help="List organisations instead.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """List who is known: id, where they are filed, whether somebody has reviewed that, and where they speak.

    Example: `roundtable people`
    """
    if context.invoked_subcommand:
        return 0
    keys = ("organisation_id", "name", "organisations") if organisations else ("person_id", "sort_name", "people")
    return _listed(_asked(Home.at(home), _LIST.format(key=keys[0], sort=keys[1], table=keys[2])), as_json)


@group.command("show")
def show(
    who: Annotated[str, typer.Argument(metavar="WHO", help="An id, or a part of a name.", show_default=False)],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show what is known of somebody: names as printed, affiliations, notes, and what was decided.

    Example: `roundtable people show "Harcastle"`
    """
    from archive.normalise.text import key  # noqa: PLC0415
    from pipelines import deciding  # noqa: PLC0415

    folder = Home.at(home)
    known = deciding.known(folder)
    former = dict(_asked(folder, "SELECT alias, id FROM id_aliases").rows)
    everybody = (*known.people, *known.organisations)
    wanted = former.get(who, who)
    found = [one for one in everybody if one.entity == wanted] or [
        one
        for one in everybody
        if key(who) and any(key(who) in key(name) for name in (one.name.display, *(v.name for v in one.voices)))
    ]
    if not found:
        raise RoundtableError(Code.PERSON_UNKNOWN, f"nobody is called {who!r} here")
    told = [_about(one) for one in found]
    decisions = _asked(folder, _DECISIONS).rows
    subjects = _asked(folder, "SELECT decision_id, entity_id FROM authority_subjects").rows
    for one in told:
        about = {name for name, entity in subjects if former.get(entity, entity) == one["id"]}
        one["decisions"] = [f"{row[0]} {row[1]} ({row[2]}): {row[4]}" for row in decisions if row[0] in about]
        one["former_ids"] = sorted(alias for alias, name in former.items() if name == one["id"])
    if as_json:
        print_json(told)
        return 0
    for number, one in enumerate(told):
        if number:
            say()
        say(f"{one['name']}  {one['id']}", "bold")
        for label, value in one.items():
            if label not in {"id", "name"} and value:
                lines = value if isinstance(value, list) else [value]
                for position, line in enumerate(lines):
                    say(f"  {label.replace('_', ' ') if not position else '':<14}{line}")
    return 0


def _about(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a profile; its room is imported when it is needed
    spoken = sorted({(voice.scope, voice.role) for voice in one.voices})
    return {
        "id": one.entity,
        "name": one.name.display,
        "filed_under": one.name.sort_name,
        "status": "reviewed" if one.reviewed else "provisional",
        "printed_as": sorted({voice.name for voice in one.voices}),
        "speaks_in": [f"{scope} ({role})" for scope, role in spoken],
        "contributions": sorted(one.signed),
        "affiliations": sorted(one.affiliations().values()),
        "notes": sorted({voice.bio for voice in one.voices if voice.bio}),
        "identifiers": [f"{name} ({'printed' if where else 'reviewed'})" for name, where in one.identifiers.items()],
    }


@group.command("propose")
def propose(
    everything: Annotated[bool, typer.Option("--all", help="Show more than the first 20.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Propose who may be one, who may be two, and identifiers, with what speaks for it and against it.

    Nothing is joined by this; look, then `accept` or `reject`.

    Example: `roundtable people propose`
    """
    from pipelines import deciding  # noqa: PLC0415

    found = deciding.proposed(Home.at(home))
    if as_json:
        print_json([_proposal(one) for one in found])
        return 0
    shown = found if everything else found[:_SHOWN]
    for one in shown:
        _print(one)
    if not found:
        say("Nothing is proposed.")
        return 0
    if len(shown) < len(found):
        say(f"{len(found) - len(shown)} more: {typed()} people propose --all")
    say(f'Accept with: {typed()} people accept {found[0].id} --by "YOUR NAME"')
    return 0


def _proposal(one: "Proposal") -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "about": one.about,
        "members": list(one.members),
        "detail": one.detail,
        "name": one.name,
        "printed": [{"within": within, "words": words} for within, words in one.printed],
        "alike": one.alike,
        "for": list(one.pro),
        "against": list(one.contra),
        "on_name_alone": one.on_name_alone,
    }


def _print(one: "Proposal") -> None:
    what = {
        "same": f"{' = '.join(one.members)}",
        "split": f"in {', '.join(one.members[1:])} another than {one.members[0]} speaks",
        "identifier": f"{one.members[0]} is {one.detail}",
        "name": f"{one.members[0]} is filed under ‘{one.detail}’",
        "affiliation": f"{', '.join(f'‘{words}’ ({within})' for within, words in one.printed)} → {one.members[0]}",
    }[one.kind]
    say(f"{one.id}  {what}", "bold")
    say(f"  names    {one.alike}")
    for words in one.pro:
        say(f"  for      {words}", "green")
    for words in one.contra:
        say(f"  against  {words}", "red")
    if one.on_name_alone:
        say("  nothing but names speaks for it: accepting it needs a --reason of your own", "yellow")


@group.command("accept")
def accept(
    proposals: ProposalArguments,
    by: ByOption = None,
    reason: ReasonOption = None,
    later: LaterOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Accept proposals: a decision for each is written into the authority file, and the tables are made again.

    Example: `roundtable people accept p1c0ffee --by "R. Arkiv"`
    """
    from pipelines import deciding  # noqa: PLC0415

    asked = deciding.Asked(reason, by, rebuild=not later)
    return _told(deciding.accept(_archive(home), proposals, asked, _teller(as_json)), as_json)


@group.command("reject")
def reject(
    proposals: ProposalArguments,
    by: ByOption = None,
    reason: ReasonOption = None,
    later: LaterOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Decide that those of a proposal are not one; it is not proposed again.

    Example: `roundtable people reject p1c0ffee --reason "one of them died in 1998"`
    """
    from pipelines import deciding  # noqa: PLC0415

    asked = deciding.Asked(reason, by, rebuild=not later)
    return _told(deciding.reject(_archive(home), proposals, asked, _teller(as_json)), as_json)


@group.command("split")
def split(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The id of the person.", show_default=False)],
    contributions: Annotated[
        list[str], typer.Argument(metavar="CONTRIBUTION…", help="Where somebody else speaks.", show_default=False)
    ],
    by: ByOption = None,
    reason: ReasonOption = None,
    later: LaterOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Decide that somebody else of the same name speaks in these contributions, and give that person a new id.

    Example: `roundtable people split stairs/people/ada-lind stairs/a-letter --reason "a namesake, by her own word"`
    """
    from pipelines import deciding  # noqa: PLC0415

    asked = deciding.Asked(reason, by, rebuild=not later)
    return _told(deciding.split(_archive(home), person, contributions, asked, _teller(as_json)), as_json)


@group.command("undo")
def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The id of a decision.", show_default=False)],
    by: ByOption = None,
    reason: ReasonOption = None,
    later: LaterOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> int:
    """Undo a decision: both stay in the authority file, and the former ids are back.

    Example: `roundtable people undo 2026-11-29-1 --reason "they are two after all"`
    """
    from pipelines import deciding  # noqa: PLC0415

    asked = deciding.Asked(reason, by, rebuild=not later)
    return _told(deciding.undo(_archive(home), decision, asked, _teller(as_json)), as_json)


@group.command("decisions")
def decisions(home: HomeOption = None, as_json: JsonOption = False) -> int:
    """List what was decided, by whom, why, and whether it holds.

    Example: `roundtable people decisions`
    """
    return _listed(_asked(Home.at(home), _DECISIONS), as_json)


def _archive(home: Path | None) -> Home:
    """The home of a command that decides: one that holds something."""
    folder = Home.at(home)
    if not folder.captures.is_dir():
        raise RoundtableError(Code.HOME_EMPTY, "there is no archive here yet", str(folder.root))
    return folder.prepare()


def _listed(found: "Result", as_json: bool) -> int:
    if as_json:
        print_json(found.dicts())
    else:
        print_table(found.columns, found.rows)
    return 0


def _asked(home: Home, sql: str) -> "Result":
    from warehouse import query  # noqa: PLC0415

    return query.run(home.database, sql)


def _teller(as_json: bool) -> Any:  # noqa: ANN401 - a function that is told lines
    return (lambda _: None) if as_json else progress


def _told(written: "list[deciding.Written]", as_json: bool) -> int:
    """Say what was written; a decision that does not hold is something wrong with the data."""
    if as_json:
        print_json([one.as_dict() for one in written])
    else:
        for one in written:
            stands = f": {one.problem}" if one.problem else ""
            state = one.state or f"not in the tables yet: {typed()} rebuild"
            say(f"{one.decision_id}  {one.kind}  {state}{stands}", "red" if one.problem else None)
        say(f"{counted(len(written), 'decision')} in {written[0].file}")
    return 1 if any(one.problem for one in written) else 0

"""Who speaks: provisional identities first, then what people decided about them, in every row that names somebody.

Here belongs putting ids into rows, and the rows of people, organisations, identifiers and aliases. Linear in the number
of participations. Not here: minting (`identities`), weighing decisions (`standing`), and how decisions look as rows
(`accounts`).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from archive.authority import accounts, printed
from archive.authority.decisions import Affiliated, Distinct, Ledger, Located, Renamed, Split
from archive.authority.identities import Called, Identities
from archive.authority.standing import Setting, Standing, begin, named_by, weigh
from archive.codes import Code
from archive.discussion.ids import Ids
from archive.discussion.witness import EvidenceBook
from archive.model import (
    Affiliation,
    Contribution,
    ContributionVersion,
    Evidence,
    IdAlias,
    Identifier,
    Organisation,
    Participant,
    Participation,
    Person,
    Prompt,
    Rejection,
    RoundTable,
    StageCount,
)
from archive.model.people import IdentityStatus
from archive.model.records import Records
from archive.normalise.persons import PersonName
from archive.normalise.text import squeeze
from archive.sources.register import Register


def reconcile(
    records: Records,
    register: Register,
    ids: Ids,
    ledger: Ledger,
    evidence: EvidenceBook,
    beside: Iterable[Evidence] = (),
) -> None:
    """Say who speaks in participants, participations and affiliations, and add the identities.

    Args:
        records: hold the rows as they were read; get the identities, the decisions and the balance.
        register: knows line-ups, and whose family name stands first.
        ids: the ledger of minted ids.
        ledger: the authority file.
        evidence: gets the witnesses of names and identifiers.
        beside: what pages print beside names, as `printed.beside_names` gives it.
    """
    book = Identities(ids, register, evidence)
    records.replace(Participant, book.line_up(records.of(Participant)))
    versions = {(row.contribution_id, row.version): row for row in records.of(ContributionVersion)}
    scopes = {row.contribution_id: row.round_table_id or row.contribution_id for row in records.of(Contribution)}
    records.replace(
        Participation,
        [
            book.voice(row, versions[row.contribution_id, row.version], scopes[row.contribution_id])
            for row in records.of(Participation)
        ],
    )
    _balance(records, versions)
    _settle(records, ids, book)
    standing = begin(ledger, {row.alias: row.id for row in ids.rows()})
    _split(records, standing, ids, book)
    _name_employers(standing, ids, book, evidence)
    setting = _setting(records, ids, scopes, book)
    weigh(standing, setting)
    _join(records, standing, scopes)
    _add_identities(records, standing, book, evidence)
    printed.add_identifiers(records, beside, evidence)
    _add_aliases(records, standing, ids)
    accounts.add(records, standing, setting.present, evidence.captures)


def _settle(records: Records, ids: Ids, book: Identities) -> None:
    """Two ids may be found to be one voice's only after rows were given the one that leads to the other."""
    if not ids.fresh_aliases:
        return
    for kind in (Participant, Participation):
        rows: list[Any] = records.of(kind)
        settled = [replace(row, person_id=ids.resolve(row.person_id)) if row.person_id else row for row in rows]
        records.replace(kind, settled)
    for name in [name for name in book.people if name in ids.aliases]:
        book.people.setdefault(ids.resolve(name), book.people.pop(name))


def _balance(records: Records, versions: dict[tuple[str, int], ContributionVersion]) -> None:
    """Every voice has an identity, or a kind of agent that has none, or a row that says why not."""
    voices = records.of(Participation)
    unnamed = [row for row in voices if row.agent_kind == "person" and not row.person_id]
    for row in unnamed:
        version = versions[row.contribution_id, row.version]
        records.add(
            Rejection(
                rejection_id=f"{row.contribution_id}@{row.version}#{row.position}",
                stage="reconcile",
                code=str(Code.NAME_SHARED),
                url=version.url,
                locator=f"byline of {row.contribution_id}, version {row.version}, position {row.position}",
                excerpt=row.name_as_printed,
                reason="two entries of the line-up have this name, and the byline does not say which of them it is",
            )
        )
    records.add(
        StageCount(
            release_id="",
            stage="reconcile",
            unit="voice",
            input=len(voices),
            output=len(voices) - len(unnamed),
            rejected=len(unnamed),
        )
    )


def _split(records: Records, standing: Standing, ids: Ids, book: Identities) -> None:
    """Give the voices that decisions name to the other person of that name."""
    splits = [one.decision for one in standing.holding() if isinstance(one.decision, Split)]
    about = {standing.now(decision.person) for decision in splits}
    spoken = {(row.person_id, row.contribution_id) for row in records.of(Participation) if row.person_id in about}
    into: dict[tuple[str | None, str], str] = {}
    for decision in splits:
        own = f"person:split|{decision.id}"
        person = standing.now(decision.person)
        wanted = {(person, standing.now(name)) for name in decision.contributions}
        if decision.into in ids.taken and ids.of_key(own) != decision.into:
            standing.refused[decision.id] = f"into: {decision.into!r} is taken: choose another id"
        elif person in book.people and not wanted <= spoken:
            what = min(wanted - spoken)[1]
            standing.refused[decision.id] = f"contributions: {decision.person!r} does not speak in {what!r}"
        elif twice := wanted & into.keys():
            standing.refused[decision.id] = f"contributions: {min(twice)[1]!r} is given to {into[min(twice)]!r} already"
        else:
            ids.mint([own], decision.into)
            if person in book.people:
                into |= dict.fromkeys(wanted, decision.into)
                book.people[decision.into] = book.people[person]
    if into:
        voices = records.of(Participation)
        owners = [into.get((row.person_id, row.contribution_id), row.person_id) for row in voices]
        moved = [replace(row, person_id=owner) for row, owner in zip(voices, owners, strict=True)]
        records.replace(Participation, moved)


def _name_employers(standing: Standing, ids: Ids, book: Identities, evidence: EvidenceBook) -> None:
    """Organisations that only affiliations speak of: whoever decides that there is one gives it its name."""
    for located in standing.holding():
        decision = located.decision
        if not isinstance(decision, Affiliated) or not decision.name or decision.organisation in book.organisations:
            continue
        own = f"organisation:decided|{decision.organisation}"
        if decision.organisation in ids.taken and own not in ids.by_key:
            continue
        ids.mint([own], decision.organisation)
        name = PersonName(decision.name, None, None, None, (), (), decision.name)
        book.organisations[decision.organisation] = _by_decision(name, located, evidence)


def _setting(records: Records, ids: Ids, scopes: dict[str, str], book: Identities) -> Setting:
    line_up: dict[str, set[tuple[str, str]]] = {}
    bylines: dict[str, set[str]] = {}
    for entry in records.of(Participant):
        if entry.role == "respondent":
            name = entry.person_id or entry.organisation_id or ""
            line_up.setdefault(name, set()).add((entry.round_table_id, entry.entry))
    for voice in records.of(Participation):
        bylines.setdefault(voice.person_id or voice.organisation_id or "", set()).add(voice.contribution_id)
    return Setting(
        people={value for key, value in ids.by_key.items() if key.startswith("person:")},
        organisations={value for key, value in ids.by_key.items() if key.startswith("organisation:")},
        present=book.people.keys() | book.organisations.keys(),
        line_up=line_up,
        bylines=bylines,
        printed={(scopes[row.contribution_id], squeeze(row.as_printed)) for row in records.of(Affiliation)},
    )


def _join(records: Records, standing: Standing, scopes: dict[str, str]) -> None:
    """Put the id that stays wherever one stands that leads to it, and organisations beside affiliations."""

    def root(name: str | None) -> str | None:
        return standing.root(name) if name in standing.parents else name

    for kind in (Participant, Participation):
        rows: list[Any] = records.of(kind)
        records.replace(
            kind,
            [replace(row, person_id=root(row.person_id), organisation_id=root(row.organisation_id)) for row in rows],
        )
    if standing.affiliations:
        records.replace(
            Affiliation,
            [
                replace(row, organisation_id=known[0])
                if (known := standing.affiliations.get((scopes[row.contribution_id], squeeze(row.as_printed))))
                else row
                for row in records.of(Affiliation)
            ],
        )


def _by_decision(name: PersonName, located: Located, evidence: EvidenceBook) -> Called:
    rule = f"a decision: {located.decision.reason}"
    return Called(name, rule, "authority", located.place, evidence.captures.get(located.file))


def _add_identities(records: Records, standing: Standing, book: Identities, evidence: EvidenceBook) -> None:
    """The rows of people and organisations that are named in other rows, each with the witnesses of its name."""
    voices: list[Participant | Participation] = [*records.of(Participant), *records.of(Participation)]
    used = {row.person_id for row in voices} | {row.organisation_id for row in (*voices, *records.of(Affiliation))}
    reviewed = {
        standing.root(name)
        for located in standing.holding()
        if not isinstance(located.decision, Distinct)
        for name in named_by(located.decision)
    }
    for table, known in (("people", book.people), ("organisations", book.organisations)):
        groups: dict[str, list[Called]] = {}
        for name in sorted(known):
            stays = standing.root(name)
            # Of several names the one that stays goes first.
            groups.setdefault(stays, []).insert(0 if name == stays else len(groups.get(stays, ())), known[name])
        for name, called in groups.items():
            if name not in used:
                continue
            decided = standing.names.get(name)
            if decided and isinstance(decided.decision, Renamed):
                called.insert(0, _by_decision(_name_of(decided.decision), decided, evidence))
            _add_identity(records, table, name, called, "reviewed" if name in reviewed else "provisional", evidence)
    for identifier, (name, located) in sorted(standing.identifiers.items(), key=lambda item: item[0]):
        if name in used:
            records.add(Identifier(entity_id=name, scheme=identifier.scheme, value=identifier.value, status="reviewed"))
            evidence.add(
                ("identifiers", f"{name}#{identifier.scheme}#{identifier.value}", None),
                "value",
                identifier.value,
                witness="authority",
                rule=f"a decision: {located.decision.reason}",
                locator=located.place,
                capture_id=evidence.captures.get(located.file),
            )


def _name_of(decision: Renamed) -> PersonName:
    sort_name = decision.sort_name or decision.name
    return PersonName(decision.name, decision.given, decision.family, None, (), (), sort_name)


def _add_identity(
    records: Records,
    table: str,
    name: str,
    called: list[Called],
    status: IdentityStatus,
    evidence: EvidenceBook,
) -> None:
    """The row of one identity; what it is called first stands, the other names are losers."""
    chosen = called[0].name
    if table == "people":
        records.add(
            Person(
                person_id=name,
                name=chosen.display,
                given=chosen.given,
                family=chosen.family,
                sort_name=chosen.sort_name,
                status=status,
            )
        )
    else:
        records.add(Organisation(organisation_id=name, name=chosen.display, status=status))
    for one in called:
        for column, value in (("name", one.name.display), ("sort_name", one.name.sort_name)):
            if column == "name" or table == "people":
                evidence.add(
                    (table, name, None),
                    column,
                    value,
                    witness=one.witness,
                    rule=one.rule if column == "sort_name" else "the first that names it, unless decided otherwise",
                    locator=one.locator,
                    capture_id=one.capture_id,
                    chosen=one is called[0],
                )


def _add_aliases(records: Records, standing: Standing, ids: Ids) -> None:
    """A row for every id that leads to another now: found to be one with it, joined to it, or split and undone.

    Where it would lead to is told only if that is in these rows.
    """
    here = {row.person_id for row in records.of(Person)} | {row.organisation_id for row in records.of(Organisation)}
    here |= {row.contribution_id for row in records.of(Contribution)} | {row.prompt_id for row in records.of(Prompt)}
    here |= {row.round_table_id for row in records.of(RoundTable)}
    found = {row.alias: (standing.root(row.id), row.reason) for row in ids.rows()}
    found |= {name: (standing.root(name), f"merge, by {by.decision.id}") for name, (_, by) in standing.parents.items()}
    for located in standing.ledger.decisions:
        decision = located.decision
        if isinstance(decision, Split) and ids.of_key(f"person:split|{decision.id}") == decision.into:
            by = standing.undone.get(decision.id)
            if by:
                found[decision.into] = (standing.root(decision.person), f"split undone, by {by}")
    records.extend(
        IdAlias(alias=alias, id=name, reason=reason)
        for alias, (name, reason) in sorted(found.items())
        if name in here and alias not in here
    )

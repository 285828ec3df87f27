"""Provisional identities: one for each voice inside a round table, one for each author of a loose contribution.

Here belongs giving ids to those who are named in line-ups and bylines. Not here: matching across round tables.
"""

from dataclasses import replace

from archive.discussion.ids import Ids
from archive.model import Contribution, ContributionVersion, Organisation, Participant, Participation, Person
from archive.model.records import Records
from archive.normalise.persons import parse_person, same_person_label
from archive.normalise.text import fold, slug
from archive.sources.register import Register, entry_of


def reconcile(records: Records, register: Register, ids: Ids) -> None:
    """Fill person_id and organisation_id in participants and participations, and add the identities."""
    book = _Identities(ids, register)
    records.replace(Participant, [book.participant(row) for row in records.of(Participant)])
    voices = {(row.contribution_id, row.version): row for row in records.of(ContributionVersion)}
    scopes = {row.contribution_id: row.round_table_id or row.contribution_id for row in records.of(Contribution)}
    records.replace(
        Participation,
        [
            book.participation(row, scopes[row.contribution_id], voices[row.contribution_id, row.version].entry)
            for row in records.of(Participation)
        ],
    )
    records.extend(book.people.values())
    records.extend(book.organisations.values())


class _Identities:
    def __init__(self, ids: Ids, register: Register) -> None:
        self.ids = ids
        self.family_first = frozenset(name for source in register.sources for name in source.source.family_first)
        self.organisation_entries = frozenset(
            (table.id, entry_of(entry))
            for table in register.round_tables()
            for group in (table.keys.line_up, table.keys.convenors, table.keys.editors, table.keys.funders)
            for entry in group
            if entry.organisation
        )
        self.people: dict[str, Person] = {}
        self.organisations: dict[str, Organisation] = {}
        self.line_up: dict[tuple[str, str], list[Participant]] = {}

    def participant(self, row: Participant) -> Participant:
        """An entry of a line-up: whoever is in one entry at one position is one voice."""
        organisation = (row.round_table_id, row.entry) in self.organisation_entries
        made = (
            replace(row, organisation_id=self._organisation(row.round_table_id, row.name_as_printed))
            if organisation
            else replace(row, person_id=self._person(row.round_table_id, row.name_as_printed))
        )
        self.line_up.setdefault((row.round_table_id, row.entry), []).append(made)
        return made

    def participation(self, row: Participation, scope: str, entry: str | None) -> Participation:
        """A voice of a contribution: that of its line-up entry where it has one, else one of its own."""
        for known in self.line_up.get((scope, entry or ""), ()):
            if same_person_label(row.name_as_printed, known.name_as_printed):
                kind = "institution" if known.organisation_id and row.agent_kind == "person" else row.agent_kind
                return replace(row, person_id=known.person_id, organisation_id=known.organisation_id, agent_kind=kind)
        if row.agent_kind == "person":
            return replace(row, person_id=self._person(scope, row.name_as_printed))
        if row.agent_kind in {"institution", "collective"}:
            return replace(row, organisation_id=self._organisation(scope, row.name_as_printed))
        return row

    def _person(self, scope: str, printed: str) -> str:
        name = parse_person(printed, family_first=printed in self.family_first)
        key = f"person:{scope}|{fold(name.display)}"
        person_id = self.ids.mint([key], f"{scope}/people/{slug(name.display)}")
        self.people.setdefault(
            person_id,
            Person(
                person_id=person_id,
                name=name.display,
                given=name.given,
                family=name.family,
                sort_name=name.sort_name,
                status="provisional",
            ),
        )
        return person_id

    def _organisation(self, scope: str, printed: str) -> str:
        organisation_id = self.ids.mint(
            [f"organisation:{scope}|{fold(printed)}"], f"{scope}/organisations/{slug(printed)}"
        )
        self.organisations.setdefault(
            organisation_id, Organisation(organisation_id=organisation_id, name=printed, status="provisional")
        )
        return organisation_id

"""Provisional identities: one for each voice inside a round table, one for each author of a loose contribution.

Here belongs giving ids to those who are named in line-ups and bylines, and remembering on whose word they are called
what they are. Not here: anything across round tables; that is decided by people (`standing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.discussion.ids import Ids
from archive.discussion.witness import EvidenceBook
from archive.model import ContributionVersion, Participant, Participation
from archive.model.provenance import Witness
from archive.normalise.persons import PersonName, is_all_caps, label_keys, parse_person, same_person_label
from archive.normalise.text import fold, key, slug
from archive.sources.register import Register, entry_of

_BY_REGISTER = "filed as written: the register says that the family name stands first"
_BY_RULE = "filed under the last word of the name, with the particles before it"
_AS_WRITTEN = "filed as written: no rule tells which part of it is the family name"


Place = tuple[Witness, str, str | None]
"""Who says so, where, and the capture that it was read from."""


@dataclass(frozen=True, slots=True)
class Called:
    """How an identity is called, and where that stands: a value with the place that evidence cites."""

    name: PersonName
    rule: str
    witness: Witness
    locator: str
    capture_id: str | None


class Identities:
    """Mints the identities of one release; `people` and `organisations` are those that were met."""

    def __init__(self, ids: Ids, register: Register, evidence: EvidenceBook) -> None:
        self._ids = ids
        self._files = evidence.captures
        self._signed: dict[str, Place] = {
            row.record_id: (row.witness, row.locator, row.capture_id)
            for row in evidence.rows
            if row.record_type == "round_table_participants" and row.witness == "byline"
        }
        self._tables = {table.id: table.file.name for table in register.round_tables()}
        names = (name for source in register.sources for name in source.source.family_first)
        self._family_first = frozenset(key(name) for name in names)
        self._organisation_entries = frozenset(
            (table.id, entry_of(entry))
            for table in register.round_tables()
            for group in (table.keys.line_up, table.keys.convenors, table.keys.editors, table.keys.funders)
            for entry in group
            if entry.organisation
        )
        self.people: dict[str, Called] = {}
        self.organisations: dict[str, Called] = {}
        self._line_up: dict[tuple[str, str], list[Participant]] = {}
        self._entries: dict[tuple[str, str], dict[str, Participant]] = {}
        self._parsed: dict[str, PersonName] = {}

    def line_up(self, rows: Iterable[Participant]) -> list[Participant]:
        """The entries of all line-ups with their identities: whoever is in one entry at one position is one voice."""
        found = list(rows)
        sharing: dict[tuple[str, str], set[str]] = {}
        for row in found:
            sharing.setdefault(self._label(row), set()).add(row.entry)
        made = [self._participant(row, is_shared=len(sharing[self._label(row)]) > 1) for row in found]
        for row in made:
            self._line_up.setdefault((row.round_table_id, row.entry), []).append(row)
            for label in label_keys(row.name_as_printed):
                self._entries.setdefault((row.round_table_id, label), {}).setdefault(row.entry, row)
        return made

    def _label(self, row: Participant) -> tuple[str, str]:
        return row.round_table_id, key(self._parse(row.name_as_printed).display)

    def _participant(self, row: Participant, *, is_shared: bool) -> Participant:
        file = self._tables.get(row.round_table_id, "")
        place: Place = ("register", f"{file}: {row.role} {row.entry}", self._files.get(file))
        if row.role == "convenor":
            place = self._signed.get(f"{row.round_table_id}#{row.entry}#{row.position}", place)
        if (row.round_table_id, row.entry) in self._organisation_entries:
            return replace(row, organisation_id=self._organisation(row.round_table_id, row.name_as_printed, place))
        # Two entries of one name are two voices: each is known by its entry. An entry whose name is spelt otherwise
        # one day is still the entry that it was.
        scope = row.round_table_id
        own = f"person:{scope}|{row.entry}#{row.position}"
        return replace(row, person_id=self._person(scope, row.name_as_printed, place, own=own, is_shared=is_shared))

    def voice(self, row: Participation, version: ContributionVersion, scope: str) -> Participation:
        """A voice of a contribution: that of its line-up entry where it has one, else one of its own in `scope`.

        A name that two entries of the line-up share, in a byline that does not say which of them it is, is nobody's.
        """
        for known in self._line_up.get((scope, version.entry or ""), ()):
            if same_person_label(row.name_as_printed, known.name_as_printed):
                return _as(row, known)
        named = self._namesakes(scope, row.name_as_printed) if row.agent_kind == "person" else {}
        if len(named) == 1:
            return _as(row, next(iter(named.values())))
        if named:
            return row
        locator = f"byline of {row.contribution_id}, version {row.version}, position {row.position}"
        place: Place = ("byline", locator, version.capture_id)
        if row.agent_kind == "person":
            return replace(row, person_id=self._person(scope, row.name_as_printed, place, was=row.contribution_id))
        if row.agent_kind in {"institution", "collective"}:
            return replace(row, organisation_id=self._organisation(scope, row.name_as_printed, place))
        return row

    def _namesakes(self, scope: str, printed: str) -> dict[str, Participant]:
        found: dict[str, Participant] = {}
        for label in label_keys(printed):
            found |= {name: row for name, row in self._entries.get((scope, label), {}).items() if row.person_id}
        return found

    def _parse(self, printed: str) -> PersonName:
        if printed not in self._parsed:
            plain = parse_person(printed)
            is_first = key(plain.display) in self._family_first
            self._parsed[printed] = parse_person(printed, family_first=True) if is_first else plain
        return self._parsed[printed]

    def _person(
        self,
        scope: str,
        printed: str,
        place: Place,
        *,
        own: str | None = None,
        is_shared: bool = False,
        was: str | None = None,
    ) -> str:
        name = self._parse(printed)
        keys = [] if is_shared else [f"person:{scope}|{key(name.display)}"]
        former = f"person:{scope}|{fold(name.display)}"
        if not is_shared and former in self._ids.by_key:
            keys.append(former)
        if own:
            keys.append(own)
        if was and was != scope:
            # Before the contribution was assigned to its round table, its author was one of its own.
            loose = [f"person:{one}|{key(name.display)}" for one in (was, *self._ids.aliases_of(was))]
            keys += [one for one in loose if one in self._ids.by_key]
        person_id = self._ids.mint(keys, f"{scope}/people/{slug(name.display)}")
        known = self.people.get(person_id)
        if known is None or (is_all_caps(known.name.display) and not is_all_caps(name.display)):
            rule = _BY_RULE if name.family else _AS_WRITTEN
            if name.family and key(name.display) in self._family_first:
                rule = _BY_REGISTER
            self.people[person_id] = Called(name, rule, *place)
        return person_id

    def _organisation(self, scope: str, printed: str, place: Place) -> str:
        organisation_id = self._ids.mint(
            [f"organisation:{scope}|{fold(printed)}"], f"{scope}/organisations/{slug(printed)}"
        )
        name = PersonName(printed, None, None, None, (), (), printed)
        known = self.organisations.get(organisation_id)
        if known is None or (is_all_caps(known.name.display) and not is_all_caps(printed)):
            self.organisations[organisation_id] = Called(name, "as printed", *place)
        return organisation_id


def _as(row: Participation, known: Participant) -> Participation:
    kind = "institution" if known.organisation_id and row.agent_kind == "person" else row.agent_kind
    return replace(row, person_id=known.person_id, organisation_id=known.organisation_id, agent_kind=kind)

"""Identifiers that pages print beside names: provisional, proposed to a person, and joining nobody.

Here belongs whose they are, once everybody who speaks has an id. Not here: finding them (`discussion.beside`).
"""

from collections.abc import Iterable

from archive.discussion.versions import IDENTIFIER
from archive.discussion.witness import EvidenceBook
from archive.model import Affiliation, Evidence, Identifier, Participation
from archive.model.records import Records
from archive.normalise import identifiers
from archive.normalise.identifiers import OF_ORGANISATIONS, OF_PEOPLE

_TABLES = frozenset(("participations", "affiliations"))


def beside_names(evidence: EvidenceBook) -> list[Evidence]:
    """The identifiers that pages print beside names, without those beside a name that a correction has replaced.

    Rows are made in portions: this is what of a portion's evidence is needed once all of them are made.
    """
    return [
        row
        for row in evidence.rows
        if row.field == IDENTIFIER
        and row.record_type in _TABLES
        and not evidence.is_overruled(
            ("contributions", row.record_id.partition("#")[0], row.version), "name_as_printed"
        )
    ]


def add_identifiers(records: Records, beside: Iterable[Evidence], evidence: EvidenceBook) -> None:
    """Add a row, with its witness, for each identifier of somebody who has an id."""
    beside = list(beside)
    if not beside:
        return
    owners: dict[tuple[str, str], tuple[str | None, bool]] = {}
    for voice in records.of(Participation):
        place = f"{voice.contribution_id}#{voice.version}#{voice.position}"
        owners["participations", place] = voice.person_id or voice.organisation_id, voice.person_id is not None
    for row in records.of(Affiliation):
        place = f"{row.contribution_id}#{row.version}#{row.position}#{row.ordinal}"
        owners["affiliations", place] = row.organisation_id, False
    known = {(row.entity_id, row.scheme, row.value) for row in records.of(Identifier)}
    for witness in beside:
        entity, is_person = owners.get((witness.record_type, witness.record_id), (None, False))
        identifier = identifiers.parse(witness.value or "")
        own = (entity or "", identifier.scheme, identifier.value)
        if entity is None or identifier.scheme not in (OF_PEOPLE if is_person else OF_ORGANISATIONS) or own in known:
            continue
        known.add(own)
        records.add(
            Identifier(entity_id=entity, scheme=identifier.scheme, value=identifier.value, status="provisional")
        )
        evidence.add(
            ("identifiers", "#".join(own), None),
            "value",
            identifier.value,
            witness=witness.witness,
            rule=witness.rule,
            locator=witness.locator,
            capture_id=witness.capture_id,
        )

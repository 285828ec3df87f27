"""The container on its own: publishers, series, round tables, line-up and prompts, as the register has them.

Here belongs turning the register into rows, each with its evidence. Not here: anything that a response says; that
may corroborate the container, but never makes it.
"""

from collections.abc import Iterable

from archive.discussion.witness import EvidenceBook
from archive.model import Participant, Prompt, Publisher, RoundTable, Series
from archive.model.records import Records
from archive.model.series import ParticipantRole
from archive.sources.register import Register, RegisteredRoundTable, RegisteredSource, entry_of
from archive.sources.schema import EntryKeys


def add_container(records: Records, register: Register, evidence: EvidenceBook) -> None:
    """Add the rows of every publisher, series and round table of the register."""
    for source in register.sources:
        _publisher(records, source, evidence)
        for table in source.round_tables:
            _round_table(records, table, evidence)


def _publisher(records: Records, source: RegisteredSource, evidence: EvidenceBook) -> None:
    publisher = source.keys.publisher
    records.add(Publisher(publisher_id=publisher.id, name=publisher.name, url=publisher.url))
    evidence.register("publishers", publisher.id, "name", publisher.name, file=source.file.name, key="publisher.name")
    for item, file in source.all_series():
        records.add(
            Series(
                series_id=item.id,
                publisher_id=publisher.id,
                title=item.title,
                description=item.description,
                language=item.language,
                issn=item.issn,
                started_on=item.started_on,
                ended_on=item.ended_on,
                url=item.url,
            )
        )
        for column in ("title", "description", "language", "issn", "started_on", "ended_on", "url"):
            evidence.register("series", item.id, column, getattr(item, column), file=file.name, key=f"series.{column}")


def _round_table(records: Records, table: RegisteredRoundTable, evidence: EvidenceBook) -> None:
    keys = table.keys.round_table
    records.add(
        RoundTable(
            round_table_id=keys.id,
            series_id=keys.series,
            title=keys.title,
            opened_on=keys.opened_on,
            closed_on=keys.closed_on,
            state=keys.state,
            announced_as_printed=keys.announced_as_printed,
            announced_people=keys.announced_people,
            announced_entries=keys.announced_entries,
            url=keys.url,
        )
    )
    columns = (
        "title",
        "opened_on",
        "closed_on",
        "state",
        "announced_as_printed",
        "announced_people",
        "announced_entries",
    )
    for column in (*columns, "url"):
        evidence.register(
            "round_tables", keys.id, column, getattr(keys, column), file=table.file.name, key=f"round_table.{column}"
        )
    groups: tuple[tuple[ParticipantRole, str, list[EntryKeys]], ...] = (
        ("respondent", "line_up", table.keys.line_up),
        ("convenor", "convenors", table.keys.convenors),
        ("editor", "editors", table.keys.editors),
        ("funder", "funders", table.keys.funders),
    )
    for role, key, entries in groups:
        for ordinal, entry in enumerate(entries, start=1):
            for participant in participants(table.id, entry, ordinal, role):
                records.add(participant)
                evidence.register(
                    "round_table_participants",
                    f"{participant.round_table_id}#{participant.entry}#{participant.position}",
                    "name_as_printed",
                    participant.name_as_printed,
                    file=table.file.name,
                    key=f"{key}[{ordinal}]",
                )
    for prompt in table.keys.prompts:
        records.add(
            Prompt(
                prompt_id=table.prompt_id(prompt.id),
                round_table_id=table.id,
                parent_prompt_id=table.prompt_id(prompt.parent) if prompt.parent else None,
                ordinal=prompt.ordinal,
                kind=prompt.kind,
            )
        )
        evidence.register(
            "prompts", table.prompt_id(prompt.id), "kind", prompt.kind, file=table.file.name, key=f"prompts.{prompt.id}"
        )


def participants(table_id: str, entry: EntryKeys, ordinal: int, role: ParticipantRole) -> Iterable[Participant]:
    """The rows of one entry: one for each person of it, or one for the organisation."""
    for position, name in enumerate([person.name for person in entry.people] or [entry.organisation or ""], start=1):
        yield Participant(
            round_table_id=table_id,
            entry=entry_of(entry),
            position=position,
            ordinal=ordinal,
            role=role,
            name_as_printed=name,
            affiliation_as_printed=entry.affiliation,
            stance_as_printed=entry.stance,
        )

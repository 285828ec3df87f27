"""Citations, rendered when a release is made.

Here belongs the plain style, which names what a reader needs to find the text again: who, what, where, when.
"""

from archive.model import Citation, Contribution, Participation, Prompt, Publisher, RoundTable, Series
from archive.model.records import Records

_MONTHS = "January February March April May June July August September October November December".split()


def add_citations(records: Records) -> None:
    """Add a citation in the plain style for every contribution."""
    tables = {row.round_table_id: row for row in records.of(RoundTable)}
    series = {row.series_id: row for row in records.of(Series)}
    publishers = {row.publisher_id: row for row in records.of(Publisher)}
    prompts = {row.prompt_id: row for row in records.of(Prompt)}
    names: dict[str, list[str]] = {}
    current = {row.contribution_id: row.version for row in records.of(Contribution)}
    for voice in records.of(Participation):
        if current[voice.contribution_id] == voice.version:
            names.setdefault(voice.contribution_id, []).append(voice.name_as_printed)
    for row in records.of(Contribution):
        if row.state == "withdrawn":
            continue
        table = tables.get(row.round_table_id or "")
        publisher = publishers[series[table.series_id].publisher_id].name if table else None
        prompt = prompts.get(row.prompt_id or "")
        title = row.title or (prompt.text if prompt else None)
        day = row.published_on
        parts = [
            _listed(names.get(row.contribution_id, [])),
            f"‘{title}’" if title else None,
            table.title if table else None,
            publisher,
            f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else row.published_edtf,
            row.url,
        ]
        records.add(
            Citation(
                contribution_id=row.contribution_id, style="plain", text=", ".join(part for part in parts if part) + "."
            )
        )


def _listed(names: list[str]) -> str | None:
    if len(names) > 1:
        return ", ".join(names[:-1]) + " and " + names[-1]
    return names[0] if names else None

"""What a citation names: a contribution as an item of CSL-JSON, the form that citation software shares.

Here belongs the choice of what stands in author, title, container and date. Only what the rows state is said: a date
that is doubted is none, and what it was stands under `custom`. Not here: how a style words it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from archive.model import Capture, Contribution, Participation, Person, Prompt, Publisher, RoundTable, Series
from archive.model.records import Records
from archive.normalise import urls
from archive.normalise.persons import parse_person
from archive.normalise.text import squeeze

Item = dict[str, Any]
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[^?~%/]*)?)?)?([?~%]?)")
_SEASONS = range(21, 25)
"""How EDTF writes spring to winter: as months behind the year."""


def references(records: Records) -> Iterator[tuple[str, Item]]:
    """Contribution → its reference, in the order of ids; none for what was withdrawn."""
    book = _Book(records)
    for row in sorted(records.of(Contribution), key=lambda row: row.contribution_id):
        if row.state != "withdrawn":
            yield row.contribution_id, book.item(row)


class _Book:
    """The rows that references need, by their ids."""

    def __init__(self, records: Records) -> None:
        self.tables = {row.round_table_id: row for row in records.of(RoundTable)}
        self.series = {row.series_id: row for row in records.of(Series)}
        self.publishers = {row.publisher_id: row for row in records.of(Publisher)}
        self.prompts = {row.prompt_id: row for row in records.of(Prompt)}
        self.people = {row.person_id: row for row in records.of(Person)}
        self.captures = {row.capture_id: row for row in records.of(Capture)}
        self.voices: defaultdict[tuple[str, int], list[Participation]] = defaultdict(list)
        for voice in sorted(records.of(Participation), key=lambda voice: voice.position):
            self.voices[voice.contribution_id, voice.version].append(voice)

    def item(self, row: Contribution) -> Item:
        """The reference of one contribution; what nobody states is left out."""
        table = self.tables.get(row.round_table_id or "")
        series = self.series[table.series_id] if table else None
        prompt = self.prompts.get(row.prompt_id or "")
        capture = self.captures.get(row.capture_id)
        seen = capture.captured_at if capture else None
        title = row.title or (prompt.text if prompt else None)
        voices = self.voices[row.contribution_id, row.version]
        item = {
            "id": row.contribution_id,
            "type": "webpage",
            "title": squeeze(title) if title else None,
            "author": [name(voice, self.people) for voice in voices],
            "container-title": table.title if table else None,
            "collection-title": series.title if series else None,
            "publisher": self.publishers[series.publisher_id].name if series else None,
            "ISSN": series.issn if series else None,
            "issued": None if row.published_doubt else issued(row),
            "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]} if seen else None,
            "URL": row.url if urls.is_web(row.url) else None,
            "language": row.language,
            "custom": _custom(row),
        }
        return {key: value for key, value in item.items() if value}


def name(voice: Participation, people: Mapping[str, Person]) -> Item:
    """One author, as printed there: in parts where they are known, else whole."""
    printed = squeeze(voice.name_as_printed)
    if voice.agent_kind != "person":
        return {"literal": printed}
    parsed = parse_person(printed)
    known = people.get(voice.person_id or "")
    # A reviewed person may be called otherwise here than in the authority file: what is printed counts.
    known = people.get(voice.person_id or "")
    parts = known if known and known.name == parsed.display else parsed
    if not parts.family or not parts.given:
        return {"literal": parsed.display or printed}
    return {"family": parts.family, "given": parts.given} | ({"suffix": parsed.suffix} if parsed.suffix else {})


def issued(row: Contribution) -> Item | None:
    """The date of publication as CSL writes it: day, month, season, year or range, `circa` where it is approximate."""
    if row.published_on:
        day = row.published_on
        return {"date-parts": [[day.year, day.month, day.day]]}
    found = [_DATE.fullmatch(part) for part in (row.published_edtf or "").split("/")]
    ends = [match for match in found if match]
    if not ends or len(ends) != len(found):
        return None
    parts = [[int(number) for number in match.groups()[:3] if number] for match in ends]
    season = parts[0][1] - 20 if len(parts) == 1 and parts[0][1:] and parts[0][1] in _SEASONS else None
    value: Item = {"date-parts": [part[:1] if part[1:] and part[1] in _SEASONS else part for part in parts]}
    return value | ({"season": season} if season else {}) | ({"circa": True} if any(m[4] for m in ends) else {})


def _custom(row: Contribution) -> Item:
    """What has no field of its own: where the text lies, its part in the discussion, its licence, a doubted date."""
    doubted = f"{row.published_edtf} ({row.published_doubt})" if row.published_doubt else None
    values = {"role": row.role, "capture_id": row.capture_id, "license": row.license_uri, "doubted-date": doubted}
    return {key: value for key, value in values.items() if value}

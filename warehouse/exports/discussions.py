"""Round tables as they are read: each with its prompts, and what was said in its order, with voices and passages.

Here belongs bringing the rows of one contribution together for the formats that tell a discussion rather than tables.
Every table is read once, in the order of the telling, and the readings go on side by side, so that neither memory nor
the time for a contribution grows with the archive. Not here: how a format tells it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from warehouse.exports.published import Published, Row

_ORDER = """
SELECT row_number() OVER (
    ORDER BY c.round_table_id NULLS LAST, c.prompt_id IS NOT NULL, p.ordinal NULLS LAST, c.prompt_id,
      c.ordinal NULLS LAST, c.contribution_id) AS place,
  c.contribution_id, c.version
FROM contributions AS c LEFT JOIN prompts AS p ON p.prompt_id = c.prompt_id"""


@dataclass(frozen=True, slots=True)
class Voice:
    """A row of `participations`, with those of its `affiliations`."""

    row: Row
    affiliations: list[Row]


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution in its current version: its row, and what hangs on it, in order.

    Attributes:
        row: of `contributions`.
        voices: who speaks.
        passages: rows of `passages` that are part of the text; none where no text may be shown.
        relations: rows of `relations` that begin here.
    """

    row: Row
    voices: list[Voice]
    passages: list[Row]
    relations: list[Row]


@dataclass(frozen=True, slots=True)
class Discussion:
    """A round table, or, with no `row`, the contributions that belong to none.

    Attributes:
        row: of `round_tables`.
        series: row of `series`.
        publisher: row of `publishers`.
        participants: rows of `round_table_participants`, in the order of the line-up.
        prompts: rows of `prompts`, in their order.
        people, organisations: rows of those who speak or stand in the line-up.
        identifiers: rows of `identifiers` of those.
    """

    row: Row | None
    series: Row | None
    publisher: Row | None
    participants: list[Row]
    prompts: list[Row]
    people: list[Row]
    organisations: list[Row]
    identifiers: list[Row]


def discussions(published: Published) -> Iterator[tuple[Discussion, Iterator[Said]]]:
    """Every round table of which something was said, in the order of ids, and then what belongs to none.

    What was said is handed out once: take it before the next round table.
    """
    for name, group in groupby(_told(published), key=lambda one: one.row["round_table_id"]):
        yield _discussion(published, name), group


def _told(published: Published) -> Iterator[Said]:
    """Every contribution in the order in which it is told."""
    published.prepare("told", _ORDER)
    hanging = "{0} AS t JOIN told USING (contribution_id, version)"
    contributions = _in_order(published, hanging.format("contributions"))
    voices = _Beside(_in_order(published, hanging.format("participations"), "position"))
    employed = _Beside(_in_order(published, hanging.format("affiliations"), "position", "t.ordinal"))
    passages = _Beside(_in_order(published, hanging.format("passages"), "t.ordinal", where="in_text"))
    linked = "relations AS t JOIN told ON told.contribution_id = t.from_id"
    relations = _Beside(_in_order(published, linked, "relation_id"))
    for row in contributions:
        place = row.pop("place")
        employers = employed.at(place)
        heard = [
            Voice(voice, [one for one in employers if one["position"] == voice["position"]])
            for voice in voices.at(place)
        ]
        yield Said(row, heard, passages.at(place), relations.at(place))


def _in_order(published: Published, joined: str, *then: str, where: str = "TRUE") -> Iterator[Row]:
    """The rows of a table in the order of the telling; one is sorted after the other, as all at once do not fit."""
    name = f"told_{joined.partition(' ')[0]}"
    order = ", ".join(("place", *then))
    published.prepare(name, f"SELECT t.*, place FROM {joined} WHERE {where} ORDER BY {order}")  # noqa: S608
    return published.rows(f"FROM {name}")


class _Beside:
    """Rows that hang on contributions, read beside those in the same order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=lambda row: row["place"])
        self._next = next(self._groups, None)

    def at(self, place: int) -> list[Row]:
        """The rows of the contribution at this place, which is asked for once."""
        if self._next is None or self._next[0] != place:
            return []
        found = [{name: value for name, value in row.items() if name != "place"} for row in self._next[1]]
        self._next = next(self._groups, None)
        return found


def _discussion(published: Published, name: str | None) -> Discussion:
    def rows(sql: str) -> list[Row]:
        return published.all(sql, [name])

    whose = (
        "SELECT {0} FROM participations AS p JOIN contributions AS c USING (contribution_id, version) "
        "WHERE c.round_table_id IS NOT DISTINCT FROM $1 "
        "UNION SELECT {0} FROM round_table_participants WHERE round_table_id IS NOT DISTINCT FROM $1"
    )
    people = rows(f"FROM people WHERE person_id IN ({whose.format('person_id')}) ORDER BY person_id")
    organisations = rows(
        f"FROM organisations WHERE organisation_id IN ({whose.format('organisation_id')}) ORDER BY organisation_id"
    )
    names = [row["person_id"] for row in people] + [row["organisation_id"] for row in organisations]
    identifiers = published.all(
        "FROM identifiers WHERE entity_id IN (SELECT unnest($1)) ORDER BY entity_id, scheme, value", [names]
    )
    if name is None:
        return Discussion(None, None, None, [], [], people, organisations, identifiers)
    (table,) = rows("FROM round_tables WHERE round_table_id = $1")
    (series,) = published.all("FROM series WHERE series_id = $1", [table["series_id"]])
    (publisher,) = published.all("FROM publishers WHERE publisher_id = $1", [series["publisher_id"]])
    participants = rows("FROM round_table_participants WHERE round_table_id = $1 ORDER BY ordinal, entry, position")
    prompts = rows("FROM prompts WHERE round_table_id = $1 ORDER BY ordinal NULLS LAST, prompt_id")
    return Discussion(table, series, publisher, participants, prompts, people, organisations, identifiers)

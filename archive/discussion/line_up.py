"""Who of the line-up a printed label means.

Here belongs matching the names on a page with the entries of a round table. Inside one round table an entry is one
voice; nothing here looks across round tables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.normalise.persons import same_person_label
from archive.normalise.text import fold
from archive.sources.register import RegisteredRoundTable, entry_of


@dataclass(frozen=True, slots=True)
class LineUpEntry:
    """An entry with the names that pages may print for it."""

    entry: str
    names: tuple[str, ...]
    organisation: bool


def line_up(table: RegisteredRoundTable) -> list[LineUpEntry]:
    """The respondents of a round table, in order; then convenors and editors, who may speak as well."""
    return [
        LineUpEntry(
            entry_of(entry),
            tuple(person.name for person in entry.people) or (entry.organisation or "",),
            not entry.people,
        )
        for group in (table.keys.line_up, table.keys.convenors, table.keys.editors)
        for entry in group
    ]


def find(entries: Sequence[LineUpEntry], label: str | None, authors: Iterable[str]) -> LineUpEntry | None:
    """The entry that a heading or byline means: by its label as a whole, else by all its authors."""
    names = tuple(authors)
    for entry in entries:
        if label and any(fold(label) == fold(joined) for joined in _joined(entry.names)):
            return entry
    for entry in entries:
        if len(names) == len(entry.names) and all(
            any(same_person_label(name, other) for other in entry.names) for name in names
        ):
            return entry
    return None


def _joined(names: tuple[str, ...]) -> Iterable[str]:
    for separator in (" & ", " and ", ", "):
        yield separator.join(names)

"""Tables of votes: a row for each participant, with the vote, how sure it is, and perhaps a comment.

    Participant    | University | Vote      | Confidence | Comment
    Ada Lindqvist  | Marle      | Agree     | 7          | The revenue could be paid back.
    Björn Aas      | Wexmouth   | Uncertain | 3          |

Here belongs telling such a table from any other by what its cells say, and reading its rows: each is somebody's answer,
also where it is a vote alone. Not here: what a vote means (`archive.normalise.stances`), tables with a column for each
respondent (`grids`), and tables whose rows hold whole texts below a name (`sightings`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.normalise import names, persons, stances
from archive.normalise.text import word_count
from archive.reading import asking, extents, openings
from archive.reading.grids import cell_of
from archive.reading.page import Block, Entry, PageContribution, PagePrompt
from archive.reading.voices import Voice, voice

_LEAST_ROWS = 2
_LEAST_COMMENT = 4
"""Words that the longest cell of a column must have, where no head says that it holds comments."""
_LEAST_STATEMENT = 4
"""Words that what is voted on must have, unless it asks."""
_VOTE = re.compile(
    r"(?:(?:your|their|individual|expert|survey) )?(?:votes?|voted|answers?|response|position|stance|opinion|verdict"
    r"|agree(?:ment)?(?: or disagree)?\??|antwort|votum|stimme|haltung|réponse|position|voto|respuesta|postura)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"(?:level of )?(?:confiden(?:ce|t)|certain(?:ty)?|how (?:sure|certain|confident)|sicherheit|konfidenz|confiance"
    r"|confianza|certeza)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:comments?|remarks?|explanations?|reason(?:s|ing)?|rationale|justification|statement|notes?|why|in (?:his|her"
    r"|their) (?:own )?words|kommentare?|begründung|anmerkung|commentaires?|explication|comentarios?|explicación)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"(?:affiliations?|universit\w+|institut\w*|organi[sz]ations?|employer|company|school|firma|organisme|organización"
    r"|universidad|afiliación)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:question|statement|frage|pregunta|proposition)\s?(?:\d{1,2}|[a-h])\b", re.IGNORECASE)
_OF_ANSWERS = re.compile(
    r"\b(?:responses|answers|results|votes|comments|antworten|ergebnisse|réponses|résultats|respuestas|resultados)$",
    re.IGNORECASE,
)
"""How a heading ends that says what stands in a table, and asks nothing."""
_NUMBER = re.compile(r"\d{1,3}(?:\s?(?:/|of|out of)\s?\d{1,3})?|\d{1,3}\s?%")
Row = Mapping[int, list[int]]
"""Column → the blocks of the cell."""
_Cells = dict[tuple[bool, int], list[int]]
"""Whether a cell is a head, and its number among those of its kind → the blocks of the cell."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: where it stands, and its rows in order."""

    place: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a panel hold; None where it has no such column."""

    name: int
    vote: int
    sure: int | None
    says: int | None
    where: int | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The votes of a page; see `Page` for the parts."""

    prompts: tuple[PagePrompt, ...]
    line_up: tuple[Entry, ...]
    contributions: tuple[PageContribution, ...]


def panel(flow: Sequence[Block], title: str) -> Panel | None:
    """The votes in the tables of a page; None where no table holds any, or where it only lists who answers below.

    Args:
        flow: the blocks among which answers stand.
        title: of the page, which may be what is voted on.
    """
    if not any("/tr[" in block.locator for block in flow):
        return None
    found = [(table, columns) for table in _tables(flow) if (columns := _columns(flow, table))]
    if not found:
        return None
    made = _Votes(flow, title)
    for table, columns in found:
        made.read(table, columns)
    return None if made.are_told_elsewhere() else made.panel()


def _tables(flow: Sequence[Block]) -> list[_Table]:
    tables: dict[str, dict[tuple[int, int], _Cells]] = {}
    for index, block in enumerate(flow):
        at = cell_of(block) if "/tr[" in block.locator else None
        if at and block.kind != "image" and block.text:
            table, row, number, is_head = at
            tables.setdefault(table, {}).setdefault(row, {}).setdefault((is_head, number), []).append(index)
    return [_Table(place, tuple(_row(rows[key]) for key in sorted(rows))) for place, rows in tables.items()]


def _row(cells: _Cells) -> Row:
    """A row by columns: cells that head it are numbered for themselves, and stand before the others."""
    heads = [number for is_head, number in cells if is_head]
    shift = max(heads, default=0) if len(heads) < len(cells) else 0
    return {number + (0 if is_head else shift): found for (is_head, number), found in cells.items()}


def _columns(flow: Sequence[Block], table: _Table) -> _Columns | None:
    """What stands in which column, if people vote in this table."""
    if len(table.rows) < _LEAST_ROWS:
        return None
    head = {number: _words(flow, found) for number, found in table.rows[0].items()}
    body = table.rows[1:] if not any(stances.parse(words) for words in head.values()) else table.rows
    head = head if len(body) < len(table.rows) else {}
    votes = [number for number in _numbers(body) if _are_votes(flow, body, number)]
    named = [number for number, words in head.items() if _VOTE.fullmatch(words)]
    vote = next((number for number in votes if number in named), next(iter(votes), None))
    if vote is None:
        return None
    # An empty corner is no block, and does not count where the cells of the head are numbered.
    shift = next((vote - number for number in named if vote - number in {0, 1}), 0)
    head = {number + shift: words for number, words in head.items()}
    voting = [row for row in body if vote in row]
    name = _of_names(flow, voting, vote)
    if name is None:
        return None

    def called(pattern: re.Pattern[str]) -> int | None:
        return next(
            (number for number, words in head.items() if number not in {name, vote} and pattern.match(words)), None
        )

    sure, where = called(_SURE), called(_WHERE)
    says = called(_SAYS) or _of_comments(flow, voting, {name, vote, sure, where})
    found = _Columns(name, vote, sure, says, where)
    return found if _is_panel(flow, voting, found, head.get(vote, "")) else None


def _words(flow: Sequence[Block], found: Iterable[int]) -> str:
    return " ".join(flow[index].text for index in found)


def _numbers(rows: Iterable[Row]) -> list[int]:
    return sorted({number for row in rows for number in row})


def _are_votes(flow: Sequence[Block], rows: Sequence[Row], number: int) -> bool:
    """Whether most cells of a column are votes."""
    cells = [_words(flow, row[number]) for row in rows if number in row and len(row) > 1]
    parsed = [words for words in cells if stances.parse(words, is_labelled=True)]
    return len(parsed) >= _LEAST_ROWS and len(parsed) * 4 > len(cells) * 3


def _of_names(flow: Sequence[Block], rows: Sequence[Row], vote: int) -> int | None:
    """The column that names somebody in nearly every row, most of them people."""
    best, most = None, (len(rows) - 1) // 2
    for number in _numbers(rows):
        cells = [_named(flow, row[number]) for row in rows if number in row and number != vote]
        named = [seen.name for seen in cells if seen]
        people = sum(map(_are_people, named))
        if people > most and len(set(named)) >= _LEAST_ROWS and len(named) * 4 >= len(rows) * 3:
            best, most = number, people
    return best


def _named(flow: Sequence[Block], found: Sequence[int]) -> Voice | None:
    """Whom a cell names; of several lines the first."""
    lines = [line for index in found for line in flow[index].text.split("\n")]
    text = _without_key(lines[0])
    first, comma, behind = text.partition(", ")
    if comma and "," not in behind and persons.classify(f"{behind} {first}") == "person" and len(first.split()) < 3:
        return Voice(text)
    seen = voice(text) or (Voice(text) if persons.classify(text) == "person" else None)
    return replace(seen, affiliation=seen.affiliation or " ".join(lines[1:]) or None) if seen else None


def _without_key(name: str) -> str:
    """A name without the family name that stands once more before it, for sorting (`Aghion Philippe Aghion`)."""
    words = name.split()
    for count in range(1, len(words) // 2 + 1):
        if words[:count] == words[-count:] and len(words) > 2 * count:
            return " ".join(words[count:])
    return name


def _are_people(name: str) -> bool:
    byline = names.parse_byline(name)
    return bool(byline.names) and not byline.rest


def _of_comments(flow: Sequence[Block], rows: Sequence[Row], taken: set[int | None]) -> int | None:
    """The column whose cells say most, each something else."""
    best, most = None, 0
    for number in _numbers(rows):
        cells = [_words(flow, row[number]) for row in rows if number in row]
        longest = max(map(word_count, cells), default=0)
        if number not in taken and longest >= _LEAST_COMMENT and (len(cells) == 1 or len(set(cells)) > 1):
            best, most = (number, longest) if longest > most else (best, most)
    return best


def _is_panel(flow: Sequence[Block], rows: Sequence[Row], columns: _Columns, head: str) -> bool:
    """Whether it is opinions that are given: degrees of agreement, or a yes or no with a reason under a head for it.

    Who comes, has paid or is present is yes or no in many a table.
    """
    scales = {
        vote.scale
        for row in rows
        if (vote := stances.parse(_words(flow, row[columns.vote]), is_labelled=True)) is not None
    }
    return "agreement" in scales or ("yes_no" in scales and columns.says is not None and bool(_VOTE.fullmatch(head)))


class _Votes:
    """Reads the tables of a page in order."""

    def __init__(self, flow: Sequence[Block], title: str) -> None:
        self._flow = flow
        self._title = title
        self._prompts: list[PagePrompt] = []
        self._entries: dict[tuple[str, ...], Entry] = {}
        self._made: list[PageContribution] = []
        self._after = 0
        self._tail = ""
        self._inside: set[int] = set()

    def panel(self) -> Panel:
        return Panel(tuple(self._prompts), tuple(self._entries.values()), tuple(self._made))

    def are_told_elsewhere(self) -> bool:
        """Whether nobody comments in the tables, and most of the names stand elsewhere too: there are the answers."""
        if any(one.text for one in self._made):
            return False
        others = {
            openings.key(openings.name_of(block.text))
            for index, block in enumerate(self._flow)
            if index not in self._inside and len(block.text) <= openings.LONGEST_NAME
        }
        return sum(name in others for name in self._entries) * 2 >= len(self._entries)

    def read(self, table: _Table, columns: _Columns) -> None:
        """The rows of a table, each an answer to what stands above it."""
        indexes = [index for row in table.rows for found in row.values() for index in found]
        self._inside.update(indexes)
        # A table of which nobody says what is voted on goes on with what the one before it asked.
        if asked := self._above(min(indexes), table.place):
            self._ask(asking.question(asked), asked.locator)
        self._after = max(indexes) + 1
        self._tail = self._repeated_tail(table, columns)
        for row in table.rows:
            if columns.vote in row and columns.name in row:
                self._vote(row, columns)
            elif len(row) == 1:
                self._alone([index for found in row.values() for index in found])

    def _repeated_tail(self, table: _Table, columns: _Columns) -> str:
        """The words of a link with which several comments end: it leads to more of whoever votes, and says nothing."""
        cells = (row.get(columns.says, ()) for row in table.rows) if columns.says is not None else ()
        last = (self._flow[cell[-1]] for cell in cells if cell)
        tails = Counter(
            block.links[-1].text for block in last if block.links and block.text.endswith(block.links[-1].text)
        )
        words, count = next(iter(tails.most_common(1)), ("", 0))
        return words if count > 1 else ""

    def _above(self, start: int, place: str) -> Block | None:
        """What is voted on: the caption of the table where that asks, else the last line above that is no label."""
        caption = next((block for block in self._flow if block.locator.startswith(f"{place}/caption[")), None)
        above = (block for block in reversed(self._flow[self._after : start]) if self._can_be_asked(block))
        return caption if caption and extents.asks(caption.text) else next(above, caption)

    def _can_be_asked(self, block: Block) -> bool:
        if block.kind in {"image", "caption"} or block.text == self._title or _OF_ANSWERS.search(block.text):
            return False
        if extents.asks(block.text) or _PART.match(block.text):
            return True
        return block.region != "head" and word_count(block.text) >= _LEAST_STATEMENT

    def _ask(self, words: str, place: str) -> None:
        self._prompts.append(PagePrompt(words, "question" if extents.asks(words) else "statement", place))

    def _alone(self, found: Sequence[int]) -> None:
        """A row of one cell: what whoever voted in the row above says, or the next question."""
        block, last = self._flow[found[0]], self._made[-1] if self._made else None
        if last and last.prompt == len(self._prompts) - 1 and not last.text and not _PART.match(block.text):
            self._made[-1] = replace(last, blocks=(*last.blocks, *self._said(found)))
        elif _PART.match(block.text) or extents.asks(block.text):
            self._ask(asking.question(block), block.locator)

    def _vote(self, row: Row, columns: _Columns) -> None:
        seen = _named(self._flow, row[columns.name])
        vote = _words(self._flow, row[columns.vote])
        if seen is None or not stances.parse(vote, is_labelled=True):
            return
        if not self._prompts and self._title:
            self._ask(self._title, "title")
        where = _words(self._flow, row.get(columns.where, ())) if columns.where is not None else ""
        sure = _words(self._flow, row.get(columns.sure, ())) if columns.sure is not None else ""
        blocks: list[Block] = []
        for number, found in sorted(row.items()):
            if number == columns.says:
                blocks += self._said(found)
            elif number not in {columns.name, columns.where}:
                blocks += [replace(self._flow[index], kind="label", in_text=False) for index in found]
        entry = Entry(seen.name, where or seen.affiliation, self._flow[row[columns.name][0]].locator)
        first = self._entries.setdefault(openings.key(seen.name), entry)
        self._made.append(
            PageContribution(
                first.name,
                _people(seen.name),
                "response",
                tuple(blocks),
                affiliation=entry.affiliation,
                locator=entry.locator,
                prompt=len(self._prompts) - 1 if self._prompts else None,
                stance=vote,
                confidence=sure if _NUMBER.fullmatch(sure) else None,
            )
        )

    def _said(self, found: Iterable[int]) -> Iterator[Block]:
        for index in found:
            block = self._flow[index]
            if block.kind == "image":
                yield block
            elif text := block.text.removesuffix(self._tail).rstrip():
                yield replace(block, kind="paragraph", in_text=True, text=text)


def _people(name: str) -> tuple[str, ...]:
    byline = names.parse_byline(name)
    return byline.names or byline.organisations or (name,)

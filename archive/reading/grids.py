"""Tables with a column for each respondent, read as if everybody's cells stood below their names.

    |                | Ada Lindqvist | Björn Aas |        What is a harbour?
    | What is a …?   | A door.       | A debt.   |   →    Ada Lindqvist | A door. | Björn Aas | A debt.

Here belongs turning such a table round. Not here: tables with a row for each respondent, which are read as they stand.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.reading.page import Block
from archive.reading.sightings import runs
from archive.reading.voices import voice

_CELL = re.compile(r"\A(.*/table\[\d+\])(?:/t(?:head|body|foot)\[(\d+)\])?/tr\[(\d+)\]/t([dh])\[(\d+)\]")
_HEAD = re.compile(r"/thead\[")
Cell = tuple[str, tuple[int, int], int, bool]
"""The table, the part of it and the row, the number of the cell among those of its kind, and whether it is a head."""


def turned(flow: Sequence[Block]) -> Sequence[Block]:
    """The blocks; those of a table with a column for each respondent in another order."""
    cells = [cell_of(block) if block.locator[-1:] == "]" and "/tr[" in block.locator else None for block in flow]
    heads = _heads(flow, cells)
    if not heads:
        return flow
    table, top = next((cell[0], cell[1]) for index, cell in enumerate(cells) if index in heads and cell)
    inside = [index for index, cell in enumerate(cells) if cell and cell[0] == table and cell[1] > top]
    if not inside:
        return flow
    # Cells of the head of a row are numbered for themselves, or they are the first of its cells.
    numbers = {index: cell[2] for index in inside if (cell := cells[index]) and not cell[3]}
    shift = max(numbers.values(), default=0) - len(heads)
    names = {number + max(shift, 0): head for number, head in enumerate(heads, 1)}
    columns = {index: numbers.get(index, 0) for index in inside}
    made = [block for index, block in enumerate(flow[: inside[0]]) if index not in heads]
    for row in sorted({cell[1] for index in inside if (cell := cells[index])}):
        own = [index for index in inside if (cell := cells[index]) and cell[1] == row]
        made += [_asked(flow[index]) for index in own if columns[index] not in names]
        for column, head in sorted(names.items()):
            said = [flow[index] for index in own if columns[index] == column]
            if said:
                made.append(replace(flow[head], kind="paragraph", strong=True, in_text=True))
                made += said
    return [*made, *flow[inside[-1] + 1 :]]


def cell_of(block: Block) -> Cell | None:
    """The cell of a table that a block stands in; None where it stands in none."""
    found = _CELL.match(block.locator)
    if not found:
        return None
    part = 0 if _HEAD.search(block.locator) else int(found[2] or 1)
    return found[1], (part, int(found[3])), int(found[5]), found[4] == "h"


def _heads(flow: Sequence[Block], cells: Sequence[Cell | None]) -> list[int]:
    """The cells of the first row that names at least two, each somebody else, and says nothing."""
    rows: dict[tuple[str, tuple[int, int]], list[int]] = {}
    for index, cell in enumerate(cells):
        if cell and flow[index].text:
            rows.setdefault((cell[0], cell[1]), []).append(index)
    for members in rows.values():
        if any(runs(flow[index]) for index in members):
            continue
        named = [index for index in members if voice(flow[index].text)]
        if (
            len(named) > 1
            and len(members) - len(named) <= 1
            and len({flow[index].text for index in named}) == len(named)
        ):
            return named
    return []


def _asked(block: Block) -> Block:
    return replace(block, kind="heading", level=2, strong=False)

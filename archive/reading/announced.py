"""A list of respondents that no label repeats: they were announced, and nothing of theirs is on the page.

Here belongs telling that list from others. Not here: a list with answers below it (`line_up`).
"""

import re
from collections.abc import Sequence

from archive.reading.extents import asks
from archive.reading.line_up import NUMBER, affiliation
from archive.reading.openings import EDGES, LONGEST_NAME, name_of, names_people, names_somebody
from archive.reading.page import Block, Entry
from archive.reading.repeats import LONGEST_ITEM, SENTENCE_END

_OF_RESPONDENTS = re.compile(
    r"^(?:the |our |with |list of )*(?:respondents?|participants?|panel(?:lists?)?|speakers?|contributors?|experts?"
    r"|authors|teilnehm\w+|befragte\w*|expert\w+|participant\w*|intervenant\w*|participantes|ponentes|especialistas"
    r"|debatedores)\b.{0,60}$",
    re.IGNORECASE,
)


def _alone(block: Block) -> Entry:
    listed = NUMBER.sub("", block.text)
    name = name_of(listed)
    return Entry(name, affiliation(listed, name), block.locator)


def entries(flow: Sequence[Block]) -> list[Entry]:
    """The entries of a list of respondents that nothing repeats: names with affiliations, below a question.

    Args:
        flow: the blocks of the page, `openings.as_they_are`.
    """
    best: list[Entry] = []
    end = 0
    # Only where something announces a list right above is it worth reading names.
    for start in sorted({above + step for above, block in enumerate(flow) if _announces(block) for step in (1, 2)}):
        if not end <= start < len(flow) or (start > 0 and _is_entry(flow[start - 1])):
            continue
        end = start
        while end < len(flow) and _is_entry(flow[end]):
            end += 1
        if end - start > max(len(best), 1) and _is_announced(flow, range(start, end)):
            best = [_alone(flow[place]) for place in range(start, end)]
    return best


def _announces(block: Block) -> bool:
    """Whether a list of respondents may stand below a block."""
    return asks(block.text) or (
        len(block.text) <= LONGEST_NAME and bool(_OF_RESPONDENTS.match(block.text.strip(EDGES)))
    )


def _is_entry(block: Block) -> bool:
    is_line = len(block.text) <= LONGEST_ITEM and block.kind != "image" and not SENTENCE_END.search(block.text)
    return is_line and names_somebody(block.text)


def _is_announced(flow: Sequence[Block], run: Sequence[int]) -> bool:
    above = [block.text for block in flow[max(0, run[0] - 2) : run[0]]]
    if any(len(text) <= LONGEST_NAME and _OF_RESPONDENTS.match(text.strip(EDGES)) for text in above):
        return True
    told = sum(_alone(flow[place]).affiliation is not None for place in run)
    people = sum(names_people(flow[place].text) for place in run)
    return told * 2 > len(run) and people * 2 >= len(run) and any(asks(text) for text in above)

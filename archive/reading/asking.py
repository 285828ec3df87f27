"""What a page asks, and in which words.

    THE TIDAL REVIEW: Who should pay?  →  Who should pay?

Here belong the prompts above the first answer, and the words of a question without its number and without the label of
whoever asks it. Not here: what is asked between the answers (`segments`).
"""

import re
from collections.abc import Sequence

from archive.reading import extents, openings
from archive.reading.page import Block, PagePrompt

_NUMBER = re.compile(
    r"(?:(?:q|question|statement|frage|pregunta|pergunta|domanda)\s?(?:\d{0,2}|[a-h])|\d{1,2})\s?[.:)–—-]\s+",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[?？؟]|[\u0370-\u03ff\u1f00-\u1fff]\s?[;\u037e]$")
_LABEL = re.compile(r"([^:：?!]{1,60}?)\s?[:：]\s*(?=\S)")


def prompts(above: Sequence[Block], below: Sequence[Block], title: str) -> tuple[PagePrompt, ...]:
    """What is asked above the first answer.

    The last block above the list that asks something, or a heading below it; else the title.

    Args:
        above: the blocks above the list of respondents.
        below: those between its first and the first answer.
        title: of the page.
    """
    asking = [block for block in above if _ASKED.search(block.text) and _can_ask(block)]
    ending = [block for block in asking if extents.asks(block.text)]
    asking = [block for block in ending if block.level or block.strong][-1:] or ending[-1:] or asking[-1:]
    asking += [block for block in below if extents.asks(block.text) and (block.level or not asking)][-1:]
    if asking:
        return tuple(PagePrompt(question(block), "question", block.locator) for block in asking)
    return (PagePrompt(title, "question", "title"),) if extents.asks(title) else ()


def _can_ask(block: Block) -> bool:
    """Whether a block is no picture and no caption of one: that of a table may ask what its rows answer."""
    return block.kind not in {"image", "caption"} or "/caption[" in block.locator


def question(block: Block) -> str:
    """The words of a question without its number, and without the label of whoever asks it."""
    text = block.text
    label = _LABEL.match(text)
    if label and (
        label[1] == text[: block.lead].rstrip(" :：") or label[1].isupper() or openings.is_moderator(label[1])
    ):
        text = text[label.end() :]
    return _NUMBER.sub("", text, count=1)

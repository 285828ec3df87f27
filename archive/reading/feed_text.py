"""The text that a feed has of a page → Draft.

Here belongs telling all of a text from its beginning, and finding its blocks. Not here: reading feeds (`feeds`), and
whether such a text is needed (`archive.discussion`).
"""

import re
from dataclasses import replace

from archive.reading import markup
from archive.reading.draft import Draft
from archive.reading.page import Block, FeedItem

_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\])\s»→]*$"
    r"|\b(?:(?:read|continue|keep|see)\b[^.!?]{0,80}\b(?:more|reading|on|full|article|story)|weiterlesen|mehr lesen"
    r"|lire la suite|leer más|seguir leyendo|leggi tutto|continua a leggere|lees verder|ler mais)\b[^.!?]{0,80}$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"(?:the post|der beitrag|l['’]article|la entrada|o post)\b.{3,500}\b\S+$", re.IGNORECASE)
"""The line by which WordPress says at the end of each item where it stands."""


def draft(item: FeedItem) -> Draft | None:
    """The text of an item; None where the feed has only a part of it."""
    body = markup.parse(item.content or "").body
    blocks = markup.blocks([body], item.url, {}) if body is not None else []
    blocks = [_placed(block, item) for block in blocks]
    if blocks and len(blocks[-1].links) > 1 and _ADDED.match(blocks[-1].text):
        blocks[-1] = replace(blocks[-1], region="footer")
    said = [block.text for block in blocks if block.text and block.kind != "image" and block.region != "footer"]
    if not said or _GOES_ON.search(said[-1][-200:]):
        return None
    return Draft("feed", "feed", blocks=blocks, statements=list(item.statements))


def _placed(block: Block, item: FeedItem) -> Block:
    """The block with its place in the feed."""
    return replace(block, locator=item.content_at + block.locator.removeprefix("/html").removeprefix("/body"))

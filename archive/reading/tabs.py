"""Panels whose heading stands elsewhere: tabs, and links that jump to a part of the page.

Here belongs finding which words head which element. Not here: what the words mean.
"""

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from archive.reading.marked import Attributes
from archive.reading.spaces import fold

_MOST = 400
_LONGEST = 140
_BEGINNING = 600


def headed(root: LexborNode, heads: Sequence[tuple[LexborNode, Attributes]]) -> dict[int, str]:
    """`mem_id` of the elements that a tab or a link refers to → its words, unless they begin with them anyway.

    Args:
        root: the element in which they stand.
        heads: tabs and such links, with their attributes.
    """
    by_id: dict[str, str] = {}
    tabs: dict[str, str] = {}
    for node, attributes in heads[:_MOST]:
        words = fold(node.text(separator="\n"))
        if not words or len(words) > _LONGEST:
            continue
        target = attributes.get("aria-controls") or (attributes.get("href") or "").removeprefix("#")
        if target:
            # Where several tabs name one panel, none is believed.
            by_id[target] = words if by_id.get(target, words) == words else ""
        if attributes.get("id"):
            tabs[attributes["id"] or ""] = words
    if not by_id and not tabs:
        return {}
    found: dict[int, str] = {}
    for node in root.css("div[id], section[id], article[id], li[id], dd[id], [role=tabpanel]")[: _MOST * 4]:
        attributes = node.attributes
        words = tabs.get(attributes.get("aria-labelledby") or "") or by_id.get(attributes.get("id") or "") or ""
        if words and words.partition("\n")[0] not in fold(node.text(separator=" "))[:_BEGINNING]:
            found[node.mem_id] = words
    return found

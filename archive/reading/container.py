"""Which element of a page holds its text: told by where the running text stands, not by names.

Here belongs weighing the elements of an outline. Not here: what a block is (`labels`), or a source's own selectors.
"""

import re
from itertools import accumulate

from archive.reading.markup import Frame, Outline
from archive.reading.page import Block

_RUNNING = 60
"""Characters from which on a block with a full stop counts as running text."""
_FADING = 0.6
_HALF, _NEARLY_ALL = 0.5, 0.9
_MOST = 0.6
_MORE = 1.25
_SENTENCE = (". ", "! ", "? ", "… ", ".”", ".“", '."', "。", "، ", "। ", "؟", "۔")
_CONSENT = re.compile(
    r"\b(?:cookies?|your consent|your browser|opt[- ]out|personal (?:data|information)|privacy policy|datenschutz\w*"
    r"|einwilligung\w*|consentement|données personnelles|consentimiento|datos personales)\b",
    re.IGNORECASE,
)
_TEXT_KINDS = frozenset(("paragraph", "list_item", "quotation", "preformatted"))


def is_running(block: Block) -> bool:
    """Whether a block reads as sentences: long enough, with an end of a sentence in it, and not mostly links."""
    text = block.text
    if block.kind not in _TEXT_KINDS or len(text) < _RUNNING:
        return False
    if sum(len(link.text) for link in block.links) * 2 > len(text):
        return False
    return text[-1] in '.!?…:”“"»)’。।؟۔' or any(mark in text for mark in _SENTENCE)


def _asks_for_consent(block: Block) -> bool:
    """Whether a block speaks of cookies and consent as such notices do; it may be longer than the text."""
    return len(_CONSENT.findall(block.text)) > 1


class Weights:
    """How much running text each element holds."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.running = [
            len(block.text) if is_running(block) and not _asks_for_consent(block) else 0 for block in outline.blocks
        ]
        inside = [
            weight if block.region in {"body", "inset"} else 0
            for weight, block in zip(self.running, outline.blocks, strict=True)
        ]
        self.all = [0, *accumulate(self.running)]
        self.inside = [0, *accumulate(inside)]

    def of(self, frame: Frame) -> int:
        """The characters of running text in an element that no region keeps out."""
        return self.inside[frame.end] - self.inside[frame.start]

    def share(self, frame: Frame) -> float:
        """The part of the page's running text that stands in an element, whatever region it is in."""
        return (self.all[frame.end] - self.all[frame.start]) / self.all[-1] if self.all[-1] else 0.0


def is_main(frame: Frame, weights: Weights) -> bool:
    """Whether most of the running text of the page, or of the article around it, stands in an element.

    Whatever the element is called, it is then no part beside the text; comments alone can be longer than that.
    """
    often_longer = frame.region == "comments" or frame.tag in {"footer", "nav", "aside"}
    if weights.share(frame) > (_NEARLY_ALL if often_longer else _HALF):
        return True
    around = frame.parent and _article(frame.parent)
    if around is None or around.tag not in {"article", "main"} or often_longer:
        return False
    return weights.share(frame) > _HALF * weights.share(around)


def find(outline: Outline, weights: Weights) -> Frame | None:
    """The element that holds the text of a page; None where there is no running text at all."""
    densest = _densest(outline, weights)
    if densest is None:
        return None
    best = _article(densest)
    outer = best.parent
    while outer is not None and outer.tag != "body":
        # Each answer of a page may be an article of its own: then all of it is what holds them. An article inside
        # another is a part of that; one beside others counts as all only where it holds most of the text.
        if outer.tag == "article" or (outer.tag == "main" and weights.of(best) < _MOST * weights.of(outer)):
            best = outer
        outer = outer.parent
    if best.tag not in {"article", "main"}:
        # Without such an element, the text goes on as long as there is much more of it around.
        outer = best.parent
        while outer is not None and outer.tag not in {"body", "html"}:
            if weights.of(outer) > _MORE * weights.of(best):
                best = outer
            outer = outer.parent
    return best


def _densest(outline: Outline, weights: Weights) -> Frame | None:
    """The element with the most running text right in it; that of its children's children counts less and less."""
    found: dict[int, float] = {}
    frames: dict[int, Frame] = {}
    for block, holder, weight in zip(outline.blocks, outline.holders, weights.running, strict=True):
        if not weight or block.region not in {"body", "inset"}:
            continue
        frame: Frame | None = holder if block.bare else holder.parent and holder.parent.box()
        part = float(weight)
        while frame is not None and part > weight * 0.2:
            found[id(frame)] = found.get(id(frame), 0.0) + part
            frames[id(frame)] = frame
            frame, part = frame.parent and frame.parent.box(), part * _FADING
    return frames[max(found, key=lambda key: found[key])] if found else None


def _article(frame: Frame) -> Frame:
    """The `article` or `main` that holds an element; the element itself where none does."""
    current: Frame | None = frame
    while current is not None and current.tag != "body":
        if current.tag in {"article", "main"}:
            return current
        current = current.parent
    return frame

"""Which element of a page holds its text: told by where the running text stands, not by names.

Here belongs weighing the elements of an outline. Not here: what a block is (`labels`), or a source's own selectors.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from archive.reading import signs
from archive.reading.outline import Frame, Outline, Piece
from archive.reading.page import Block
from archive.reading.spaces import fold

_RUNNING, _DENSE = 60, 20
"""Characters from which on a block with a full stop counts as running text; fewer where a sign is a syllable."""
_DENSE_ENDS = frozenset("。！？」")
_FADING = 0.6
_HALF, _NEARLY_ALL = 0.5, 0.9
_MOST = 0.6
_SOME_MORE, _MORE, _MUCH_MORE, _FAR_MORE = 1.1, 1.25, 2, 4
_PARTS = frozenset(("table", "thead", "tbody", "tr", "ul", "ol", "dl"))
_SENTENCE = (". ", "! ", "? ", "… ", ".”", ".“", '."', "。", "، ", "। ", "؟", "۔")
_CONSENT = re.compile(
    r"\b(?:cookies?|your consent|your browser|opt[- ]out|personal (?:data|information)|privacy policy|datenschutz\w*"
    r"|einwilligung\w*|consentement|données personnelles|consentimiento|datos personales)\b",
    re.IGNORECASE,
)
_OF_AUTHOR = re.compile(r"(?<![a-z])(?:bylines?|bio|attribution|authors?)(?![a-z])", re.IGNORECASE)
_IS = re.compile(r"^\w.{3,40}\s(?:is|are|was|ist|sind|war|est|sont|es|è|é)\s.{3,}\.$")
_SHORTEST_NOTE, _MOST_IN_NOTE, _MOST_AROUND, _MOST_NOTES = 60, 8, 4, 2
_OF_CONSENT = ("cookie", "consent", "browser", "opt", "personal", "privacy", "datens", "einwill", "donn", "datos")
_TEXT_KINDS = frozenset(("paragraph", "list_item", "quotation", "preformatted"))


def is_running(block: Block) -> bool:
    """Whether a block reads as sentences: long enough, with an end of a sentence in it, and not mostly links."""
    return _reads_on(block.kind, block.text) and not is_mostly_links(block.text, [link.text for link in block.links])


def is_mostly_links(text: str, links: Iterable[str]) -> bool:
    """Whether more than half of a text is the words of links."""
    return sum(map(len, links)) * 2 > len(text)


def leads_elsewhere(piece: Piece) -> bool:
    """Whether more than half of a piece is the words of links."""
    return bool(piece.links) and is_mostly_links(piece.text, [fold(words) for words, _ in piece.links])


def _reads_on(kind: str, text: str) -> bool:
    if len(text) < _RUNNING:
        return len(text) >= _DENSE and (text[-1] in _DENSE_ENDS or "。" in text) and kind in _TEXT_KINDS
    if kind not in _TEXT_KINDS:
        return False
    if text[-1] in '.!?…:”“"»)’。！？」।؟۔':
        return True
    for mark in _SENTENCE:  # noqa: SIM110 (each line of a page comes by here, and a generator takes twice as long)
        if mark in text:
            return True
    return False


def asks_for_consent(text: str) -> bool:
    """Whether a text speaks of cookies and consent as such notices do; it may be longer than what the page is about."""
    lowered = text.lower()
    for part in _OF_CONSENT:
        # Nearly all texts have none of these parts of the words that are counted.
        if part in lowered:
            return len(_CONSENT.findall(text)) > 1
    return False


def _weight(piece: Piece) -> int:
    """The characters of running text; of an element that was not entered by its lines, as far as one can tell."""
    if piece.is_unread:
        lines = (line for line in piece.text.split("\n") if len(line) >= _RUNNING)
        return sum(len(line) for line in lines if _reads_on("paragraph", line) and not asks_for_consent(line))
    text = piece.text
    is_running = _reads_on(piece.kind, text) and not leads_elsewhere(piece) and not asks_for_consent(text)
    return len(text) if is_running else 0


class Weights:
    """How much running text each element holds."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.running = [_weight(piece) for piece in outline.pieces]
        inside = [
            weight if block.region in {"body", "inset"} else 0
            for weight, block in zip(self.running, outline.pieces, strict=True)
        ]
        self.all = [0, *accumulate(self.running)]
        self.inside = [0, *accumulate(inside)]

    def of(self, frame: Frame) -> int:
        """The characters of running text in an element that no region keeps out."""
        return self.inside[frame.end] - self.inside[frame.start]

    def share(self, frame: Frame) -> float:
        """The part of the page's running text that stands in an element, whatever region it is in."""
        return (self.all[frame.end] - self.all[frame.start]) / self.all[-1] if self.all[-1] else 0.0

    @cached_property
    def home(self) -> Frame | None:
        """The element with the most running text right in it; that of its children's children counts less and less."""
        found: dict[int, float] = {}
        frames: dict[int, Frame] = {}
        for block, weight in zip(self.outline.pieces, self.running, strict=True):
            if not weight or block.region not in {"body", "inset"}:
                continue
            frame = home_of(block)
            part = float(weight)
            while frame is not None and part > weight * 0.2:
                found[id(frame)] = found.get(id(frame), 0.0) + part
                frames[id(frame)] = frame
                frame, part = frame.parent and frame.parent.box(), part * _FADING
        return frames[max(found, key=lambda key: found[key])] if found else None

    @cached_property
    def whole_home(self) -> Frame | None:
        """The densest element, or what holds it and others that look the same and hold running text too."""
        frame = self.home
        while frame is not None and frame.parent is not None and self._has_twin(frame):
            frame = frame.parent
        return frame

    def _has_twin(self, frame: Frame) -> bool:
        names = frame.node.attributes.get("class")
        return any(
            other.parent is frame.parent
            and other is not frame
            and other.tag == frame.tag
            and self.of(other)
            and other.node.attributes.get("class") == names
            for other in self.outline.frames
        )

    def core(self, frame: Frame) -> Frame:
        """The innermost element around the densest that holds nearly all of the running text in `frame`."""
        inner = self.home
        while inner is not None and inner is not frame and self.of(inner) < _NEARLY_ALL * self.of(frame):
            inner = inner.parent
        return inner or frame


def is_main(frame: Frame, weights: Weights) -> bool:
    """Whether most of the running text of the page, or of the article around it, stands in an element.

    Whatever the element is called, it is then no part beside the text; comments alone can be longer than that.
    """
    often_longer = frame.is_often_longer()
    share = weights.share(frame)
    if share <= (_NEARLY_ALL if often_longer else _HALF):
        around = _around(frame)
        if around is None or often_longer or share <= _HALF * weights.share(around):
            return False
    return not (frame.node.attributes.get("id") or "").startswith(signs.OF_REPLAY)


def _around(frame: Frame) -> Frame | None:
    """The `article` or `main` around an element."""
    return frame.parent.article() if frame.parent is not None else None


def find(weights: Weights, titled: Collection[int] = ()) -> Frame | None:
    """The element that holds the text of a page; None where there is no running text at all.

    Args:
        weights: of the elements of the page.
        titled: `mem_id` of the elements around the title, where it was found.
    """
    densest = weights.home
    if densest is None:
        return None
    best = densest.article() or densest
    outer = best.parent
    while outer is not None and outer.tag != "body":
        # Each answer of a page may be an article of its own: then all of it is what holds them. An article inside
        # another is a part of that; one beside others counts as all only where it holds most of the text.
        if outer.tag == "article" or (outer.tag == "main" and weights.of(best) < _MOST * weights.of(outer)):
            best = outer
        outer = outer.parent
    if best.tag not in {"article", "main"}:
        best = _with_question(_grown(best, weights, titled), weights.outline.pieces)
    while best.tag in _PARTS and best.parent is not None:
        # A table or a list is part of a text: what introduces it stands above.
        best = best.parent
    return best


def _grown(best: Frame, weights: Weights, titled: Collection[int]) -> Frame:
    """An element without an `article` around it, or one further out: the text goes on as long as there is more of it.

    What holds the text and its title is all of it, unless nearly everything stands elsewhere.
    """
    below = _SOME_MORE if titled else _MORE
    has_title = best.node.mem_id in titled
    outer = best.parent
    while outer is not None and outer.tag not in {"body", "html"}:
        if weights.of(outer) > (_FAR_MORE if has_title else below) * weights.of(best):
            best = outer
        has_title = has_title or outer.node.mem_id in titled
        outer = outer.parent
    if outer is None or outer.tag != "body":
        return best
    # The parts of a text may stand side by side, with nothing around them.
    return outer if weights.of(outer) > (_FAR_MORE if has_title else _MUCH_MORE) * weights.of(best) else best


def _with_question(best: Frame, pieces: Sequence[Piece]) -> Frame:
    """An element, or that around it where a heading right above asks what is answered inside."""
    outer, above = best.parent, best.start - 1
    if outer is None or outer.tag in {"body", "html"} or above < outer.start:
        return best
    piece = pieces[above]
    asks = (
        piece.kind == "heading" and piece.level > 1 and piece.region == "body" and piece.text.endswith(("?", "？", "؟"))
    )
    return outer if asks else best


def home_of(piece: Piece) -> Frame | None:
    """The element in which a piece stands: what holds the paragraph, or the bare line."""
    holder = piece.holder
    return holder if piece.bare else holder.parent and holder.parent.box()


def notes_on_authors(outline: Outline, span: Iterable[int]) -> set[int]:
    """The indices of the pieces that tell of whoever wrote the text, in a byline or in a box beside it.

    Where many are told of, each of them answers, and what is told belongs to that: then there are none.
    """
    boxed = {place for place in span if tells_of_author(outline.pieces[place])}
    return {p for p in boxed if len(outline.pieces[p].text) >= _SHORTEST_NOTE} if len(boxed) <= _MOST_NOTES else set()


def tells_of_author(piece: Piece) -> bool:
    """Whether a piece is a sentence in a byline or a box about whoever wrote the text."""
    if (
        piece.region != "body"
        or piece.kind != "paragraph"
        or not (len(piece.text) >= _SHORTEST_NOTE or _IS.search(piece.text))
    ):
        return False
    frame: Frame | None = piece.holder
    for _ in range(_MOST_AROUND):
        if frame is None or frame.end - frame.start > _MOST_IN_NOTE:
            return False
        if _OF_AUTHOR.search(frame.node.attributes.get("class") or ""):
            return True
        frame = frame.parent
    return False

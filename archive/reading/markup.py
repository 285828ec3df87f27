"""HTML → blocks: one walk over the parsed tree.

Here belongs how elements become headings, paragraphs, images and so on, with their place. Not here: which of them
are the author's text, and what they mean.

A page has some two thousand nodes, most of them outside of its text. So the walk makes light `Piece`s and `Frame`s;
what only the text is worth (paths, whole addresses, blocks) is made of the pieces that are kept.
"""

from collections.abc import Iterable, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.contributions import PassageKind
from archive.normalise import urls
from archive.reading import container, emphasis, nesting, signs
from archive.reading.outline import Frame, Noted, Outline, Piece
from archive.reading.page import Block, Link, Region
from archive.reading.places import Places
from archive.reading.spaces import fold, unbroken

SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video map head title meta link "
    "button input select option textarea dialog datalist rt rp".split()
)
"""Elements whose words are no part of a page's."""
_BLOCK_KINDS: Mapping[str, PassageKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "tr": "list_item",
    "figure": "caption",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "preformatted",
    "summary": "heading",
}
_CONTAINERS = frozenset(
    "html body main article section div header footer aside nav form fieldset ul ol dl table thead tbody tfoot "
    "td th figure picture blockquote details address center hgroup label legend p li dt dd tr figcaption caption pre "
    "h1 h2 h3 h4 h5 h6 summary".split()
)
_HOLDS_TEXT = frozenset("p li dt dd td th pre figcaption caption blockquote".split())
_ENDS_HEADING = frozenset(("table", "ul", "ol", "dl", "figure"))
_REGIONS: Mapping[str, Region] = {"nav": "related", "aside": "aside", "footer": "footer", "form": "newsletter"}
_OF_KINDS = frozenset(("button", "blockquote", *_ENDS_HEADING, *_BLOCK_KINDS))
_NO_ELEMENTS = frozenset("-_!")
"""How the names of text and comments begin; damaged markup also has elements without a name."""
_PLAIN = frozenset("span em i u small sub sup cite abbr font mark q code s ins bdi ruby rb".split())
_BESIDE = frozenset(("related", "comments", "newsletter", "share", "notice", "footer", "aside"))
_LONGEST_BESIDE, _LONGEST_OFTEN = 1_000, 100_000
"""Characters of an element beside the text up to which nobody looks into it; comments and the like are longer."""
_LONGEST_LABEL, _MOST_SEAMS = 260, 12
_LEAVES, _NOTED = frozenset(("br", "hr", "img")), frozenset(("a", "h1", "h2", "h3", "p", "time"))


def parse(text: str) -> LexborHTMLParser:
    """Parse a page once, with the C parser; what would keep it busy for minutes is left out before."""
    return LexborHTMLParser(nesting.bounded(text))


class _Walk:
    """The pieces so far, and the words of the one that is being gathered."""

    def __init__(
        self,
        regions: Mapping[int, Region],
        headed: Mapping[int, str] | None = None,
        *,
        with_links: bool = True,
        only_text: bool = False,
    ) -> None:
        self.regions = regions
        self.headed = headed or {}
        self.with_links = with_links
        self.only_text = only_text
        self.found = Outline(regions)
        self.pieces = self.found.pieces
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.seams: list[int] = []
        self.plain = False
        self.lead = 0
        self.place: LexborNode | None = None
        self.broken: LexborNode | None = None
        self.linked: Frame | None = None
        self.link = ""
        self.link_start = 0

    def run(self, root: LexborNode, outside: Frame) -> Outline:
        """Walk `root` without recursion: pages may be nested deeper than Python's stack."""
        frame = self._enter(root, root.tag or "", root.attributes, outside)
        frame.closes_block, frame.parent = True, None
        words = self.words
        stack = [(root, outside)]
        node = root.child
        while True:
            if node is None:
                left, around = stack.pop()
                if around is not frame:
                    self._leave(frame)
                    frame = around
                elif words:
                    self.seams.append(len(words))
                if not stack:
                    return self.found
                node = left.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content
                if text and not text.isspace():
                    self._text(text, frame)
                elif words:
                    words.append(" ")
            elif tag in _LEAVES:
                self._leaf(node, tag, frame)
            elif (inner := self._entered(node, tag, frame)) is not None:
                stack.append((node, frame))
                frame = inner
                node = node.child
                continue
            node = node.next

    def _leaf(self, node: LexborNode, tag: str, frame: Frame) -> None:
        if tag == "br":
            self._break(node, frame)
        elif tag == "img":
            self._image(node, frame)
        else:
            self._flush(frame)

    def _entered(self, node: LexborNode, tag: str, frame: Frame) -> Frame | None:
        """The frame of what is in an element; None where it is passed by."""
        if tag in SKIPPED or tag[:1] in _NO_ELEMENTS:
            if tag != "button" or not _opens_a_panel(node.attributes, frame):
                return None
        elif tag in _PLAIN:
            attributes = node.attributes
            if attributes and "editsection" in (attributes.get("class") or ""):
                # A wiki's button beside a heading.
                return None
            if not attributes or "-" not in frame.tag or "slot" not in attributes:
                if self.words:
                    self.seams.append(len(self.words))
                # An element without names that only runs along in a line changes nothing.
                return self._enter_inline(node, tag, attributes, frame) if attributes else frame
        inner = self._enter(node, tag, node.attributes, frame)
        return None if inner.is_region and self.only_text and self._passes_by(inner) else inner

    def _passes_by(self, frame: Frame) -> bool:
        """Whether an element that is no part of the text is not worth entering; a piece stands for what is in it."""
        if frame.region not in _BESIDE or not frame.closes_block:
            return False
        if frame.tag == "footer" and frame.parent is not None and frame.parent.article() is not None:
            # That of an article often says who wrote it, and when.
            return False
        node = frame.node
        text = node.text(separator="\n")
        longest = _LONGEST_OFTEN if frame.is_often_longer() else _LONGEST_BESIDE
        if len(text) > longest or node.css_first("h1") is not None:
            return False
        self.pieces.append(Piece("boilerplate", text, node, frame.region, 0, False, 0, (), None, False, frame, True))
        frame.end = len(self.pieces)
        return True

    def _enter_inline(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], parent: Frame) -> Frame:
        """The frame of an element inside a line, if its names say anything; else that around it."""
        sign = signs.of(attributes)
        if (
            sign is signs.NONE
            and "itemprop" not in attributes
            and "rel" not in attributes
            and not self.regions
            and emphasis.of(tag, attributes, around=parent.emphasis) == parent.emphasis
        ):
            return parent
        return self._enter(node, tag, attributes, parent)

    def _enter(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], parent: Frame) -> Frame:
        closes = tag in _CONTAINERS or _is_box(tag, parent)
        if self.words:
            if closes:
                self._flush(parent)
            else:
                self.seams.append(len(self.words))
        frame = Frame(node, tag, parent, len(self.pieces))
        frame.closes_block = closes
        if "style" in attributes or tag in emphasis.STRONG:
            frame.emphasis = emphasis.of(tag, attributes, around=parent.emphasis)
        if closes and tag in _OF_KINDS:
            _set_kind(frame, tag, parent.kind)
        sign = signs.of(attributes) if attributes else signs.NONE
        if sign is not signs.NONE or self.regions:
            self._name(frame, sign)
        if tag in _REGIONS and frame.named is None and frame.region == "body":
            frame.is_region = True
            frame.region = _REGIONS[tag]
        if tag == "a" and self.with_links and (link := attributes.get("href")):
            self.linked, self.link, self.link_start = frame, link, len(self.words)
        if tag in _NOTED or sign.field or (attributes and ("itemprop" in attributes or "rel" in attributes)):
            self.found.noted.append(Noted(frame, attributes, sign))
        if self.headed and (words := self.headed.get(node.mem_id)):
            self.pieces.append(Piece("heading", words, node, frame.region, 6, False, 0, (), None, False, frame))
        return frame

    def _name(self, frame: Frame, sign: signs.Sign) -> None:
        """Put an element into the region that its names or the publisher's selectors say."""
        named = self.regions.get(frame.node.mem_id) if self.regions else None
        if named == "body" and sign.region == "comments":
            # What was let in although its name kept it out lets in what is called the same inside it.
            frame.let_in = sign.region
        if named is None and sign.region != frame.let_in:
            named = sign.region
        if named is not None:
            frame.named = frame.region = named
            frame.is_region = True

    def _leave(self, frame: Frame) -> None:
        if frame is self.linked:
            self._end_link()
            self.linked = None
        if frame.closes_block:
            if self.words:
                self._flush(frame)
            frame.end = len(self.pieces)
            if frame.end > frame.start:
                self.found.frames.append(frame)
        elif self.words:
            self.seams.append(len(self.words))

    def _break(self, node: LexborNode, frame: Frame) -> None:
        """A line ends; an empty line ends a paragraph."""
        if not self.words:
            return
        if frame.kind != "preformatted" and self._ends_line():
            self._flush(frame)
            self.broken = node
        else:
            self.words.append("\n")

    def _ends_line(self) -> bool:
        """Whether only white space was gathered since the last line ended, and words before it."""
        for words in reversed(self.words):
            if words == "\n":
                return any(map(str.strip, self.words))
            if words.strip():
                return False
        return False

    def _text(self, text: str, frame: Frame) -> None:
        if not self.words:
            # The place of a line is the element around it that is no mere part of a line.
            self.place = self.broken or (frame if frame.closes_block or frame.parent is None else frame.parent).node
            self.broken = None
        if not frame.emphasis and not self.plain and not emphasis.is_time(text, self.words):
            self.plain = True
            self.lead = len(fold("".join(self.words))) if self.words else 0
        self.words.append(text if frame.kind == "preformatted" else unbroken(text))

    def _end_link(self) -> None:
        """Note the words of a link, as far as they stand in the piece that is being gathered."""
        words = "".join(self.words[self.link_start :])
        if words and not words.isspace():
            self.links.append((words, self.link))
        self.link_start = 0

    def _flush(self, frame: Frame) -> None:
        words = self.words
        if not words:
            return
        if self.linked is not None:
            self._end_link()
        raw = "".join(words)
        kind = frame.kind
        text = raw.strip("\n") if kind == "preformatted" else fold(raw)
        if text:
            box = frame if frame.closes_block else frame.box()
            has_seams = bool(self.seams) and len(text) <= _LONGEST_LABEL
            self.pieces.append(
                Piece(
                    kind, text, self.place or box.node, frame.region, frame.level,
                    not self.plain and kind != "heading", 0 if kind == "heading" else self.lead,
                    tuple(self.links), None, kind == "paragraph" and box.tag not in _HOLDS_TEXT, box, False,
                    tuple(self.seams) if has_seams else (), tuple(words) if has_seams else (),
                )
            )  # fmt: skip
        words.clear()
        self.links.clear()
        self.seams.clear()
        self.broken = None
        self.plain = False
        self.lead = 0

    def _image(self, node: LexborNode, frame: Frame) -> None:
        if self.words and frame.kind in {"paragraph", "heading"} and "".join(self.words).strip():
            # An image in the middle of a sentence must not cut it in two.
            return
        attributes = node.attributes
        source = attributes.get("src") or attributes.get("data-src") or ""
        alt = fold(attributes.get("alt") or "")
        self.pieces.append(Piece("image", alt, node, frame.region, 0, False, 0, (), source, False, frame.box()))


def _set_kind(frame: Frame, tag: str, kind: PassageKind) -> None:
    """What the pieces of a container are, inside one whose pieces are of some kind."""
    own = _BLOCK_KINDS.get(tag)
    if own is not None:
        # Inside a quotation or a list item, paragraphs remain what holds them.
        frame.kind = kind = kind if tag == "p" and kind in {"quotation", "list_item", "caption"} else own
        frame.level = (int(tag[1]) if tag[0] == "h" else 6) if kind == "heading" else 0
    elif tag == "button":
        frame.kind, frame.level = "heading", 6
    elif tag == "blockquote":
        frame.kind, frame.level = "quotation", 0
    elif kind == "heading" and tag in _ENDS_HEADING:
        frame.kind, frame.level = "paragraph", 0


def _opens_a_panel(attributes: Mapping[str, str | None], parent: Frame) -> bool:
    """Whether a button heads a part of the text, as in an accordion."""
    return parent.kind == "heading" or ("aria-expanded" in attributes and "aria-controls" in attributes)


def _is_box(tag: str, parent: Frame) -> bool:
    """Whether an element whose name does not tell is no part of a line of text."""
    if tag == "button":
        return parent.kind != "heading"
    if "-" not in tag and "-" not in parent.tag:
        return False
    # An element of somebody's own may be a box, and what stands in it; in the middle of a line it is none.
    return parent.closes_block and parent.tag not in _HOLDS_TEXT and parent.kind != "heading"


def outline(root: LexborNode, regions: Mapping[int, Region], headed: Mapping[int, str] | None = None) -> Outline:
    """The pieces under an element, and what holds them; what stands beside the text is passed by.

    Args:
        root: an element of a parsed page.
        regions: `mem_id` of elements → the region that they make, whatever their names say.
        headed: `mem_id` of elements → the words that head them, which stand elsewhere on the page.
    """
    return _Walk(regions, headed, only_text=True).run(root, Frame(root, ""))


def blocks_of(
    outline: Outline, span: Sequence[int], base: str, places: Places, heads: Sequence[Frame] = ()
) -> list[Block]:
    """Pieces as blocks.

    Args:
        outline: what a walk gave.
        span: the indices of the pieces.
        base: the address that relative links start from.
        places: of the page.
        heads: elements whose blocks are in the region of that name.
    """
    headed = {place for frame in heads if frame.closes_block for place in range(frame.start, frame.end)}
    found: list[Block] = []
    notes = container.notes_on_authors(outline, span)
    for place in span:
        piece = outline.pieces[place]
        inner = [piece]
        if piece.is_unread:
            inner = _Walk(outline.regions).run(piece.node, piece.holder.parent or piece.holder).pieces
        region: Region | None = "head" if place in headed else "aside" if place in notes else None
        found += [_block(one, base, places, region) for one in inner]
    return found


def blocks(roots: Iterable[LexborNode], base: str, regions: Mapping[int, Region]) -> list[Block]:
    """All blocks under several elements, in order.

    Args:
        roots: elements of a parsed page.
        base: the address that relative links start from.
        regions: as in `outline`.
    """
    places = Places()
    walks = [_Walk(regions).run(root, Frame(root, "")) for root in roots]
    return [block for walk in walks for block in blocks_of(walk, range(len(walk.pieces)), base, places)]


def _offsets(piece: Piece) -> tuple[int, ...]:
    """Where in a short text the elements inside its line begin and end."""
    # What ends with the line is no seam.
    seams = {seam for seam in piece.seams[:_MOST_SEAMS] if seam < len(piece.words)}
    return tuple(sorted({len(fold("".join(piece.words[:seam]))) for seam in seams} - {0, len(piece.text)}))


def _block(piece: Piece, base: str, places: Places, region: Region | None) -> Block:
    links: tuple[Link, ...] = ()
    if piece.links:
        joined = ((fold(words), urls.join(base, link)) for words, link in piece.links)
        links = tuple(Link(words, address) for words, address in joined if address)
    source = piece.src
    if source is not None:
        source = urls.join(base, source) or source
    return Block(
        piece.kind,
        piece.text,
        places.path(piece.node),
        region or piece.region,
        piece.level,
        piece.strong,
        piece.lead,
        _offsets(piece) if piece.seams else (),
        links,
        source,
        piece.bare,
    )


def words(node: LexborNode) -> str:
    """The words of an element as people read them: inline parts run together, blocks are parted by a space."""
    first = node.child
    if first is not None and first.tag == "-text" and first.next is None:
        return fold(unbroken(first.text_content or ""))
    found = _Walk({}, with_links=False).run(node, Frame(node, "")).pieces
    return " ".join(piece.text.replace("\n", " ") for piece in found if piece.kind != "image")

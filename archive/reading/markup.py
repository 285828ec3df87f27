"""HTML → blocks: one walk over the parsed tree.

Here belongs how elements become headings, paragraphs, images and so on, with their place. Not here: which of them
are the author's text, and what they mean.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.contributions import PassageKind
from archive.normalise import urls
from archive.reading import nesting
from archive.reading.page import Block, Link, Region

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video map head title meta link "
    "button input select option textarea dialog datalist rt rp".split()
)
_BLOCK_KINDS: Mapping[str, PassageKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "tr": "list_item",
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
_STRONG = frozenset(("b", "strong"))
_REGIONS: Mapping[str, Region] = {"nav": "related", "aside": "aside", "footer": "footer", "form": "newsletter"}
_DEEPEST = 200
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def parse(text: str) -> LexborHTMLParser:
    """Parse a page once, with the C parser; what would keep it busy for minutes is left out before."""
    return LexborHTMLParser(nesting.bounded(text))


@dataclass(slots=True)
class Frame:
    """An element that was walked: its place, what its blocks are, and which of the blocks it holds."""

    node: LexborNode
    tag: str
    parent: "Frame | None"
    start: int
    path: str
    kind: PassageKind
    level: int
    region: Region
    closes_block: bool
    emphasis: bool
    link: str | None = None
    link_start: int = 0
    children: dict[str, int] = field(default_factory=dict)
    end: int = 0
    is_region: bool = False

    def box(self) -> "Frame":
        """The nearest element, from this one outwards, that is no part of a line of text."""
        frame = self
        while not frame.closes_block and frame.parent is not None:
            frame = frame.parent
        return frame


@dataclass(slots=True)
class Outline:
    """The blocks under an element in order, the element that holds each most closely, and all that hold any.

    The blocks of a frame are those from its `start` to before its `end`. Addresses of links are as they are written:
    making them absolute is work that only the blocks of the text are worth (`resolved`).
    """

    blocks: list[Block]
    holders: list[Frame]
    frames: list[Frame]


class _Walk:
    """The blocks so far, and the words of the block that is being gathered."""

    def __init__(self, base: str, regions: Mapping[int, Region]) -> None:
        self.base = base
        self.regions = regions
        self.blocks: list[Block] = []
        self.holders: list[Frame] = []
        self.frames: list[Frame] = []
        self.words: list[str] = []
        self.links: list[Link] = []
        self.plain = False
        self.lead = 0
        self.path = ""
        self.linked: Frame | None = None

    def run(self, root: LexborNode, path: str, region: Region) -> list[Block]:
        """Walk `root` without recursion: pages may be nested deeper than Python's stack."""
        stack = [self._open(root, None, path, region)]
        node = root.child
        while stack:
            if node is None:
                frame = stack.pop()
                self._close(frame)
                frame.end = len(self.blocks)
                if frame.closes_block and frame.end > frame.start:
                    self.frames.append(frame)
                node = frame.node.next if stack else None
                continue
            tag = node.tag
            if tag == "-text":
                self._text(node.text_content or "", stack[-1])
            elif tag == "br":
                self.words.append("\n")
            elif tag == "hr":
                self._flush(stack[-1])
            elif tag == "img":
                self._image(node, stack[-1])
            elif tag is not None and tag[0] not in "-_!" and (tag not in _SKIPPED or _opens_a_panel(node, stack[-1])):
                parent = stack[-1]
                count = parent.children[tag] = parent.children.get(tag, 0) + 1
                # Below this depth a place is named by its ancestor: paths of hostile nesting would fill the memory.
                place = f"{parent.path}/{tag}[{count}]" if len(stack) < _DEEPEST else parent.path
                stack.append(self._open(node, parent, place, parent.region))
                node = node.child
                continue
            node = node.next
        return self.blocks

    def _open(self, node: LexborNode, parent: Frame | None, path: str, region: Region) -> Frame:
        tag = node.tag or ""
        kind, level, emphasis = (parent.kind, parent.level, parent.emphasis) if parent else ("paragraph", 0, False)
        closes = tag in _CONTAINERS or parent is None or (tag == "button" and kind != "heading")
        if closes and parent:
            self._flush(parent)
        if tag in _BLOCK_KINDS:
            # Inside a quotation or a list item, paragraphs remain what holds them.
            inherits = tag == "p" and kind in {"quotation", "list_item", "caption"}
            kind = kind if inherits else _BLOCK_KINDS[tag]
            level = int(tag[1]) if kind == "heading" and tag[0] == "h" else (6 if kind == "heading" else 0)
        elif tag == "button" and kind != "heading":
            kind, level = "heading", 6
        elif tag == "blockquote":
            kind, level = "quotation", 0
        elif tag in {"table", "ul", "ol", "dl", "figure"} and kind == "heading":
            kind, level = "paragraph", 0
        named = self.regions.get(node.mem_id) or (_REGIONS.get(tag) if region == "body" else None)
        link = node.attributes.get("href") if tag == "a" and self.base else None
        emphasis = emphasis or tag in _STRONG
        start = len(self.blocks)
        words = len(self.words)
        frame = Frame(node, tag, parent, start, path, kind, level, named or region, closes, emphasis, link, words)
        frame.is_region = named is not None
        if link:
            self.linked = frame
        return frame

    def _close(self, frame: Frame) -> None:
        if frame is self.linked:
            self._link(frame)
            self.linked = None
        if frame.closes_block:
            self._flush(frame)

    def _text(self, text: str, frame: Frame) -> None:
        if not text.strip():
            if self.words:
                self.words.append(" ")
            return
        if not self.words:
            self.path = frame.path if frame.closes_block else frame.path.rpartition("/")[0] or frame.path
        if not frame.emphasis and not self.plain:
            self.plain = True
            self.lead = len(fold("".join(self.words)))
        self.words.append(text if frame.kind == "preformatted" else _SPACE.sub(" ", text))

    def _link(self, frame: Frame) -> None:
        """Note the words of a link, as far as they stand in the block that is being gathered."""
        words = fold("".join(self.words[frame.link_start :]))
        if words and frame.link:
            self.links.append(Link(words, frame.link))
        frame.link_start = 0

    def _flush(self, frame: Frame) -> None:
        if not self.words:
            return
        if self.linked is not None:
            self._link(self.linked)
        raw = "".join(self.words)
        text = raw.strip("\n") if frame.kind == "preformatted" else fold(raw)
        if text:
            box = frame.box()
            self.blocks.append(
                Block(
                    frame.kind,
                    text,
                    self.path,
                    frame.region,
                    frame.level,
                    strong=not self.plain and frame.kind != "heading",
                    lead=self.lead if frame.kind != "heading" else 0,
                    links=tuple(self.links),
                    bare=frame.kind == "paragraph" and box.tag not in _HOLDS_TEXT,
                )
            )
            self.holders.append(box)
        self.words.clear()
        self.links.clear()
        self.plain = False
        self.lead = 0

    def _image(self, node: LexborNode, frame: Frame) -> None:
        if self.words and "".join(self.words).strip() and frame.kind in {"paragraph", "heading"}:
            # An image in the middle of a sentence must not cut it in two.
            return
        count = frame.children["img"] = frame.children.get("img", 0) + 1
        attributes = node.attributes
        source = attributes.get("src") or attributes.get("data-src") or ""
        alt = fold(attributes.get("alt") or "")
        self.blocks.append(
            Block("image", alt, f"{frame.path}/img[{count}]", frame.region, src=urls.join(self.base, source) or source)
        )
        self.holders.append(frame.box())


def _opens_a_panel(node: LexborNode, parent: Frame) -> bool:
    """Whether an element is a button that heads a part of the text, as in an accordion."""
    return node.tag == "button" and (
        parent.kind == "heading" or {"aria-expanded", "aria-controls"} <= set(node.attributes)
    )


def outline(
    root: LexborNode, base: str, regions: Mapping[int, Region] | None = None, region: Region = "body"
) -> Outline:
    """The blocks under an element, and what holds them.

    Args:
        root: an element of a parsed page.
        base: the address that relative links start from.
        regions: `mem_id` of elements → the region that they make; elements such as nav and aside are known anyway.
        region: the region of everything else.
    """
    walk = _Walk(base, regions or {})
    walk.run(root, path(root), region)
    return Outline(walk.blocks, walk.holders, walk.frames)


def blocks(
    roots: Sequence[LexborNode], base: str, regions: Mapping[int, Region] | None = None, region: Region = "body"
) -> list[Block]:
    """The blocks under several elements, in order; the arguments are those of `outline`."""
    return [block for root in roots for block in resolved(outline(root, base, regions, region).blocks, base)]


def resolved(found: Iterable[Block], base: str) -> Iterator[Block]:
    """The blocks with the addresses of their links made absolute; what is no web address is no link."""
    for block in found:
        if not block.links:
            yield block
            continue
        links = ((link.text, urls.join(base, link.url)) for link in block.links)
        yield replace(block, links=tuple(Link(text, address) for text, address in links if address))


def words(node: LexborNode) -> str:
    """The words of an element as people read them: inline parts run together, blocks are parted by a space."""
    return " ".join(block.text.replace("\n", " ") for block in blocks([node], "") if block.kind != "image")


def is_inside(node: LexborNode, other: LexborNode) -> bool:
    """Whether `node` is `other`, or somewhere in it."""
    current: LexborNode | None = node
    while current is not None:
        if current.mem_id == other.mem_id:
            return True
        current = current.parent
    return False


def path(node: LexborNode) -> str:
    """The place of an element, as a path of elements: `/html/body/main[1]/p[3]`."""
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and current.tag not in {None, "-document", "-undef"}:
        count = 1
        sibling = current.prev
        while sibling is not None:
            count += sibling.tag == current.tag
            sibling = sibling.prev
        steps.append(f"{current.tag}[{count}]" if current.tag not in {"html", "body", "head"} else str(current.tag))
        current = current.parent
    return "/" + "/".join(reversed(steps))


def fold(text: str) -> str:
    """White space made single and trimmed on every line; a line break in the markup stays one."""
    if "\n" not in text:
        return _SPACE.sub(" ", text.replace("\xa0", " ")).strip()
    lines = (_SPACE.sub(" ", line.replace("\xa0", " ")).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

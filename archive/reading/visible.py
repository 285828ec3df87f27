"""HTML → Draft: what the page prints for people, by the source's selectors where known, else by general signs.

Here belongs finding the parts of a page in its markup. Not here: machine-readable claims (`head`), what a block
means (`labels`), and choosing between claims (`choice`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.provenance import Witness
from archive.normalise import dates
from archive.reading import (
    container,
    datelines,
    figures,
    head,
    headings,
    lead,
    markup,
    printed,
    signatures,
    signs,
    tabs,
)
from archive.reading.draft import Draft
from archive.reading.marked import RIGHTS, Marked
from archive.reading.outline import Frame, Outline
from archive.reading.page import Block, Region, Statement
from archive.reading.places import Places, is_inside
from archive.reading.source import Shape, Source

GENERIC = Shape(
    name="generic",
    match="html",
    fields={"rights": RIGHTS},
)
"""The shape of a page whose publisher nobody has described; its regions are told by `signs`."""

_BODY = re.compile("<body", re.IGNORECASE)
_MOST_BYLINES, _MOST_ABOVE, _FEW_ABOVE = 200, 12, 6
_HEAD_SHARE = 5
"""What stands above the title of a text is its head, if it is no more than one part of so many."""
_WITNESS: Mapping[str, Witness] = {"authors": "byline"}
_REGION_NAMES: tuple[Region, ...] = (
    "caption",
    "share",
    "related",
    "newsletter",
    "comments",
    "notice",
    "aside",
    "footer",
    "inset",
    "pull_quote",
)


def draft(text: str, url: str, source: Source) -> Draft:
    """Read an HTML page as far as its markup goes."""
    tree = markup.parse(text)
    shape = next((shape for shape in source.shapes if _first(tree, shape.match)), GENERIC)
    body = tree.body
    made = Draft("html", shape.name, whole=_is_whole(text))
    places = Places()
    marked = Marked(tree)
    made.statements += head.statements(tree, url, places, marked)
    if body is None:
        return made
    regions = _regions(tree, shape)
    roots = _outermost(tree.css(shape.body)) if shape.body else []
    titles = [claim.value for claim in made.statements if claim.field == "title"]
    held = None if roots else _held(body, marked, regions, titles)
    scope = held.frame.node if held and shape is GENERIC else body
    found = printed.Printed()
    if held and shape is GENERIC:
        found = printed.find(held.outline, held.weights, held.frame, titles, url, places)
        if not any(claim.field == "standfirst" for claim in found.statements):
            piece = lead.find(held.outline, held.weights, found.title.end if found.title else held.frame.start, titles)
            if piece:
                made.led_in = None if piece.kind == "heading" else piece.text
                found.statements.append(Statement("standfirst", piece.text, "visible", places.path(piece.node)))
        if marked.has_rights:
            made.statements += _selected(tree, scope, GENERIC.fields, places)[0]
        made.statements += found.statements
        # What holds most of the text is no mere description of it.
        heads = [frame for frame in found.frames if 2 * held.weights.of(frame) <= held.weights.of(held.frame)]
        made.blocks = _with_head(held.blocks(heads, url, places), found.title, places)
        made.core = places.path(held.weights.core(held.frame).node)
        made.home = places.path((held.weights.whole_home or held.frame).node)
    else:
        statements, nodes = _selected(tree, scope, shape.fields or GENERIC.fields, places)
        made.statements += statements
        if held:
            inside = {node.mem_id for node in nodes}
            heads = [frame for frame in held.outline.frames if frame.node.mem_id in inside]
            made.blocks = held.blocks(heads, url, places)
        else:
            regions |= {node.mem_id: "head" for node in nodes}
            made.blocks = markup.blocks(roots, url, regions)
    if shape is GENERIC:
        made.statements += _dated(made, held, found, url, places)
        made.statements += _signed(made, body, held, found.title, places)
    if shape.refine and source.refine and (fragment := _first(tree, shape.refine)):
        # The source's own reader works on the part that it asked for, never on the whole page.
        refined = source.refine(BeautifulSoup(fragment.html or "", "html.parser"), places.path(fragment))
        made.statements += refined.statements
        made.pictures += refined.pictures
    told = {picture.locator for picture in made.pictures}
    around = _article(roots[0]) if roots else held.frame.node if held else body
    pictures = figures.pictures(around, url, places) if marked.has_figures else []
    made.pictures += [picture for picture in pictures if picture.locator not in told]
    return made


@dataclass(frozen=True, slots=True)
class _Held:
    """The element that holds the text, among all of a page."""

    outline: Outline
    weights: container.Weights
    frame: Frame

    def blocks(self, heads: Sequence[Frame], base: str, places: Places) -> list[Block]:
        """Its blocks; those inside of `heads` are in the region of that name."""
        return markup.blocks_of(self.outline, range(self.frame.start, self.frame.end), base, places, heads)

    def above(self, title: Frame, base: str, places: Places) -> list[Block]:
        """What stands between the title and the element, where the title is outside of it."""
        between = range(title.end, min(self.frame.start, title.end + _MOST_ABOVE))
        read = [place for place in between if not self.outline.pieces[place].is_unread]
        return markup.blocks_of(self.outline, read, base, places) if read else []

    def signed(self, title: Frame | None, places: Places, *, with_bare: bool) -> list[Statement]:
        """The line near the title that says who wrote the text."""
        # Where no heading is the title, what stands right above the text may say so.
        start = title.end if title else max(0, self.frame.start - _FEW_ABOVE)
        return signatures.below_title(self.outline, self.weights, self.frame, start, places, with_bare=with_bare)


def _held(body: LexborNode, marked: Marked, regions: Mapping[int, Region], titles: Sequence[str]) -> _Held | None:
    """The element that holds the text.

    What a name keeps out is let in again where most of the text stands in it, or the heading that is the title.
    """
    headed = tabs.headed(body, marked.tabs) if marked.tabs else {}
    # The page itself is beside no text, and neither is what its title stands in.
    around = headings.around_title(marked.titles, titles)
    let_in = {node.mem_id for node in (body, *around) if node.mem_id in regions or signs.of(node.attributes).region}
    regions = {**regions, **dict.fromkeys(let_in, "body")}
    outline = markup.outline(body, regions, headed)
    weights = container.Weights(outline)
    regional = [frame for frame in outline.frames if frame.is_region and frame.named != "body"]
    regional += [piece.holder for piece in outline.pieces if piece.is_unread]
    wrong = {frame.node.mem_id for frame in regional if container.is_main(frame, weights)}
    if wrong:
        outline = markup.outline(body, {**regions, **dict.fromkeys(wrong, "body")}, headed)
        weights = container.Weights(outline)
    titled = {node.mem_id for node in around}
    frame = container.find(weights, titled) or (outline.frames[-1] if outline.frames else None)
    return _Held(outline, weights, frame) if frame else None


def _dated(made: Draft, held: _Held | None, around: printed.Printed, url: str, places: Places) -> list[Statement]:
    """The date of a page that prints it where no name says what it is.

    What day it is may stand over the title; where a line below it is nothing but a date, that is the text's.
    """
    title = around.title
    above = held.above(title, url, places) if held and title else []
    below = _from(title, made.blocks, places)
    # What leads into the text is not its beginning yet.
    first = [block for block in (*above, *below) if block.text != made.led_in]
    found = datelines.near_the_beginning(first) or datelines.near_the_beginning(made.blocks)
    if not any(dates.is_date_line(claim.value) for claim in found):
        found = [*around.above, *found]
    told = [*made.statements, *found]
    if held and not any(claim.field == "published" and claim.witness != "url" for claim in told):
        start = title.end if title else held.frame.start
        found += datelines.anywhere(held.outline, held.frame, start, below, places)
    return found


def _signed(made: Draft, body: LexborNode, held: _Held | None, title: Frame | None, places: Places) -> list[Statement]:
    """Who wrote the text of a page that prints it where no name says so."""
    told = made.statements
    if signatures.names_somebody(told):
        return []
    # Where nothing names anybody, a name beside a date is enough.
    with_bare = not any(claim.field == "authors" for claim in told)
    return (
        (held.signed(title, places, with_bare=with_bare) if held else [])
        or signatures.at_either_end(made.blocks)
        or signatures.in_first_sentences(made.blocks)
        or signatures.in_date_lines(told, with_bare=with_bare)
        or (signatures.in_a_box(held.outline.pieces[held.frame.start : held.frame.end], places) if held else [])
        or signatures.linked(body, places)
    )


def _from(title: Frame | None, blocks: Sequence[Block], places: Places) -> Sequence[Block]:
    """The blocks from the title on; all where it is not among them."""
    return blocks[_start(title, blocks, places) :]


def _with_head(blocks: list[Block], title: Frame | None, places: Places) -> list[Block]:
    """The blocks of a text; those above its title, who wrote it for example, are its head, if they are few."""
    start = _start(title, blocks, places)
    above = sum(len(block.text) for block in blocks[:start])
    if above * _HEAD_SHARE > sum(len(block.text) for block in blocks):
        return blocks
    return [
        replace(block, region="head") if place < start and block.region == "body" else block
        for place, block in enumerate(blocks)
    ]


def _start(title: Frame | None, blocks: Sequence[Block], places: Places) -> int:
    """The index of the title among blocks; 0 where it is not among them."""
    path = places.path(title.node) if title else ""
    return next((place for place, block in enumerate(blocks) if block.locator.startswith(path)), 0) if path else 0


def _selected(
    tree: LexborHTMLParser, scope: LexborNode, fields: Mapping[str, str], places: Places
) -> tuple[list[Statement], list[LexborNode]]:
    """What the elements of some selectors print, and those elements."""
    statements: list[Statement] = []
    found: list[LexborNode] = []
    for name, selector in fields.items():
        nodes = scope.css(selector) or tree.css(selector)
        for node in nodes[:_MOST_BYLINES] if name == "authors" else nodes[:1]:
            if any(is_inside(node, other) for other in found):
                continue
            text = markup.words(node)
            if text:
                statements.append(Statement(name, text, _WITNESS.get(name, "visible"), places.path(node)))
                found.append(node)
            if name == "rights":
                statements += [
                    Statement("license_uri", link.attributes.get("href") or "", "visible", places.path(link))
                    for link in node.css("a[href]")
                ]
    return statements, found


def _outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    kept: list[LexborNode] = []
    seen: set[int] = set()
    for node in nodes:
        current: LexborNode | None = node
        while current is not None and current.mem_id not in seen:
            current = current.parent
        if current is None:
            kept.append(node)
        seen.add(node.mem_id)
    return kept


def _regions(tree: LexborHTMLParser, shape: Shape) -> dict[int, Region]:
    """`mem_id` of the elements that the publisher's own selectors put into a region."""
    named = shape.regions
    return {node.mem_id: name for name in _REGION_NAMES if name in named for node in tree.css(named[name])}


def _article(node: LexborNode) -> LexborNode:
    """The `article` or `main` that holds an element; the element itself where none does."""
    current: LexborNode | None = node
    while current is not None and current.tag != "body":
        if current.tag in {"article", "main"}:
            return current
        current = current.parent
    return node


def _is_whole(text: str) -> bool:
    """True where the document ends properly, or never claimed to be a whole one."""
    tail = text[-20_000:].lower()
    return "</body" in tail or "</html" in tail or not _BODY.search(text)


def _first(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    return tree.css_first(selector)

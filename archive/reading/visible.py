"""HTML → Draft: what the page prints for people, by the source's selectors where known, else by general signs.

Here belongs finding the parts of a page in its markup. Not here: machine-readable claims (`head`), what a block
means (`labels`), and choosing between claims (`choice`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.provenance import Witness
from archive.normalise import dates, names
from archive.normalise.dates import is_date_line
from archive.reading import container, figures, head, markup, printed
from archive.reading.draft import Draft
from archive.reading.page import Block, Region, Statement
from archive.reading.source import Shape, Source


def _named(*parts: str) -> str:
    """A selector of the elements whose class or id has one of these in it."""
    return ", ".join(f"[class*={part}], [id*={part}]" for part in parts)


GENERIC = Shape(
    name="generic",
    match="html",
    fields={"rights": "[class*=license], [class*=licence], [class*=copyright]"},
    regions={
        "share": _named("share", "sharing", "social"),
        "related": _named(
            "related",
            "read-more",
            "readmore",
            "recommend",
            "recirc",
            "outbrain",
            "taboola",
            "trending",
            "most-read",
            "most-popular",
            "popular-posts",
            "also-like",
            "up-next",
            "upnext",
            "see-also",
            "further-reading",
            "promo",
            "teaser",
            "tag-list",
            "tags-list",
            "post-tags",
            "entry-tags",
            "article-tags",
            "breadcrumb",
            "pagination",
        ),
        "newsletter": _named("newsletter", "subscribe", "signup", "sign-up"),
        "comments": "[id=comments], [class*=comments], [class*=comment-section], [class*=comment-list], [id*=disqus]",
        "notice": _named("cookie", "consent", "onetrust", "advert", "sponsor") + ", [role=dialog]",
        "aside": _named("sidebar", "author-bio", "author-box", "authorbox", "about-author", "author-info", "biography")
        + ", [role=complementary], [class*=twitter-tweet], [class*=instagram-media]",
        "caption": "[class*=caption], [class*=photo-credit], [class*=image-credit], [class*=img-credit]",
    },
)
"""The shape of a page whose publisher nobody has described."""

_MOST_BYLINES = 200
_LONGEST_SIGNATURE = 160
_LONGEST_DATELINE = 50
_HEAD_BLOCKS = 30
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
    made.statements += head.statements(tree, url)
    if body is None:
        return made
    regions = _regions(tree, shape)
    roots = _outermost(tree.css(shape.body)) if shape.body else []
    held = None if roots else _held(body, url, regions)
    scope = held.frame.node if held and shape is GENERIC else body
    if shape is GENERIC:
        titles = [claim.value for claim in made.statements if claim.field == "title"]
        found = printed.find(tree, scope, held.regions if held else regions, titles)
        made.statements += _selected(tree, scope, GENERIC.fields).statements
    else:
        found = _selected(tree, scope, shape.fields or GENERIC.fields)
    made.statements += found.statements
    heads = {node.mem_id for node in found.nodes}
    made.blocks = (
        held.blocks(heads, url) if held else markup.blocks(roots, url, {**regions, **dict.fromkeys(heads, "head")})
    )
    if shape is GENERIC:
        made.statements += _date_lines(made.blocks)
        if not any(claim.field == "authors" for claim in found.statements):
            made.statements += _signatures(made.blocks)
    if shape.refine and source.refine and (fragment := _first(tree, shape.refine)):
        # The source's own reader works on the part that it asked for, never on the whole page.
        refined = source.refine(BeautifulSoup(fragment.html or "", "html.parser"), markup.path(fragment))
        made.statements += refined.statements
        made.pictures += refined.pictures
    told = {picture.locator for picture in made.pictures}
    around = _article(roots[0]) if roots else held.frame.node if held else body
    made.pictures += [picture for picture in figures.pictures(around, url) if picture.locator not in told]
    return made


@dataclass(frozen=True, slots=True)
class _Held:
    """The element that holds the text, among all of a page."""

    outline: markup.Outline
    frame: markup.Frame
    regions: Mapping[int, Region]

    def blocks(self, heads: set[int], base: str) -> list[Block]:
        """Its blocks; those inside of `heads` (`mem_id` of elements) are in the region of that name."""
        found = list(markup.resolved(self.outline.blocks[self.frame.start : self.frame.end], base))
        for frame in self.outline.frames:
            if frame.node.mem_id in heads:
                for place in range(max(frame.start, self.frame.start), min(frame.end, self.frame.end)):
                    found[place - self.frame.start] = replace(found[place - self.frame.start], region="head")
        return found


def _held(body: LexborNode, url: str, regions: Mapping[int, Region]) -> _Held | None:
    """The element that holds the text. What a name keeps out although most of the text stands in it is let in again."""
    outline = markup.outline(body, url, regions)
    weights = container.Weights(outline)
    wrong = {frame.node.mem_id for frame in outline.frames if frame.is_region and container.is_main(frame, weights)}
    if wrong:
        regions = {**regions, **dict.fromkeys(wrong, "body")}
        outline = markup.outline(body, url, regions)
        weights = container.Weights(outline)
    frame = container.find(outline, weights) or (outline.frames[-1] if outline.frames else None)
    return _Held(outline, frame, regions) if frame else None


def _selected(tree: LexborHTMLParser, scope: LexborNode, fields: Mapping[str, str]) -> printed.Printed:
    found = printed.Printed()
    for name, selector in fields.items():
        nodes = scope.css(selector) or tree.css(selector)
        for node in nodes[:_MOST_BYLINES] if name == "authors" else nodes[:1]:
            if any(markup.is_inside(node, other) for other in found.nodes):
                continue
            text = markup.words(node)
            if text:
                found.statements.append(Statement(name, text, _WITNESS.get(name, "visible"), markup.path(node)))
                found.nodes.append(node)
            if name == "rights":
                found.statements += [
                    Statement("license_uri", link.attributes.get("href") or "", "visible", markup.path(link))
                    for link in node.css("a[href]")
                ]
    return found


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
    merged = {**GENERIC.regions, **shape.regions}
    return {node.mem_id: name for name in _REGION_NAMES if name in merged for node in tree.css(merged[name])}


def _article(node: LexborNode) -> LexborNode:
    """The `article` or `main` that holds an element; the element itself where none does."""
    current: LexborNode | None = node
    while current is not None and current.tag != "body":
        if current.tag in {"article", "main"}:
            return current
        current = current.parent
    return node


def _date_lines(blocks: list[Block]) -> list[Statement]:
    """The first line near the beginning that is a date; else one that has a date in it, or opens the text with one."""
    lines: list[Statement] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if container.is_running(block):
            opening = dates.find(block.text[:_LONGEST_DATELINE])
            if opening and block.region == "body":
                lines.append(Statement("published", opening[0][2].as_printed, "visible", block.locator))
            break
        if len(block.text) >= _LONGEST_SIGNATURE or block.region not in {"body", "head"} or block.kind == "heading":
            continue
        if is_date_line(block.text):
            return [Statement("published", block.text, "visible", block.locator)]
        if dates.find(block.text):
            lines.append(Statement("published", block.text, "visible", block.locator))
    return lines[:1]


def _signatures(blocks: list[Block]) -> list[Statement]:
    """Lines near the beginning or the end of the text that say whose it is: "By …", "Autor: …"."""
    running = [place for place, block in enumerate(blocks) if container.is_running(block)]
    near = range(running[1] if len(running) > 1 else len(blocks))
    after = range(running[-1] + 1, len(blocks)) if running else range(0)
    found = []
    for place in (*near, *after):
        block = blocks[place]
        if block.region not in {"body", "head"} or len(block.text) > _LONGEST_SIGNATURE:
            continue
        for line in block.text.split("\n"):
            byline = names.parse_byline(line)
            if byline.labelled and byline.names and not byline.rest:
                found.append(Statement("authors", line, "byline", block.locator))
        if found and place in near:
            break
    return found


def _is_whole(text: str) -> bool:
    """True where the document ends properly, or never claimed to be a whole one."""
    tail = text[-20_000:].lower()
    return "<body" not in text.lower() or "</body" in tail or "</html" in tail


def _first(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    found = tree.css(selector)
    return found[0] if found else None

"""HTML → Draft: what the page prints for people, by the source's selectors where known, else by general signs.

Here belongs finding the parts of a page in its markup. Not here: machine-readable claims (`head`), what a block
means (`labels`), and choosing between claims (`choice`).
"""

from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model.provenance import Witness
from archive.normalise.dates import is_date_line
from archive.reading import figures, head, markup
from archive.reading.draft import Draft
from archive.reading.page import Block, Region, Statement
from archive.reading.source import Shape, Source

GENERIC = Shape(
    name="generic",
    match="html",
    fields={
        "title": "h1",
        "standfirst": "[class*=standfirst], [class*=subtitle], [class*=subhead], [class*=dek], [itemprop=description]",
        "authors": "[rel=author], [itemprop=author], [class*=byline], [class*=author-name]",
        "published": "[itemprop=datePublished], [class*=publish-date], [class*=pubdate]",
        "kicker": "[class*=kicker]",
        "rights": "[class*=license], [class*=licence], [class*=copyright]",
    },
    regions={
        "share": "[class*=share], [class*=social]",
        "related": "[class*=related], [class*=read-more], [class*=readmore]",
        "newsletter": "[class*=newsletter], [class*=subscribe], [class*=signup]",
        "comments": "[id=comments], [class*=comments], [class*=comment-section]",
    },
)
"""The shape of a page whose publisher nobody has described."""

_MOST_OF_IT = 0.6
_MOST_BYLINES = 200
_WITNESS: Mapping[str, Witness] = {"authors": "byline"}
_REGION_NAMES: tuple[Region, ...] = (
    "share",
    "related",
    "newsletter",
    "comments",
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
    main = _first(tree, shape.body) if shape.body else None
    roots = tree.css(shape.body) if shape.body and main else [_main(tree, body)]
    scope = roots[0] if shape is GENERIC else body
    fields = {**({} if shape.fields else GENERIC.fields), **shape.fields}
    printed = _printed(tree, scope, fields)
    made.statements += printed.statements
    regions = _regions(tree, shape)
    for node in printed.nodes:
        regions[node.mem_id] = "head"
    made.blocks = markup.blocks(_outermost(roots), url, regions)
    if shape is GENERIC:
        made.statements += _date_lines(made.blocks)
    if shape.refine and source.refine and (fragment := _first(tree, shape.refine)):
        # The source's own reader works on the part that it asked for, never on the whole page.
        refined = source.refine(BeautifulSoup(fragment.html or "", "html.parser"), markup.path(fragment))
        made.statements += refined.statements
        made.pictures += refined.pictures
    told = {picture.locator for picture in made.pictures}
    made.pictures += [picture for picture in figures.pictures(_article(roots[0]), url) if picture.locator not in told]
    return made


class _Printed:
    """Claims printed for people, and the elements that print them."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.nodes: list[LexborNode] = []


def _printed(tree: LexborHTMLParser, scope: LexborNode, fields: Mapping[str, str]) -> _Printed:
    found = _Printed()
    for name, selector in fields.items():
        nodes = scope.css(selector) or tree.css(selector)
        for node in nodes[:_MOST_BYLINES] if name == "authors" else nodes[:1]:
            if any(_inside(node, other) for other in found.nodes):
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


def _inside(node: LexborNode, other: LexborNode) -> bool:
    current: LexborNode | None = node
    while current is not None:
        if current.mem_id == other.mem_id:
            return True
        current = current.parent
    return False


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


def _main(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """The element that holds most of the running text: the densest of `article`, `main` and paragraph parents."""
    weights: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for paragraph in tree.css("p"):
        length = len(paragraph.text().strip())
        parent, share = paragraph.parent, 1.0
        while parent is not None and share > 0.2 and length > 40:
            weights[parent.mem_id] = weights.get(parent.mem_id, 0.0) + length * share
            nodes[parent.mem_id] = parent
            parent, share = parent.parent, share * 0.6
    if not weights:
        return body
    best = nodes[max(weights, key=lambda key: weights[key])]
    nearest = _article(best)
    outer = nearest.parent
    while outer is not None and outer.tag != "body":
        # Each answer of a page may be an article of its own: then all of it is what holds them. An article inside
        # another is a part of that; one beside others counts as all only where it holds most of the text.
        if outer.tag == "article" or (outer.tag == "main" and _running(nearest) < _MOST_OF_IT * _running(outer)):
            nearest = outer
        outer = outer.parent
    return nearest


def _running(node: LexborNode) -> int:
    return sum(len(paragraph.text()) for paragraph in node.css("p"))


def _article(node: LexborNode) -> LexborNode:
    """The `article` or `main` that holds an element; the element itself where none does."""
    current: LexborNode | None = node
    while current is not None and current.tag != "body":
        if current.tag in {"article", "main"}:
            return current
        current = current.parent
    return node


def _date_lines(blocks: list[Block]) -> list[Statement]:
    return [
        Statement("published", block.text, "visible", block.locator)
        for block in blocks[:20]
        if len(block.text) < 80 and is_date_line(block.text)
    ][:1]


def _is_whole(text: str) -> bool:
    """True where the document ends properly, or never claimed to be a whole one."""
    tail = text[-20_000:].lower()
    return "<body" not in text.lower() or "</body" in tail or "</html" in tail


def _first(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    found = tree.css(selector)
    return found[0] if found else None

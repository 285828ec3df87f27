"""The elements of a page that say something by what they are called, found in one search of the tree.

Here belongs sorting them: a search of its own for each kind would go over all elements every time. Not here: what they
say (`head`, `json_ld`, `items`, `tabs`), and elements that are known by words in their class (`signs`).
"""

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

RIGHTS = "[class*=license], [class*=licence], [class*=copyright]"
_SELECTOR = (
    'script[type="application/ld+json"], meta, [itemprop], [property], [datetime], abbr[title], link[hreflang][href], '
    'a[hreflang][href], [role="tab"], [aria-controls], a[href^="#"], h1, figure, [class*=licen], [class*=copyright]'
)
_CHANGES = frozenset(("ins", "del"))
_OF_RIGHTS = ("license", "licence", "copyright")

Attributes = Mapping[str, str | None]


class Marked:
    """The marked elements of one page, each kind in the order of the page.

    Attributes:
        scripts: JSON-LD.
        metas: with their attributes.
        properties: of microdata and RDFa, with their attributes.
        times: that state an instant, or print it shorter than its title.
        versions: links that say in which language their target is, with their attributes.
        tabs: tabs, and what else controls or leads to a part of the page, with their attributes.
        titles: the main headings.
        has_figures, has_rights: whether there is a figure, and an element whose class speaks of rights.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.scripts: list[LexborNode] = []
        self.metas: list[tuple[LexborNode, Attributes]] = []
        self.properties: list[tuple[LexborNode, Attributes]] = []
        self.times: list[LexborNode] = []
        self.versions: list[tuple[LexborNode, Attributes]] = []
        self.tabs: list[tuple[LexborNode, Attributes]] = []
        self.titles: list[LexborNode] = []
        self.has_figures = self.has_rights = False
        last = 0
        for node in tree.css(_SELECTOR):
            # What several parts of the selector find comes once for each.
            if node.mem_id != last:
                last = node.mem_id
                self._sort(node, node.tag or "", node.attributes)

    def _sort(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if tag == "meta":
            self.metas.append((node, attributes))
        elif tag == "h1":
            self.titles.append(node)
        elif tag == "figure":
            self.has_figures = True
        elif ("datetime" in attributes and tag not in _CHANGES) or tag == "abbr":
            self.times.append(node)
        elif tag == "script" and (attributes.get("type") or "").lower() == "application/ld+json":
            self.scripts.append(node)
        if "itemprop" in attributes or "property" in attributes:
            self.properties.append((node, attributes))
        if "hreflang" in attributes and "href" in attributes and (tag == "a" or (tag == "link" and _leads(attributes))):
            self.versions.append((node, attributes))
        if (
            "aria-controls" in attributes
            or attributes.get("role") == "tab"
            or (tag == "a" and (attributes.get("href") or "").startswith("#"))
        ):
            self.tabs.append((node, attributes))
        if (names := attributes.get("class")) and any(word in names for word in _OF_RIGHTS):
            self.has_rights = True


def _leads(attributes: Attributes) -> bool:
    """Whether a link element leads to the same page in another form."""
    return "alternate" in (attributes.get("rel") or "").lower().split()

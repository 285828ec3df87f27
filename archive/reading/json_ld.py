"""JSON-LD: what the articles described in it say, read by path.

Here belong finding the articles (in lists, in `@graph`, nested) and who and what their properties name, also where a
node is described elsewhere and only referred to. Not here: other machine-readable places (`head`).
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, Literal

from selectolax.lexbor import LexborNode

from archive.reading.page import Statement
from archive.reading.spaces import fold

_ARTICLES = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle ScholarlyArticle "
    "SocialMediaPosting LiveBlogPosting Report Review TechArticle WebPage CreativeWork DiscussionForumPosting".split()
)
_PEOPLE = frozenset(("Person",))
_BODIES = frozenset(("Organization", "NewsMediaOrganization", "Corporation", "NGO", "Brand", "CollegeOrUniversity"))
_DEEPEST = 12
_MOST_SCRIPTS, _MOST_ITEMS = 20, 200
_FIELDS = (
    ("headline", "title"),
    ("description", "standfirst"),
    ("datePublished", "published"),
    ("inLanguage", "language"),
    ("articleSection", "kicker"),
    ("license", "rights"),
    ("copyrightNotice", "rights"),
)

_COMMENT = re.compile(r"<!--|-->|/\*[^*]{0,200}\*/|(?:^|(?<=[\s,{\[]))//[^\n]*$", re.MULTILINE)
_DATE = re.compile(r":\s*(\d{4}-\d\d-\d\d[\dT:.+Z-]{0,30})")
_COMMA = re.compile(r",(\s*[}\]])")
_DECODER = json.JSONDecoder(strict=False)

Node = dict[str, Any]


def statements(elements: Sequence[LexborNode]) -> Iterator[Statement]:
    """Every claim of the articles in the JSON-LD of a page's script elements; one that is no JSON says nothing."""
    scripts = []
    for number, node in enumerate(elements[:_MOST_SCRIPTS]):
        text = node.text()
        try:
            # Raw line breaks inside strings are a common fault, and harmless.
            scripts.append((number, json.loads(text, strict=False)))
        except RecursionError:
            continue
        except ValueError:
            scripts += [(number, data) for data in _mended(text)]
    named: dict[str, Node] = {}
    found = [pair for number, data in scripts for pair in _nodes(data, f"json-ld[{number}]", 0)]
    for _, item in found:
        if isinstance(item.get("@id"), str) and len(item) > 1:
            named.setdefault(item["@id"], item)
    articles = [(place, item) for place, item in found if _ARTICLES.intersection(_types(item))]
    # A page is described beside the article on it, and often less well.
    articles.sort(key=lambda pair: not _ARTICLES.intersection(_types(pair[1])) - {"WebPage", "CreativeWork"})
    for place, item in articles:
        yield from _article(item, place, named)


def _mended(text: str) -> Iterator[Any]:
    """What a script says whose only faults are a comment, a comma too many, a bare date, or more behind its end."""
    cut = _DATE.sub(r':"\1"', _COMMA.sub(r"\1", _COMMENT.sub("", text)))
    try:
        yield _DECODER.raw_decode(cut, len(cut) - len(cut.lstrip()))[0]
    except (ValueError, RecursionError):
        return


def _nodes(data: Any, place: str, depth: int) -> Iterator[tuple[str, Node]]:  # noqa: ANN401 - any JSON
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for number, item in enumerate(data[:_MOST_ITEMS]):
            yield from _nodes(item, f"{place}[{number}]", depth + 1)
    elif isinstance(data, dict):
        yield place, data
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "author", "creator"):
            if isinstance(data.get(name), dict | list):
                yield from _nodes(data[name], f"{place}.{name}", depth + 1)


def _types(item: Node) -> list[str]:
    kinds: Any = item.get("@type", [])
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _article(item: Node, place: str, named: dict[str, Node]) -> Iterator[Statement]:
    for name, field in _FIELDS:
        value: Any = item.get(name)
        if name == "articleSection" and isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value.strip():
            yield Statement(field, _words(value), "json_ld", f"{place}.{name}")
    publisher: Any = item.get("publisher")
    if isinstance(publisher, dict) and not isinstance(publisher.get("name"), str):
        publisher = named.get(str(publisher.get("@id")))
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and _PEOPLE.isdisjoint(_types(publisher)):
        yield Statement("publisher", _words(publisher["name"]), "json_ld", f"{place}.publisher")
    for name in ("author", "creator"):
        made = list(_makers(item.get(name), f"{place}.{name}", named))
        if made:
            yield from made
            return


def _makers(value: Any, place: str, named: dict[str, Node]) -> Iterator[Statement]:  # noqa: ANN401 - any JSON
    for number, maker in enumerate(value[:_MOST_ITEMS] if isinstance(value, list) else [value]):
        agent: Literal["", "person", "organisation"] = ""
        names: Any = maker
        same_as: tuple[str, ...] = ()
        if isinstance(maker, dict):
            known = maker if maker.get("name") else named.get(str(maker.get("@id")), maker)
            kinds = _types(known)
            agent = "person" if _PEOPLE.intersection(kinds) else "organisation" if _BODIES.intersection(kinds) else ""
            names = known.get("name")
            same_as = tuple(_addresses(known))
        for one in names if isinstance(names, list) else [names]:
            if isinstance(one, str) and one.strip():
                yield Statement("authors", _words(one), "json_ld", f"{place}[{number}]", agent=agent, same_as=same_as)


def _addresses(maker: Node) -> Iterator[str]:
    """The addresses that stand for somebody: `sameAs`, `@id`, and `identifier` in its two forms."""
    for name in ("sameAs", "@id", "identifier"):
        value: Any = maker.get(name)
        for one in value[:_MOST_ITEMS] if isinstance(value, list) else [value]:
            address = one.get("value") or one.get("url") if isinstance(one, dict) else one
            if isinstance(address, str) and address.startswith(("http://", "https://")):
                yield address


def _words(value: str) -> str:
    """Many write into JSON what they would write into HTML."""
    return fold(unescape(value))

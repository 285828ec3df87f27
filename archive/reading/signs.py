"""What the words in the class and the id of an element say that it is: a region of the page, or the place of a field.

Here belong the words that templates share, whoever made them. Not here: what is done about them (`markup`, `printed`),
or the selectors of one publisher (its source).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from archive.reading.page import Region

Field = str
"""The name of a field of a page: `authors`, `published`, `standfirst`, `kicker`."""


class Sign(NamedTuple):
    """What an element's names say.

    Attributes:
        region: the region that it makes; None where they name none.
        field: the field that it may print; None where they name none.
        is_person: whether what it prints is the name of one person.
    """

    region: Region | None = None
    field: Field | None = None
    is_person: bool = False


NONE = Sign()
"""Of an element without names, or whose names say nothing."""

_LONGEST = 400
"""Characters of class and of id that are looked at."""
OF_REPLAY = "wm-ipp"
"""How the names of what the Wayback Machine lays over a page begin: it is no part of the page, however long it is."""
_REGION_WORDS: Mapping[Region, tuple[str, ...]] = {
    "aside": (
        "sidebar", "author-bio", "author-box", "authorbox", "about-author", "author-info", "biography", "twitter-tweet",
        "instagram-media", "embed",
    ),
    "notice": ("cookie", "consent", "onetrust", "advert", "sponsor", OF_REPLAY),
    "comments": (
        "comments", "comment-section", "comment-list", "comment-body", "comment-author", "commentlist", "disqus",
    ),
    "newsletter": ("newsletter", "subscribe", "signup", "sign-up"),
    "related": (
        "related", "read-more", "readmore", "recommend", "recirc", "outbrain", "taboola", "trending", "most-read",
        "most-popular", "popular-posts", "also-like", "up-next", "upnext", "see-also", "further-reading", "promo",
        "video-playlist", "video-player",
        "teaser", "tag-list", "tags-list", "post-tags", "entry-tags", "article-tags", "breadcrumb", "pagination",
    ),
    "share": ("share", "sharing", "social"),
    "caption": ("caption", "photo-credit", "image-credit", "img-credit"),
}  # fmt: skip
"""Region → words. Of several regions that the names of one element say, the first of these is meant."""
_ONLY_IN_CLASS = frozenset(
    (
        *_REGION_WORDS["caption"],
        "comments",
        "comment-section",
        "comment-list",
        "comment-body",
        "comment-author",
        "commentlist",
    )
)
_ONLY_IN_ID = frozenset(("disqus", OF_REPLAY))
_RANK = {word: rank for rank, words in enumerate(_REGION_WORDS.values()) for word in words}
_REGIONS: tuple[Region, ...] = tuple(_REGION_WORDS)
_PROPERTIES: Mapping[str, Region] = {"video": "aside", "comment": "comments"}
"""What schema.org calls an element that is part of a page and not of its text."""
_ROLES: Mapping[str, Region] = {"dialog": "notice", "complementary": "aside"}

_FIELD_WORDS = (
    "byline author autor redakteur writer contributor fn postedby posted createdby created submitted username vcard "
    "date time publi meta datum fecha standfirst sub dek deck lead lede intro summary excerpt epigraph chapeau ingress "
    "einleitung entradilla bajada vorspann manchete sottotitolo occhiello teaser kicker eyebrow overline roof "
    "dachzeile rubric"
).split()
"""What any of the expressions below has in it."""
_BYLINE = re.compile(r"byline|autho?r|redakteur|writer|contributor|username|\bfn\b|posted-?by|created-?by|submitted")
_BESIDE = re.compile(r"author[-_]?(?:bio|box|desc|about|info|list|image|img|avatar|social|follow|page)|bio\b|avatar")
_PERSON = re.compile(r"(?:^|\s)(?:fn|author|autor|username)(?:\s|$)|auth?or[-_]?_?(?:name|link)|vcard")
_DATE = re.compile(r"date|time(?!r|line)|publi|posted|\bmeta|submitted|created|datum|fecha")
_STANDFIRST = re.compile(
    r"standfirst|sub-?_?(?:title|head|headline)|teaser-?text"
    r"|(?<![a-z])(?:dek|deck|lead|lede|intro|summary|excerpt|epigraph|chapeau|ingress|einleitung|entradilla|bajada"
    r"|vorspann|manchete|subline|strapline|sottotitolo|occhiello)(?:[-_]?(?:text|copy|paragraph))?(?![a-z])"
)
_KICKER = re.compile(r"kicker|eyebrow|overline|\broof-?line|dachzeile|rubric")


def _trie(words: Iterable[str]) -> str:
    """An expression that finds the longest of some words, and decides by each letter once."""
    by_head: dict[str, list[str]] = {}
    for word in words:
        if word:
            by_head.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(head) + _trie(rest) for head, rest in sorted(by_head.items())]
    whole = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return whole if all(words) else f"(?:{whole})?" if parts else ""


_WORDS = re.compile(_trie([*_RANK, *_FIELD_WORDS]))
_NAMES_FIELD = frozenset(word for word in (*_RANK, *_FIELD_WORDS) if any(name in word for name in _FIELD_WORDS))


def of(attributes: Mapping[str, str | None]) -> Sign:
    """What the attributes of an element say that it is."""
    classes, ident = attributes.get("class") or "", attributes.get("id") or ""
    sign = _of_names(classes[:_LONGEST], ident[:_LONGEST]) if classes or ident else NONE
    if sign.region is None and "role" in attributes and (region := _ROLES.get(attributes["role"] or "")):
        return sign._replace(region=region)
    if sign.region is None and "itemprop" in attributes and (region := _PROPERTIES.get(attributes["itemprop"] or "")):
        return sign._replace(region=region)
    return sign


@lru_cache(maxsize=4_096)
def _of_names(classes: str, ident: str) -> Sign:
    classes, ident = classes.lower(), ident.lower()
    in_class, in_id = _WORDS.findall(classes), _WORDS.findall(ident)
    if not in_class and not in_id and ident != "comments":
        return NONE
    region = _region(in_class, in_id, ident)
    if _NAMES_FIELD.isdisjoint(in_class):
        return Sign(region)
    return Sign(region, _field(classes), bool(_PERSON.search(classes)))


def _region(in_class: list[str], in_id: list[str], ident: str) -> Region | None:
    ranks = [_RANK[word] for word in in_class if word in _RANK and word not in _ONLY_IN_ID]
    ranks += [_RANK[word] for word in in_id if word in _RANK and word not in _ONLY_IN_CLASS]
    if ident == "comments":
        ranks.append(_RANK["comments"])
    return _REGIONS[min(ranks)] if ranks else None


def _field(classes: str) -> Field | None:
    if _BYLINE.search(classes) and not _BESIDE.search(classes):
        return "authors"
    if _DATE.search(classes):
        return "published"
    if _STANDFIRST.search(classes):
        return "standfirst"
    return "kicker" if _KICKER.search(classes) else None

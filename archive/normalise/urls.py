"""Addresses: what is one, which two are the same, and what a slug says.

Here belong parsing by the WHATWG rules and the key by which two spellings of one address are recognised. Not
here: which of a publisher's query parameters matter (its source says so) and fetching.
"""

import re
from functools import lru_cache

import ada_url

from archive.codes import Code, RoundtableError

_REMEMBERED = 1 << 15
"""Addresses of which the parts are remembered: the same few thousand are asked for again and again."""
_PRINT_PATH = re.compile(r"/print(?:able|er-friendly|view|pdf)?(?:\.html?)?(?=/|$)", re.IGNORECASE)
_PRINT_QUERY = re.compile(
    r"(?:print(?:able|view|erfriendly|_view|ing)?(?:=.*)?|(?:view|format|output|mode|display|action|layout)=print\w*)",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref_src|cmpid|at_(?:medium|campaign)\w*)(?:=|$)", re.IGNORECASE
)
_NUMBERED_PATH = re.compile(r"/(?:page|seite|p)/(\d{1,2})/?$", re.IGNORECASE)
_NUMBERED_QUERY = re.compile(r"(?:page|seite|p|pg)=(\d{1,2})", re.IGNORECASE)


def parse(url: str) -> str:
    """The address as a browser would send it: lower-case scheme and host, resolved dots, percent-encoded.

    Raises:
        RoundtableError: `url_invalid` for anything but a whole http or https address.
    """
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError:
        raise RoundtableError(Code.URL_INVALID, f"{url!r} is no web address", "url") from None
    if parsed.protocol not in {"http:", "https:"} or not parsed.hostname:
        raise RoundtableError(Code.URL_INVALID, f"{url!r} is no web address", "url")
    return str(parsed.href)


def given(url: str) -> str:
    """`parse(url)` of an address that a person gives; a user name or a password in it would stand in the tables.

    Raises:
        RoundtableError: `url_invalid`, also for such an address, which is not repeated.
    """
    found = parse(url)
    parts = ada_url.URL(found)
    if parts.username or parts.password:
        raise RoundtableError(Code.URL_INVALID, "an address with a user name or a password is not kept", "url")
    return found


def is_web(url: str) -> bool:
    """True for an http or https address."""
    return url.startswith(("http://", "https://"))


@lru_cache(maxsize=_REMEMBERED)
def canonical(url: str, *, keep_query: bool = True) -> str:
    """`parse(url)` without its fragment and, where the publisher's queries are noise, without its query.

    What is no web address (the name of a page whose address nobody knows) stays as it is.
    """
    if not is_web(url):
        return url
    parsed = ada_url.URL(parse(url))
    parsed.hash = ""
    if not keep_query:
        parsed.search = ""
    return str(parsed.href)


@lru_cache(maxsize=_REMEMBERED)
def key(url: str, *, keep_query: bool = True) -> str:
    """What two spellings of one address share: no scheme, no `www.`, no final slash, no fragment."""
    if not is_web(url):
        return url
    address = canonical(url, keep_query=keep_query).partition("://")[2]
    path, question, query = address.partition("?")
    return path.removeprefix("www.").rstrip("/") + question + query


@lru_cache(maxsize=_REMEMBERED)
def host(url: str) -> str:
    """The host of an address, with its port where it is not the scheme's own."""
    return str(ada_url.URL(url).host)


def join(base: str, reference: str) -> str | None:
    """`reference` made absolute against `base`; None where that is no web address (mailto:, javascript: …)."""
    try:
        joined = ada_url.join_url(base, reference) if is_web(base) else ada_url.normalize_url(reference)
    except ValueError:
        return None
    return str(joined) if is_web(joined) else None


def slug(url: str) -> str:
    """The last part of the path: `https://x.org/en/what-next/` → `what-next`; the host where there is no path."""
    path = ada_url.URL(url).pathname.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(?:html?|php|aspx?)$", "", path) or host(url)


def without_print(url: str) -> str | None:
    """The address of the page that `url` is the print view of, judged by the address alone; None where it is none."""
    if not is_web(url):
        return None
    parsed = ada_url.URL(parse(url))
    path = _PRINT_PATH.sub("", parsed.pathname) or "/"
    queries = parsed.search.removeprefix("?").split("&") if parsed.search else []
    kept = [query for query in queries if not _PRINT_QUERY.fullmatch(query)]
    if path == parsed.pathname and len(kept) == len(queries):
        return None
    parsed.pathname, parsed.search = path, "&".join(kept)
    return None if is_home(str(parsed.href)) else str(parsed.href)


def without_tracking(url: str) -> str:
    """The address without the parameters by which readers are counted, as feeds and letters add them."""
    if not is_web(url) or "?" not in url:
        return url
    parsed = ada_url.URL(parse(url))
    queries = parsed.search.removeprefix("?").split("&") if parsed.search else []
    kept = [query for query in queries if not _TRACKING.match(query)]
    if len(kept) < len(queries):
        parsed.search = "&".join(kept)
    return str(parsed.href)


def page_number(url: str) -> tuple[str, int] | None:
    """The address of the first of a text's numbered pages, and which of them `url` is; None where it has no number."""
    if not is_web(url):
        return None
    parsed = ada_url.URL(parse(url))
    if found := _NUMBERED_PATH.search(parsed.pathname):
        parsed.pathname = parsed.pathname[: found.start()] + "/"
        return str(parsed.href), int(found[1])
    queries = parsed.search.removeprefix("?").split("&")
    for query in queries:
        if found := _NUMBERED_QUERY.fullmatch(query):
            parsed.search = "&".join(other for other in queries if other != query)
            return str(parsed.href), int(found[1])
    return None


def is_home(url: str) -> bool:
    """True for the front page of a host: what moved pages lead to that are no longer there."""
    return is_web(url) and not ada_url.URL(url).pathname.strip("/") and not ada_url.URL(url).search

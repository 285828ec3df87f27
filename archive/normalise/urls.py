"""Addresses: what is one, which two are the same, and what a slug says.

Here belong parsing by the WHATWG rules and the key by which two spellings of one address are recognised. Not
here: which of a publisher's query parameters matter (its source says so) and fetching.
"""

import re
from urllib.parse import urljoin

import ada_url

from archive.codes import Code, RoundtableError


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


def is_web(url: str) -> bool:
    """True for an http or https address."""
    return url.startswith(("http://", "https://"))


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


def key(url: str, *, keep_query: bool = True) -> str:
    """What two spellings of one address share: no scheme, no `www.`, no final slash, no fragment."""
    if not is_web(url):
        return url
    address = canonical(url, keep_query=keep_query).partition("://")[2]
    path, question, query = address.partition("?")
    return path.removeprefix("www.").rstrip("/") + question + query


def host(url: str) -> str:
    """The host of an address, with its port where it is not the scheme's own."""
    return str(ada_url.URL(url).host)


def join(base: str, reference: str) -> str | None:
    """`reference` made absolute against `base`; None where that is no web address (mailto:, javascript: …)."""
    try:
        return parse(urljoin(base, reference.strip()))
    except (RoundtableError, ValueError):
        return None


def slug(url: str) -> str:
    """The last part of the path: `https://x.org/en/what-next/` → `what-next`; the host where there is no path."""
    path = ada_url.URL(url).pathname.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(?:html?|php|aspx?)$", "", path) or host(url)

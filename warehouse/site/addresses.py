"""Where each thing stands in the site, and which addresses of others may become links.

Here belongs the one rule that makes a path of an id. Not here: what is written there.

A path is safe whatever the id holds: only `a-z 0-9 . _ -` stay as they are, every other byte becomes `~` and two
hexadecimal digits, and what the site needs for itself (`v1`, `pages`, `changes`, `index.html`) gets a `~` in front.
Different ids have different paths, and no path leaves the site.
"""

import hashlib
import re
from urllib.parse import quote, urlsplit

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_.")
_RESERVED = re.compile(r"v\d+|pages|changes|index\.html")
_LONGEST_SEGMENT = 180
"""Bytes; file systems end at 255."""
_LONGEST_PATH = 900
"""Bytes; some servers and systems end at 1,024."""

_ORCID = "https://orcid.org/"
_SCHEMES = {
    "orcid": _ORCID,
    "isni": "https://isni.org/isni/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "https://www.wikidata.org/wiki/",
    "ror": "https://ror.org/",
}


def path_of(kind: str, identifier: str) -> str:
    """The folder of a thing, with a slash at its end, relative to the site: `people/night-bus/people/ann/`."""
    path = "/".join([kind, *map(_segment, identifier.split("/")), ""])
    if len(path) > _LONGEST_PATH:
        return f"{kind}/{hashlib.sha256(identifier.encode(errors='surrogatepass')).hexdigest()}~/"
    return path


def version_path(contribution_id: str, version: int) -> str:
    """The permanent folder of one version of a contribution."""
    return f"{path_of('contributions', contribution_id)}v{version}/"


def changes_path(contribution_id: str, version: int) -> str:
    """The folder of the differences between a version and the one that came after it."""
    return f"{version_path(contribution_id, version)}changes/"


def compare_path(contribution_id: str) -> str:
    """The folder of the page on which any two versions of a contribution are compared."""
    return f"{path_of('contributions', contribution_id)}changes/"


def part_path(folder: str, number: int) -> str:
    """The folder of the n-th page, from 1, of something that is too long for one."""
    return folder if number == 1 else f"{folder}pages/{number}/"


def root_from(path: str) -> str:
    """What leads from a page to the top of the site: `../` for each folder that it stands in."""
    return "../" * path.count("/")


def leading_out(url: str | None) -> str | None:
    """An address of others as a link may hold it; None for what is no plain http or https address."""
    if not url or any(character < "!" for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def identifier_url(scheme: str, value: str) -> str | None:
    """The page that a register of names has for an identifier."""
    return f"{_SCHEMES[scheme]}{quote(value, safe='')}" if scheme in _SCHEMES else None


def _segment(text: str) -> str:
    raw = text.encode(errors="surrogatepass")
    safe = "".join(chr(byte) if byte in _PLAIN else f"~{byte:02x}" for byte in raw) or "~"
    if safe.startswith("."):
        safe = f"~2e{safe[1:]}"
    if _RESERVED.fullmatch(safe):
        safe = f"~{safe}"
    if len(safe) > _LONGEST_SEGMENT:
        safe = f"{safe[:120]}~{hashlib.sha256(raw).hexdigest()[:32]}"
    return safe

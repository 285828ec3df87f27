"""SURT keys: the form of an address under which web archives sort and look up captures.

Here belongs the one rule that index readers share (host reversed, noise that servers ignore taken away). Pure. Not
here: what makes two addresses one contribution (`archive.normalise.urls`); a SURT key also merges pages that differ
in case or in a session, as replay tools do.
"""

import re
from urllib.parse import unquote_to_bytes

import ada_url

_WWW = re.compile(r"^www\d*\.")
_ESCAPED = re.compile(rb"[\x00-\x20\x7f-\xff#%]")
_SESSIONS_IN_PATH = (
    re.compile(r"^(.*?/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(r"^(.*?/)(?:\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$", re.IGNORECASE),
)
_SESSIONS_IN_QUERY = (
    re.compile(r"^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$", re.IGNORECASE),
    re.compile(r"^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$", re.IGNORECASE),
)


def surt(url: str) -> str:
    """The key of an address: `org,example)/path?a=1&b=2`; what is no web address is only escaped and lower-cased.

    The key never holds a space, so it can stand as the first word of an index line.
    """
    if not url.lower().startswith(("http://", "https://")):
        return _escaped(url.encode("utf-8", errors="replace")).lower()
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return _escaped(url.encode("utf-8", errors="replace")).lower()
    host = _WWW.sub("", _plain(parsed.hostname).strip("."))
    reversed_host = ",".join(reversed(host.strip("[]").split(".")))
    port = f":{parsed.port}" if parsed.port else ""
    return f"{reversed_host}{port}){_path(parsed.pathname)}{_query(parsed.search)}"


def _path(path: str) -> str:
    plain = re.sub(r"/{2,}", "/", _plain(path))
    for session in _SESSIONS_IN_PATH:
        plain = session.sub(r"\1\2", plain)
    return plain.rstrip("/") or "/"


def _query(search: str) -> str:
    query = _plain(search.removeprefix("?"))
    for session in _SESSIONS_IN_QUERY:
        query = session.sub(lambda found: found.group(1) + (found.group(2) or ""), query)
    query = "&".join(sorted(query.split("&")))
    return f"?{query}" if query else ""


def _plain(text: str) -> str:
    """Escapes undone as often as there are any, and only those made again that cannot be left out; lower case."""
    raw, before = text.encode(), b""
    while raw != before:
        raw, before = unquote_to_bytes(raw), raw
    return _escaped(raw).lower()


def _escaped(raw: bytes) -> str:
    return _ESCAPED.sub(lambda found: f"%{found.group()[0]:02x}".encode(), raw).decode("ascii")

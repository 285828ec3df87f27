"""A web archive's two endpoints: its list of captures (CDX), and the raw form of one of them.

Here belong the addresses of both, and what answers from there say: which captures of an address are listed, whose
capture an answer is and of when. As the Wayback Machine documents it, and tolerant of what it sends besides. Pure.
Not here: fetching (`session`), and what becomes of an answer (`archive.captures.visit`).
"""

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from requests.utils import parse_header_links

from archive.codes import RoundtableError
from archive.fetch.guard import url_refusal
from archive.fetch.message import Head
from archive.normalise import urls

PAGE = 1_000
"""Rows of a list that are asked for at a time."""
_FIELDS = "timestamp,original,mimetype,statuscode,digest,length"
_STAMP = "%Y%m%d%H%M%S"
_FIRST = dt.datetime(1991, 1, 1)  # noqa: DTZ001 - rows hold naive UTC; there was no web before
_WWW = re.compile(r"^www\d*\.")
_LONGEST = 2_048


@dataclass(frozen=True, slots=True)
class Listed:
    """A capture that an archive lists.

    Attributes:
        url: the address that was captured, as a browser would send it.
        at: when, in UTC without a zone, to the second.
        mime: its content type, as listed.
        digest: base-32 SHA-1 of what was sent, as listed; None where the list has none.
    """

    url: str
    at: dt.datetime
    mime: str
    digest: str | None = None


@dataclass(slots=True)
class Listing:
    """What a list of captures says.

    Attributes:
        captures: those that are worth fetching, oldest first.
        repeated: rows that repeat the payload of the row before.
        passed_over: rows that cannot be believed, or are no answer 200.
        resume: the key with which the list goes on; None where it ends.
        problem: why this is no list, in words.
    """

    captures: list[Listed] = field(default_factory=list)
    repeated: int = 0
    passed_over: int = 0
    resume: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Wayback:
    """The addresses of an archive.

    Attributes:
        base: where it is, without a final slash, such as `https://web.archive.org`.
    """

    base: str

    def list_address(
        self, url: str, since: dt.date | None = None, until: dt.date | None = None, resume: str | None = None
    ) -> str:
        """Where the captures of `url` are listed that were answers 200; adjacent ones of the same payload once.

        Args:
            url: a whole address.
            since: the first day, in UTC.
            until: the last day.
            resume: the key that the list before this one ended with.
        """
        asked = [
            ("url", quote(url, safe="")),
            ("output", "json"),
            ("fl", _FIELDS),
            ("filter", "statuscode:200"),
            ("collapse", "digest"),
            ("showResumeKey", "true"),
            ("limit", str(PAGE)),
            ("from", since.strftime("%Y%m%d000000") if since else None),
            ("to", until.strftime("%Y%m%d235959") if until else None),
            # The key comes percent-encoded, and is sent back as it came.
            ("resumeKey", quote(resume, safe="%+!*'()~") if resume else None),
        ]
        return f"{self.base}/cdx/search/cdx?" + "&".join(f"{name}={value}" for name, value in asked if value)

    def listed_address(self, address: str) -> str | None:
        """The address whose captures are listed at `address`; None where that is no list."""
        if not self._has(address) or not self._path(address).startswith("/cdx/search/cdx?"):
            return None
        return next(iter(parse_qs(urlsplit(address).query).get("url", [])), None)

    def raw_address(self, url: str, at: dt.datetime) -> str:
        """Where the capture of `url` at that second is, exactly as it was sent then (`id_`)."""
        return f"{self.base}/web/{at.strftime(_STAMP)}id_/{url}"

    def captured(self, address: str) -> tuple[str, dt.datetime] | None:
        """The original address and time of a raw address; None where it is none of this archive."""
        if not self._has(address):
            return None
        found = re.fullmatch(r"/web/(\d{14})id_/(https?):/+(.+)", self._path(address), re.IGNORECASE)
        at = _moment(found.group(1)) if found else None
        url = _url(f"{found.group(2)}://{found.group(3)}") if found else None
        return (url, at) if url and at else None

    def _has(self, address: str) -> bool:
        """True for an address of the archive, whether its connection is secure or not."""
        return f"{address.partition('://')[2]}/".startswith(f"{self.base.partition('://')[2]}/")

    def _path(self, address: str) -> str:
        return address.partition("://")[2].removeprefix(self.base.partition("://")[2])


def read(payload: bytes, url: str, not_after: dt.datetime) -> Listing:
    """Read a list of captures; nothing that is handed in makes this raise.

    Args:
        payload: the entity. An empty one, and one without rows, say that nothing is archived.
        url: the address whose captures were asked for; a row of another host is not believed.
        not_after: when the list came, in UTC without a zone; nothing was captured later.
    """
    try:
        text = payload.decode("utf-8-sig").strip()
        rows = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return Listing(problem=f"this is no list of captures: {_beginning(payload)}")
    if rows in ([], [[]]):
        return Listing()
    if not isinstance(rows, list) or not _is_header(rows[0]):
        return Listing(problem=f"this is no list of captures: {_beginning(payload)}")
    found = Listing()
    believed: list[Listed] = []
    for number, row in enumerate(rows[1:], start=1):
        if row == []:
            key = rows[number + 1] if number + 1 < len(rows) else None
            found.resume = key[0] if isinstance(key, list) and key and isinstance(key[0], str) else None
            break
        one = _row(dict(zip(rows[0], row, strict=False))) if isinstance(row, list) else None
        if one and one.at <= not_after and _host(one.url) == _host(url):
            believed.append(one)
        else:
            found.passed_over += 1
    for one in sorted(believed, key=lambda one: one.at):
        if found.captures and one.digest and one.digest == found.captures[-1].digest:
            found.repeated += 1
        else:
            found.captures.append(one)
    return found


def stated_time(head: Head, not_after: dt.datetime) -> dt.datetime | None:
    """When a capture was made, by Memento-Datetime (RFC 7089): what is a capture has it, and nothing else does.

    Args:
        head: of an answer.
        not_after: when it came, in UTC without a zone; nothing was captured later.
    """
    if is_fault(head):
        return None
    try:
        when = parsedate_to_datetime(head.get("Memento-Datetime") or "")
        when = when.astimezone(dt.UTC).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, OverflowError):
        return None
    return when if _FIRST <= when <= not_after else None


def is_fault(head: Head) -> bool:
    """True for an answer by which the archive says what went wrong, whatever its status is."""
    return head.get("X-Archive-Wayback-Runtime-Error") is not None


def stated_address(head: Head, url: str) -> str:
    """The address that was captured: what the answer links to as its original, if that can be `url` otherwise spelled.

    A raw address finds captures by `page_key`.
    """
    values = ", ".join(value for name, value in head.fields if name.lower() == "link")
    linked = (link["url"] for link in parse_header_links(values) if "original" in link.get("rel", "").split())
    return next((found for found in map(_url, linked) if found and is_same_page(found, url)), url)


def agrees(digest: str | None, *contents: bytes) -> bool:
    """True where one of the contents is what an archive's digest was made of."""
    made = {base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode() for content in contents}
    return digest in made


def is_same_page(url: str, other: str) -> bool:
    """True where two addresses are one to an archive."""
    return page_key(url) == page_key(other)


def page_key(url: str) -> str:
    """What two spellings of an address share to an archive: neither scheme nor `www`, nor small or capital letters."""
    return _WWW.sub("", urls.key(url).lower())


def _row(values: dict[str, Any]) -> Listed | None:
    """A row's capture; None where it cannot be believed or was no answer 200."""
    stamp, printed, mime = values.get("timestamp"), values.get("original"), values.get("mimetype")
    if str(values.get("statuscode")) != "200" or not isinstance(mime, str) or mime == "-":
        return None
    at = _moment(stamp) if isinstance(stamp, str) else None
    url = _url(printed) if isinstance(printed, str) and len(printed) <= _LONGEST else None
    digest = values.get("digest")
    if at is None or url is None:
        return None
    return Listed(url, at, mime, digest if isinstance(digest, str) and re.fullmatch(r"\w{8,128}", digest) else None)


def _moment(stamp: str) -> dt.datetime | None:
    if not re.fullmatch(r"[0-9]{14}", stamp):
        return None
    try:
        at = dt.datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - rows hold naive UTC
    except ValueError:
        return None
    return at if at >= _FIRST else None


def _url(printed: str) -> str | None:
    """An address without its fragment and the port that crawlers write out; None where it cannot be asked for."""
    if url_refusal(printed):
        return None
    try:
        return urls.canonical(urls.parse(printed))
    except RoundtableError:
        return None


def _host(url: str) -> str:
    return _WWW.sub("", (urlsplit(url).hostname or "").lower())


def _is_header(row: object) -> bool:
    return (
        isinstance(row, list)
        and all(isinstance(name, str) for name in row)
        and {"timestamp", "original", "statuscode"} <= set(row)
    )


def _beginning(payload: bytes) -> str:
    return repr(payload[:80].decode(errors="replace"))

"""One request, one exchange: the door through which every fetch goes.

Here belongs asking for one address and saying how that ended, always as an `Exchange` and never as an exception.
Not here: when to ask (`politeness`), whether to ask (`robots`), where a redirect leads next (`captures.harvest`).
"""

import datetime as dt
import http.client
import re
from collections.abc import Callable
from dataclasses import replace
from http.cookiejar import DefaultCookiePolicy

import requests
from urllib3.exceptions import HTTPError

from archive.codes import Code, Outcome, RoundtableError
from archive.fetch import message
from archive.fetch.exchange import Exchange, FetchError
from archive.fetch.guard import Resolver, url_refusal
from archive.fetch.wire import Limits, Tape, WireAdapter

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_RATIO_FLOOR = 1_000_000
"""Unpacked bytes below which the ratio does not matter: a small page of blanks packs very well."""
_PIECE = 65_536


PRODUCT = "RoundtableArchive"
"""What robots.txt files would call us."""


def user_agent(version: str, contact: str) -> str:
    """The name under which we ask: what we are and whom to write to."""
    return f"{PRODUCT}/{version} (+{contact})"


class _Requests(requests.Session):
    """Leaves redirects alone: requests would read and unpack their bodies before it hands them over."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - the parent's
        return None


class Session:
    """Fetches addresses, one at a time, each over a connection of its own.

    Args:
        agent: the User-Agent; it must say how to reach the people behind it.
        resolver: which addresses may be connected to.
        limits: how much is taken and how long it may take.
        ca_bundle: a file of trusted certificates, if not the usual ones.
        now: the clock, in UTC and aware.

    Raises:
        RoundtableError: `contact_missing`.
    """

    def __init__(
        self,
        agent: str,
        *,
        resolver: Resolver | None = None,
        limits: Limits | None = None,
        ca_bundle: str | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        if not re.search(r"\S@\S|https?://\S", agent):
            raise RoundtableError(Code.CONTACT_MISSING, f"the User-Agent {agent!r} names no contact")
        self.product = re.split(r"[/\s]", agent)[0]
        self.limits = limits or Limits()
        self.now = now
        self._wire = WireAdapter(resolver or Resolver(), self.limits)
        self._verify: bool | str = ca_bundle or True
        self._requests = _Requests()
        # The environment's proxies would see and could change what we swear to have received.
        self._requests.trust_env = False
        self._requests.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._requests.headers.clear()
        self._requests.headers.update(
            {
                "User-Agent": agent,
                "Accept": ACCEPT,
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
            }
        )
        for scheme in ("http://", "https://"):
            self._requests.mount(scheme, self._wire)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        redirected_from: str | None = None,
    ) -> Exchange:
        """Ask for `url` once; whatever happens is said by the outcome.

        Args:
            url: an http or https address.
            etag: the validator of the copy that we hold, for a conditional request.
            last_modified: the same, as the server printed it.
            redirected_from: the address whose redirect led here, to be noted.
        """
        asked = Exchange(url, self.now(), Outcome.FETCHED, redirected_from=redirected_from)
        refusal = url_refusal(url)
        if refusal:
            return replace(asked, outcome=Outcome.ADDRESS_REFUSED, detail=refusal)
        conditions = {"If-None-Match": message.validator(etag), "If-Modified-Since": message.validator(last_modified)}
        headers = {name: value for name, value in conditions.items() if value}
        tape = self._wire.new_tape()
        failure = self._send(url, headers)
        return _judge(asked, tape, failure, conditional=bool(headers))

    def _send(self, url: str, headers: dict[str, str]) -> FetchError | None:
        """Do it, leaving the bytes on the tape; what went wrong, if anything did."""
        try:
            with self._requests.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                verify=self._verify,
                timeout=self.limits.total_seconds,
            ) as response:
                # urllib3 finds the end of the message; decoding is done from the tape, as it is from a WARC file.
                if response.status_code not in message.BODILESS:
                    for _ in response.raw.stream(_PIECE, decode_content=False):
                        pass
        except FetchError as failure:
            return failure
        except (requests.RequestException, HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            return FetchError(Outcome.BROKEN_RESPONSE, f"the answer is not sound HTTP: {_innermost(error)}")
        finally:
            self._wire.hang_up()
        return None


def _judge(asked: Exchange, tape: Tape, failure: FetchError | None, *, conditional: bool) -> Exchange:
    """The exchange that a tape shows."""
    head_bytes = _final_head(bytes(tape.head)) if tape.head_is_complete else b""
    # The buffer gives its content without a copy; of an answer of many megabytes there is to be one.
    body = tape.body.getvalue()
    answer = replace(
        asked,
        request=bytes(tape.request) or None,
        response=head_bytes or None,
        body=body if head_bytes else None,
        ip_address=tape.ip_address,
        tls=tape.tls,
    )
    if not head_bytes:
        failure = failure or FetchError(Outcome.BROKEN_RESPONSE, "there was no answer")
        return replace(answer, outcome=failure.outcome, detail=failure.detail)
    head = message.parse_head(head_bytes)
    answer = replace(
        answer,
        status=head.status,
        mime=head.mime,
        charset=message.charset_of(head.get("Content-Type") or ""),
        etag=message.validator(head.get("ETag")),
        last_modified=message.validator(head.get("Last-Modified")),
        location=message.location(asked.url, head),
    )
    try:
        if failure:
            raise failure
        entity = _entity(head_bytes, head, body, tape.limits)
        outcome, detail = _outcome(head, answer.location, conditional=conditional)
        return replace(answer, entity=entity, outcome=outcome, detail=_plain(detail) or None)
    except FetchError as error:
        return replace(answer, outcome=error.outcome, detail=error.detail)


def _entity(head_bytes: bytes, head: message.Head, body: bytes, limits: Limits) -> bytes:
    if not head.status_line.upper().startswith(("HTTP/1.0 ", "HTTP/1.1 ")) or head.status is None:
        raise FetchError(Outcome.BROKEN_RESPONSE, f"the status line is {head.status_line[:80]!r}")
    if not re.search(rb"\n\r?\n\Z", head_bytes):
        raise FetchError(Outcome.BROKEN_RESPONSE, "the answer ends within its headers")
    if message.split(head_bytes)[0] != head_bytes:
        raise FetchError(Outcome.BROKEN_RESPONSE, "a header line holds nothing but white space")
    coded = message.transfer_decoded(head, body)
    unpacked = max(int(len(coded) * limits.ratio), _RATIO_FLOOR)
    return message.content_decoded(head, coded, max_bytes=min(limits.entity_bytes, unpacked))


def _outcome(head: message.Head, location: str | None, *, conditional: bool) -> tuple[Outcome, str]:
    """Outcome and detail of a whole answer."""
    status = head.status or 0
    if 200 <= status < 300 and status != 206:
        return Outcome.FETCHED, ""
    if status == 304 and conditional:
        return Outcome.UNCHANGED, ""
    if status in message.REDIRECTS and location:
        refusal = url_refusal(location)
        detail = f"to {location}: {refusal}" if refusal else f"to {location}"
        return Outcome.REDIRECT_REFUSED if refusal else Outcome.REDIRECTED, detail
    if status in {404, 410}:
        return Outcome.NOT_FOUND, head.status_line
    if status == 429 or (status == 503 and head.get("Retry-After")):
        return Outcome.THROTTLED, f"{head.status_line}; Retry-After: {head.get('Retry-After') or 'not said'}"
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR, head.status_line
    if 500 <= status < 600:
        return Outcome.SERVER_ERROR, head.status_line
    return Outcome.BROKEN_RESPONSE, f"{head.status_line} makes no sense here"


def _final_head(head: bytes) -> bytes:
    """The head of the answer, without those of `100 Continue` before it."""
    while message.parse_head(head).status == 100:
        first, rest = message.split(head)
        if not rest:
            return first
        head = rest
    return head


def _innermost(error: BaseException) -> str:
    """The words of the fault that started it all, without the layers around it."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    return _plain(str(error)) or type(error).__name__


def _plain(text: str) -> str:
    """Foreign words made fit for one line of a journal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)[:300]

"""Everything that a server has been seen to do, or could do to harm us: each by name, with how it must end.

Here belong the behaviours as data. Not here: the server (`hostile`) and running them (`test_hostile`).
"""

import gzip
import os
import socket
import struct
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.codes import Outcome
from tests.fetch.hostile import Act, Answer, chunked, drip, ok, redirect, reset, silence

SOAK = os.environ.get("ROUNDTABLE_SOAK") == "1"
SCALE = 8 if SOAK else 1
WIRE = 1_000_000 * SCALE
"""The limit on what comes over the wire; that on the entity is twice as much."""


@dataclass(frozen=True)
class Behaviour:
    """What a host does.

    Attributes:
        name: also the host's: `NAME.test`.
        outcome: of the last address that was noted.
        answers: by path; `/` is asked for.
        kind: what is expected at `/`.
        never_ends: the answer would never end by itself, so that little patience is needed.
        scheme: http or https.
    """

    name: str
    outcome: Outcome
    answers: Mapping[str, Answer | Sequence[Answer]] = field(default_factory=dict)
    kind: str = "page"
    never_ends: bool = False
    scheme: str = "http"

    @property
    def host(self) -> str:
        return f"{self.name.replace('_', '-')}.test"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}/"


ALL: dict[str, Behaviour] = {}
HTML = b"<!doctype html><html><body><h1>A title</h1><p>" + b"some words " * 30 + b"</p></body></html>"


def does(
    name: str,
    outcome: Outcome,
    answer: Answer | Sequence[Answer] = b"",
    *,
    kind: str = "page",
    never_ends: bool = False,
    scheme: str = "http",
    **others: Answer,
) -> None:
    """Add a behaviour; `others` are further paths, `robots` standing for /robots.txt."""
    paths = {("/robots.txt" if path == "robots" else f"/{path}"): value for path, value in others.items()}
    assert name not in ALL
    ALL[name] = Behaviour(name, outcome, {"/": answer, **paths}, kind, never_ends, scheme)


def raw(*lines: str, body: bytes = HTML, status: str = "HTTP/1.1 200 OK") -> bytes:
    """An answer with exactly these header lines."""
    return "\r\n".join([status, *lines]).encode("latin-1") + b"\r\n\r\n" + body


def plain(content: bytes) -> bytes:
    return ok(content, "Content-Type: text/html")


def endless(head: bytes, piece: bytes) -> Act:
    """A head, then the same again and again for as long as anybody listens."""

    def act(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return act


def torn(after: bytes) -> Act:
    """Send that much, then reset the connection."""

    def act(connection: socket.socket) -> None:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return act


def slow_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    pause = threading.Event()
    while True:
        connection.sendall(b"X-A: b\r\n")
        pause.wait(0.02)


FETCHED, BROKEN, LARGE = Outcome.FETCHED, Outcome.BROKEN_RESPONSE, Outcome.TOO_LARGE
REFUSED, LOOP, NOWHERE = Outcome.REDIRECT_REFUSED, Outcome.REDIRECT_LOOP, Outcome.ADDRESS_REFUSED

# --- redirects --------------------------------------------------------------------------------------
does("redirect_to_itself", LOOP, redirect("/"))
does("redirect_in_a_ring", LOOP, redirect("/a"), a=redirect("/b"), b=redirect("/"))
does("redirect_without_end", LOOP, redirect("/r1"), **{f"r{n}": redirect(f"/r{n + 1}") for n in range(1, 20)})
does("redirect_without_location", BROKEN, raw("Content-Length: 0", body=b"", status="HTTP/1.1 301 Moved"))
for label, to in {
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.org/a",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,hello",
    "gopher": "gopher://127.0.0.1:70/_x",
    "credentials": "http://user:secret@example.org/",
}.items():
    does(f"redirect_to_{label}", REFUSED, redirect(to))
for label, to in {
    "loopback": "http://127.0.0.1/",
    "private": "http://10.0.0.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "decimal": "http://2130706433/",
    "octal": "http://0177.0.0.1/",
    "hexadecimal": "http://0x7f.1/",
    "ipv6_loopback": "http://[::1]/",
    "ipv4_mapped": "http://[::ffff:127.0.0.1]/",
    "link_local": "http://[fe80::1]/",
    "unspecified": "http://0.0.0.0/",
}.items():
    does(f"redirect_to_{label}", NOWHERE, redirect(to))
does(
    "redirect_with_two_locations",
    FETCHED,
    raw("Location: /a", "Location: file:///x", status="HTTP/1.1 302 F"),
    a=plain(HTML),
)
does(
    "redirect_with_a_bomb",
    LARGE,
    raw("Location: /a", "Content-Encoding: gzip", body=gzip.compress(bytes(9 * WIRE)), status="HTTP/1.1 301 M"),
)
does("redirect_to_a_megabyte", LARGE, redirect("/" + "a" * 1_000_000))

# --- bodies -----------------------------------------------------------------------------------------
does("nothing_at_all", BROKEN, b"")
does("silence", Outcome.TIMED_OUT, silence, never_ends=True)
does("one_byte_now_and_then", Outcome.TIMED_OUT, drip, never_ends=True)
does("headers_now_and_then", Outcome.TIMED_OUT, slow_head, never_ends=True)
does("body_without_end", LARGE, endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536))
does(
    "chunks_without_end",
    LARGE,
    endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 5_000),
)
does("headers_without_end", BROKEN, endless(b"HTTP/1.1 200 OK\r\n", b"X-Line: again\r\n" * 100))
does("reset_before_the_answer", BROKEN, torn(b""))
does("reset_in_the_status_line", BROKEN, torn(b"HTTP/1."))
does("reset_in_the_headers", BROKEN, torn(b"HTTP/1.1 200 OK\r\nContent-Ty"))
does("reset_in_the_body", BROKEN, reset)
does("body_shorter_than_said", BROKEN, raw("Content-Length: 9999"))
does("body_longer_than_said", FETCHED, raw(f"Content-Length: {len(HTML)}", body=HTML + b"x" * 1_000))
does("empty_body", Outcome.EMPTY, ok(b""))
does("length_negative", FETCHED, raw("Content-Length: -1"))
does("length_no_number", FETCHED, raw("Content-Length: many"))
does("length_twice_the_same", FETCHED, raw(f"Content-Length: {len(HTML)}", f"Content-Length: {len(HTML)}"))
does("length_contradicts_itself", BROKEN, raw(f"Content-Length: {len(HTML)}", "Content-Length: 5"))
does("length_beyond_everything", BROKEN, raw(f"Content-Length: {10**18}"))
CHUNKS = "Transfer-Encoding: chunked"
does("length_and_chunks", FETCHED, raw(CHUNKS, "Content-Length: 3", body=chunked(HTML)))
does("chunk_size_no_number", BROKEN, raw(CHUNKS, body=b"zz\r\nabc\r\n0\r\n\r\n"))
does("chunk_size_huge", BROKEN, raw(CHUNKS, body=b"FFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"))
does("chunk_size_negative", BROKEN, raw(CHUNKS, body=b"-5\r\nabc\r\n0\r\n\r\n"))
does("chunk_too_long", BROKEN, raw(CHUNKS, body=b"2\r\nabcdef\r\n0\r\n\r\n"))
does("last_chunk_missing", BROKEN, raw(CHUNKS, body=b"3\r\nabc\r\n"))
does("chunk_extension_of_a_megabyte", BROKEN, raw(CHUNKS, body=b"3;" + b"x" * 900_000 + b"\r\nabc\r\n0\r\n\r\n"))
does("trailers_without_end", LARGE, endless(raw(CHUNKS, body=b"0\r\n"), b"X: y\r\n" * 5_000))
does("chunks_in_gzip_framing", BROKEN, raw("Transfer-Encoding: gzip, chunked", body=chunked(gzip.compress(HTML))))

# --- content codings --------------------------------------------------------------------------------
BOMB = bytes(20 * WIRE)
does("bomb_in_gzip", LARGE, ok(gzip.compress(BOMB), "Content-Encoding: gzip"))
does("bomb_in_deflate", LARGE, ok(zlib.compress(BOMB), "Content-Encoding: deflate"))
does("bomb_in_nested_gzip", LARGE, ok(gzip.compress(gzip.compress(BOMB)), "Content-Encoding: gzip, gzip"))
does("bomb_in_many_members", BROKEN, ok(gzip.compress(b"x") * 2_000, "Content-Encoding: gzip"))
does("brotli_unasked", BROKEN, ok(b"\x0b\x02\x80abc\x03" * 50, "Content-Encoding: br"))
does("zstd_unasked", BROKEN, ok(b"\x28\xb5\x2f\xfd" + bytes(50), "Content-Encoding: zstd"))
does("gzip_nine_times", BROKEN, ok(gzip.compress(HTML), "Content-Encoding: " + ", ".join(["gzip"] * 9)))
does("gzip_that_is_none", BROKEN, ok(HTML, "Content-Encoding: gzip"))
does("gzip_without_saying_so", FETCHED, plain(gzip.compress(HTML)))
does("gzip_cut_short", BROKEN, ok(gzip.compress(HTML)[:-9], "Content-Encoding: gzip"))
does("deflate_without_its_header", FETCHED, ok(zlib.compress(HTML)[2:-4], "Content-Encoding: deflate"))
does("coding_unknown", BROKEN, ok(HTML, "Content-Encoding: rot13"))

# --- heads ------------------------------------------------------------------------------------------
does("headers_eight_thousand", BROKEN, raw(*(f"X-{n}: y" for n in range(8_000))))
does("header_of_a_megabyte", LARGE, raw("X-Long: " + "y" * 1_000_000))
does("header_without_colon", FETCHED, raw("this is no header", f"Content-Length: {len(HTML)}"))
does("header_with_nul", FETCHED, raw("X-Nul: a\x00b", "Content-Type: text/html\x00; a"))
does("header_with_control_characters", FETCHED, raw("X-C: \x01\x1b[31m\x7f\x85", "Content-Type: te\x07xt/html"))
does("etag_with_control_characters", FETCHED, raw('ETag: "a\x01b\x0c"', "Last-Modified: \x02never"))
does("header_folded", FETCHED, raw("X-Folded: a\r\n\tb\r\n c"))
does("header_line_of_blanks", BROKEN, raw("X-A: b", " \t ", "X-C: d"))
does("lines_end_with_lf", FETCHED, b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + HTML)
does("status_line_not_ascii", FETCHED, "HTTP/1.1 200 Tout va très bien\r\n\r\n".encode() + HTML)
does("status_999", BROKEN, raw(status="HTTP/1.1 999 Request denied"))
does("status_000", BROKEN, raw(status="HTTP/1.1 000 None"))
does("status_no_number", BROKEN, raw(status="HTTP/1.1 OK"))
does("status_continue_storm", LARGE, endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500))
does("status_204_with_body", Outcome.EMPTY, raw(f"Content-Length: {len(HTML)}", status="HTTP/1.1 204 No Content"))
does("status_206_unasked", BROKEN, ok(b"part", status="206 Partial Content"))
does("status_304_unasked", BROKEN, raw(body=b"", status="HTTP/1.1 304 Not Modified"))
does("status_101_switching", BROKEN, raw("Upgrade: websocket", body=b"", status="HTTP/1.1 101 Switching"))
does("http_0_9", BROKEN, HTML)
does("http_2_preface", BROKEN, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00")
does("http_3_3", BROKEN, raw(status="HTTP/3.3 200 OK"))
does("another_protocol", BROKEN, b"220 mail.example.test ESMTP ready\r\n")
does("tls_on_a_plain_port", BROKEN, b"\x15\x03\x03\x00\x02\x02\x28")
does("plain_on_a_tls_port", Outcome.ROBOTS_UNAVAILABLE, plain(HTML), never_ends=True, scheme="https")
does(
    "cookies_and_a_login",
    Outcome.CLIENT_ERROR,
    ok(b"who are you?", "Set-Cookie: a=b", 'WWW-Authenticate: Basic realm="\x01"', status="401 Unauthorized"),
)

# --- pleas for patience -----------------------------------------------------------------------------
for label, printed in {
    "negative": "-5",
    "in_the_past": "Mon, 08 Oct 2018 09:00:00 GMT",
    "of_thirty_years": str(10**9),
    "of_many_digits": "9" * 5_000,
    "no_number": "soon",
    "a_year_that_is_none": "Mon, 08 Oct 99999 09:00:00 GMT",
}.items():
    does(f"retry_after_{label}", Outcome.THROTTLED, ok(b"", f"Retry-After: {printed}", status="429 Too Many"))
does("unavailable_for_ever", Outcome.SERVER_ERROR, ok(b"", status="503 Unavailable"))

# --- robots.txt -------------------------------------------------------------------------------------
SHUT = Outcome.ROBOTS_UNAVAILABLE
does("robots_of_many_rules", FETCHED, plain(HTML), robots=ok(b"User-agent: *\n" + b"Disallow: /x*y$\n" * 40_000))
does("robots_without_end", SHUT, plain(HTML), robots=endless(b"HTTP/1.1 200 OK\r\n\r\n", b"Disallow: /a\n" * 5_000))
does("robots_points_to_itself", FETCHED, plain(HTML), robots=redirect("/robots.txt"))
does("robots_in_a_ring", FETCHED, plain(HTML), robots=redirect("/other"), other=redirect("/robots.txt"))
does("robots_fails", SHUT, plain(HTML), robots=ok(b"", status="500 Oh"))
does("robots_throttled", Outcome.THROTTLED, plain(HTML), robots=ok(b"", status="429 Too Many"))
does("robots_is_a_page", FETCHED, plain(HTML), robots=plain(HTML))
does("robots_is_a_bomb", SHUT, plain(HTML), robots=ok(gzip.compress(BOMB), "Content-Encoding: gzip"))
does("robots_of_binary", FETCHED, plain(HTML), robots=ok(bytes(range(256)) * 100))
does("robots_points_to_a_file", SHUT, plain(HTML), robots=redirect("file:///etc/passwd"))
does("robots_delay_of_a_year", FETCHED, plain(HTML), robots=ok(b"User-agent: *\nCrawl-delay: 31536000\n"))
does("robots_asks_for_login", FETCHED, plain(HTML), robots=ok(b"", status="401 Unauthorized"))

# --- sitemaps and feeds -----------------------------------------------------------------------------
INDEX = b"<sitemapindex><sitemap><loc>http://%b.test/%b</loc></sitemap></sitemapindex>"
ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>%b]>" % b"".join(
    b"<!ENTITY %c '%b'>" % (n + 1, b"&%c;" % n * 10) for n in range(97, 106)
)
does("sitemap_names_itself", FETCHED, ok(INDEX % (b"sitemap-names-itself", b"")), kind="sitemap")
does(
    "sitemaps_in_a_ring",
    FETCHED,
    ok(INDEX % (b"sitemaps-in-a-ring", b"a")),
    kind="sitemap",
    a=ok(INDEX % (b"sitemaps-in-a-ring", b"")),
)
does("sitemap_bomb", FETCHED, ok(gzip.compress(gzip.compress(BOMB))), kind="sitemap")
does("sitemap_of_entities", FETCHED, ok(ENTITIES + b"<urlset><url><loc>&i;</loc></url></urlset>"), kind="sitemap")
does("sitemap_of_depth", FETCHED, ok(b"<x>" * 100_000), kind="sitemap")
does("feed_bomb", FETCHED, ok(gzip.compress(gzip.compress(BOMB))), kind="feed")
does("feed_of_entities", FETCHED, ok(ENTITIES + b"<rss><item><link>&i;</link></item></rss>"), kind="feed")
does("feed_of_brackets", FETCHED, ok(b"[" * 100_000), kind="feed")
does("feed_of_a_number", FETCHED, ok(b'{"items":[{"url":' + b"9" * 100_000 + b"}]}"), kind="feed")

# --- pages ------------------------------------------------------------------------------------------
SENTENCE = "Ceci n’est pas une réponse — mais une très longue phrase. " * 20
for label, content in {
    "utf16_without_mark": f"<p>{SENTENCE}".encode("utf-16-le"),
    "utf16_with_a_mark_only": b"\xff\xfe",
    "charset_wrong": f'<meta charset="utf-16"><h1>T</h1><p>{SENTENCE}'.encode("cp1252"),
    "charset_unknown": f'<meta charset="klingon"><h1>T</h1><p>{SENTENCE}'.encode("cp1252"),
    "charset_no_text_coding": f'<meta charset="base64"><h1>T</h1><p>{SENTENCE}'.encode("cp1252"),
    "charset_punycode": f'<meta charset="punycode"><h1>T</h1><p>{SENTENCE * 100}'.encode("cp1252"),
    "charset_idna": f'<meta charset="idna"><h1>T</h1><p>{SENTENCE}'.encode("cp1252"),
    "charset_mixed": f"<h1>T</h1><p>{SENTENCE}".encode() + SENTENCE.encode("cp1252"),
    "nul_bytes": HTML.replace(b"words", b"wo\x00rds"),
    "binary": bytes(range(256)) * 200,
    "depth_of_100000": b"<div>" * 100_000 + HTML,
    "depth_of_closed_spans": b"<span><div></span>" * 20_000 + HTML,
    "formatting_never_closed": b"".join(b"<p><font size=%d>x" % n for n in range(20_000)),
    "attribute_of_a_megabyte": b'<p title="' + b"x" * 900_000 + b'">' + HTML,
    "attributes_without_number": b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000 * SCALE)) + b">" + HTML,
    "choices_without_number": b"<select>" + b"<option>x</option>" * 40_000 + b"</select>" + HTML,
    "comment_never_closed": HTML[:-14] + b"<!--" * 50_000,
    "script_never_closed": HTML[:-14] + b"<script>" * 50_000,
    "tag_never_closed": HTML[:-14] + b"<a " * 50_000,
    "json_ld_of_depth": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + HTML,
    "rows_without_number": b"<table>" + b"<tr><td>x" * 20_000 + b"</table>" + HTML,
    "bylines_without_number": b"<html><h1>T</h1>" + b"<a rel=author>A B</a>" * 5_000 + HTML,
    "one_word_of_a_megabyte": b"<html><h1>T</h1><p>" + b"x" * 900_000,
    "svg_of_depth": b"<html><svg>" + b"<g>" * 100_000 + HTML,
    "surrogates": b"<html><h1>&#xD800;&#x110000;&#0;</h1><p>" + b"&#xDFFF; words " * 50,
}.items():
    does(label, FETCHED, plain(content))

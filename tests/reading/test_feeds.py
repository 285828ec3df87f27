"""Feeds of all kinds, and of no kind."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import feeds
from archive.reading.feeds import Feed, Item, items

URL = "https://a.test/feed/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
RSS2 = f"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="{DUBLIN_CORE}">
<channel><title>All</title><link>https://a.test/</link>
<item><title>One &amp;
 only</title><link> https://a.test/1 </link><pubDate>Mon, 08 Oct 2018 09:00:00 +0000</pubDate>
<media:content><media:title>no</media:title></media:content><media:title>no</media:title></item>
<item><guid>/2</guid><dc:date>2018-10-09</dc:date></item>
<item><guid isPermaLink="false">3</guid><title>No address</title></item>
<item><link>javascript:alert(1)</link></item><item><link>https://a.test/1</link></item>
</channel></rss>"""
RSS1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="{DUBLIN_CORE}"><channel><title>All</title></channel>
<item rdf:about="x"><title>One</title><link>https://a.test/1</link><dc:date>2018-10-08T09:00Z</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title><link href="/"/>
<entry><title>One</title><link rel="edit" href="/edit"/><link href="../1"/><updated>2020-01-01</updated>
<published>2018-10-08T09:00:00Z</published><source><title>no</title></source></entry></feed>"""
JSON_FEED = json.dumps(
    {"items": [{"url": "/1", "title": "One", "date_published": "2018-10-08"}, 7, {"url": 7}, {"title": "none"}]}
)
WORDPRESS = json.dumps(
    [
        {"link": "https://a.test/1", "title": {"rendered": "One"}, "date": "2018-10-08T10:00:00", "date_gmt": gmt}
        for gmt in ("2018-10-08T09:00:00",)
    ]
)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (
            RSS2,
            [
                Item("https://a.test/1", "One & only", "Mon, 08 Oct 2018 09:00:00 +0000"),
                Item("https://a.test/2", None, "2018-10-09"),
            ],
        ),
        (RSS1, [Item("https://a.test/1", "One", "2018-10-08T09:00Z")]),
        (ATOM, [Item("https://a.test/1", "One", "2018-10-08T09:00:00Z")]),
        (JSON_FEED, [Item("https://a.test/1", "One", "2018-10-08")]),
        (WORDPRESS, [Item("https://a.test/1", "One", "2018-10-08T09:00:00Z")]),
    ],
    ids=["rss2", "rss1", "atom", "json", "wordpress"],
)
def test_the_pages_of_a_feed_are_listed_with_title_and_date(payload: str, expected: list[Item]) -> None:
    assert items(payload.encode(), URL) == Feed(expected)
    assert items(gzip.compress(payload.encode()), URL) == Feed(expected)


def test_what_was_read_before_a_fault_stays() -> None:
    found = items(RSS2.encode()[:-30], URL)
    assert len(found.items) == 2
    assert found.problem


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"<",
        b"\x1f\x8b\x08",
        b"[" * 100_000,
        b'{"items":[{"url":' + b"9" * 10_000 + b"}]}",
        b"<item>" * 1_000,
        b"<!doctype html><p>Not here",
        b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]><rss><item><link>https://a.test/&i;</link></item></rss>',
    ],
    ids=range(8),
)
def test_nonsense_gives_nothing_but_a_reason(payload: bytes) -> None:
    found = items(payload, URL)
    assert found.items == []
    assert found.problem


def test_only_so_much_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ITEMS", 1)
    assert len(items(RSS2.encode(), URL).items) == 1
    monkeypatch.setattr(feeds, "MOST_BYTES", 10_000)
    assert "longer than 10000 bytes" in (items(gzip.compress(bytes(10_001)), URL).problem or "")


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: f"<rss><item>{text}</item></rss>".encode()))
def test_whatever_is_read_nothing_is_raised(payload: bytes) -> None:
    assert isinstance(items(payload, URL), Feed)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["items", "url", "link", "title", "rendered", "date", "date_gmt"]), inner)
        ),
    )
)
def test_whatever_json_says_nothing_is_raised(data: object) -> None:
    assert isinstance(items(json.dumps(data).encode(), URL), Feed)

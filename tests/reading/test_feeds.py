"""Feeds of all kinds, and of no kind."""

import functools
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archive
from archive.codes import Code
from archive.reading import bounds, feeds, listing
from archive.reading.feeds import Feed, is_feed, items
from archive.reading.page import FeedItem, Page
from archive.reading.reader import read, read_item

# Without the time in it, so that every process that collects these tests gives them the same names.
packed = functools.partial(gzip.compress, mtime=0)

URL = "https://a.test/feed/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
TEXT = "<p>" + "</p><p>".join(
    f"The {n}th bus of the night is late, and nobody at the stop knows why." for n in range(5)
)
RSS2 = f"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="{DUBLIN_CORE}"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All</title><link>https://a.test/</link>
<item><title>One &amp;
 only</title><link> https://a.test/1 </link><pubDate>Mon, 08 Oct 2018 09:00:00 +0000</pubDate>
<dc:creator>Anna Lindqvist</dc:creator><dc:creator><![CDATA[Bo Karlsen]]></dc:creator>
<description>A bus.</description><content:encoded><![CDATA[{TEXT}]]></content:encoded>
<media:content><media:title>no</media:title></media:content><media:title>no</media:title></item>
<item><guid>/2</guid><author>a@a.test (Anna Lindqvist)</author><dc:date>2018-10-09</dc:date></item>
<item><guid isPermaLink="false">3</guid><title>No address</title></item>
<item><link>javascript:alert(1)</link></item><item><link>https://a.test/1</link></item>
</channel></rss>"""
RSS1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="{DUBLIN_CORE}"><channel><title>All</title></channel>
<item rdf:about="x"><title>One</title><link>https://a.test/1</link><dc:date>2018-10-08T09:00Z</dc:date></item></rdf:RDF>"""
ATOM = """<!-- A --><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.test/feed/"><title>All</title>
<link href="/"/><entry xml:base="https://b.test/"><title type="html">One &amp;amp; &lt;b&gt;only&lt;/b&gt;</title>
<link rel="edit" href="/edit"/><link rel="alternate" type="audio/mpeg" href="/1.mp3"/><link href="1"/>
<id>https://a.test/?p=1</id><link rel="self" href="/1.atom"/>
<updated>2020-01-01T00:00:00+01:00</updated><published>2018-10-08T09:00:00Z</published>
<author><name>Anna Lindqvist</name><uri>https://a.test/anna</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One<br/>&lt;two&gt;</p></div></content>
<source><title>no</title></source></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "https://a.test/?p=1", "url": "/1", "title": "One & only", "content_text": "A\n\nB < C",
                "date_published": "2018-10-08T09:00:00+02:00", "date_modified": "2018-10-09T09:00:00+02:00",
                "authors": [{"name": "Anna Lindqvist"}, {"url": "x"}], "summary": "A bus.",
            },
            7, {"url": 7}, {"title": "none"},
        ],
    }
)  # fmt: skip
WORDPRESS = json.dumps(
    [
        {
            "id": 1, "date": "2018-10-08T10:00:00", "date_gmt": "2018-10-08T09:00:00",
            "modified": "2018-10-09T10:00:00",
            "link": "https://a.test/1", "title": {"rendered": "One &#038; only"}, "author": 3,
            "content": {"rendered": TEXT}, "excerpt": {"rendered": "<p>A bus.</p>"},
            "_embedded": {"author": [{"name": "Anna Lindqvist"}]},
        }
    ]
)  # fmt: skip


def said(item: FeedItem) -> dict[str, list[tuple[str, str]]]:
    """What an item says: field → values, each with its place inside the item."""
    found: dict[str, list[tuple[str, str]]] = {}
    for claim in item.statements:
        assert claim.locator.startswith(item.locator)
        assert claim.witness == "feed"
        found.setdefault(claim.field, []).append((claim.value, claim.locator.removeprefix(item.locator)))
    return found


@pytest.mark.parametrize(
    ("payload", "place", "addresses", "expected"),
    [
        (
            RSS2,
            "/rss/channel/item[1]",
            ("https://a.test/1",),
            {
                "title": [("One & only", "/title")],
                "published": [("Mon, 08 Oct 2018 09:00:00 +0000", "/pubDate")],
                "authors": [("Anna Lindqvist", "/dc:creator"), ("Bo Karlsen", "/dc:creator[2]")],
            },
        ),
        (
            RSS1,
            "/rdf:RDF/item[1]",
            ("https://a.test/1",),
            {"title": [("One", "/title")], "published": [("2018-10-08T09:00Z", "/dc:date")]},
        ),
        (
            ATOM,
            "/feed/entry[1]",
            ("https://b.test/1", "https://a.test/?p=1"),
            {
                "title": [("One & only", "/title")],
                "updated": [("2020-01-01T00:00:00+01:00", "/updated")],
                "published": [("2018-10-08T09:00:00Z", "/published")],
                "authors": [("Anna Lindqvist", "/author/name")],
            },
        ),
        (
            JSON_FEED,
            "items[0]",
            ("https://a.test/1", "https://a.test/?p=1"),
            {
                "title": [("One & only", ".title")],
                "authors": [("Anna Lindqvist", ".authors[0].name")],
                "published": [("2018-10-08T09:00:00+02:00", ".date_published")],
                "updated": [("2018-10-09T09:00:00+02:00", ".date_modified")],
            },
        ),
        (
            WORDPRESS,
            "[0]",
            ("https://a.test/1",),
            {
                "title": [("One & only", ".title")],
                "authors": [("Anna Lindqvist", "._embedded.author[0].name")],
                "published": [("2018-10-08T09:00:00Z", ".date_gmt")],
                "updated": [("2018-10-09T10:00:00", ".modified")],
            },
        ),
    ],
    ids=["rss2", "rss1", "atom", "json", "wordpress"],
)
def test_an_item_says_address_title_authors_and_dates_as_printed_each_with_its_place(
    payload: str, place: str, addresses: tuple[str, ...], expected: dict[str, list[tuple[str, str]]]
) -> None:
    found = items(payload.encode(), URL)
    first = found.items[0]
    assert (found.problem, first.locator, (first.url, *first.also)) == (None, place, addresses)
    assert said(first) == expected
    assert is_feed(payload.encode())
    marked = b"\xef\xbb\xbf" + payload.encode()
    assert is_feed(marked)
    assert items(marked, URL) == items(packed(payload.encode()), URL) == found


@pytest.mark.parametrize(
    ("payload", "content", "at", "summary"),
    [
        (RSS2, TEXT, "/rss/channel/item[1]/content:encoded", "A bus."),
        (RSS1, None, "", None),
        (ATOM, "<div><p>One<br>&lt;two&gt;</p></div>", "/feed/entry[1]/content", None),
        (JSON_FEED, "<p>A</p><p>B &lt; C</p>", "items[0].content_text", "A bus."),
        (WORDPRESS, TEXT, "[0].content.rendered", "<p>A bus.</p>"),
    ],
    ids=["rss2", "rss1", "atom", "json", "wordpress"],
)
def test_the_whole_text_and_the_summary_are_told_apart(
    payload: str, content: str | None, at: str, summary: str | None
) -> None:
    first = items(payload.encode(), URL).items[0]
    assert (first.content, first.content_at, first.summary) == (content, at, summary)


def test_each_address_is_listed_once_and_what_has_none_is_left_out() -> None:
    found = items(RSS2.encode(), URL).items
    assert [(item.url, item.locator) for item in found] == [
        ("https://a.test/1", "/rss/channel/item[1]"),
        ("https://a.test/2", "/rss/channel/item[2]"),
    ]
    assert said(found[1]) == {"authors": [("Anna Lindqvist", "/author")], "published": [("2018-10-09", "/dc:date")]}


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<author>anna@a.test</author>", {}),
        ("<pubDate>08/10/2018 Mo</pubDate>", {"published": "08/10/2018 Mo"}),
        ("<pubDate> </pubDate>", {}),
        ("<dc:date>2018</dc:date><pubDate>2019</pubDate>", {"published": "2019"}),
        ("<title>A &lt;i&gt;bus&lt;/i&gt; &amp;amp; I</title>", {"title": "A bus & I"}),
        ("<title>Caf&eacute;&nbsp;Noir</title>", {"title": "Café Noir"}),
        ("<title><![CDATA[A & B]]></title>", {"title": "A & B"}),
        ("<itunes:title xmlns:itunes='i'>no</itunes:title>", {}),
        ("<title>a<b/>c</title><enclosure url='/x'/>", {"title": "a c"}),
    ],
)
def test_what_an_element_says(element: str, expected: dict[str, str]) -> None:
    payload = f"<rss xmlns:dc='{DUBLIN_CORE}'><item><link>/1</link>{element}</item></rss>"
    (item,) = items(payload.encode(), URL).items
    assert {field: item.first(field) for field in ("title", "authors", "published") if item.first(field)} == expected


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0" encoding="utf-8"?>', "cp1252"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-8"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
        ('<?xml version="1.0" encoding="x-nonsense"?>', "utf-8"),
        ('<?xml version="1.0"?>', "utf-16"),
        ("", "cp1252"),
    ],
)
def test_a_feed_is_read_whatever_encoding_it_claims_to_be_in(head: str, encoding: str) -> None:
    title = "Кто платит?" if encoding == "cp1251" else "Wer zahlt für die Straßenbahn?"
    payload = f"{head}<rss><item><link>/1</link><title>{title}</title></item></rss>".encode(encoding)
    found = items(payload, URL)
    assert ([item.first("title") for item in found.items], found.problem) == ([title], None)
    assert is_feed(payload)


def test_what_was_read_before_a_fault_stays() -> None:
    page = read(RSS2.encode()[:-30], URL)
    assert len(page.items) == 2
    assert [(fault.code, fault.locator) for fault in page.faults] == [(Code.FEED_CUT, "payload")]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
NONSENSE = [
    b"",
    b"<",
    b"\x1f\x8b\x08",
    b"[" * 100_000,
    b'{"items":[{"url":' + b"9" * 10_000 + b"}]}",
    b"<item>" * 1_000,
    b"<!doctype html><p>Not here",
    b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]><rss><item><link>https://a.test/&i;</link></item></rss>',
    f"{BOMB}]><rss><item><link>/1</link><title>&i;</title></item></rss>".encode(),
    packed(packed(bytes(10_000_000))),
]


@pytest.mark.parametrize("payload", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_gives_nothing_but_a_reason(payload: bytes) -> None:
    found = items(payload, URL)
    assert found.items == []
    assert found.problem


def test_only_so_much_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_ITEMS", 1)
    assert len(items(RSS2.encode(), URL).items) == 1
    monkeypatch.setattr(bounds, "MOST_PARTS", 3)
    assert items(ATOM.encode(), URL).problem is None
    assert "more than 3 elements" in (items(ATOM.replace("<br/>", "<br/>" * 9).encode(), URL).problem or "")
    monkeypatch.setattr(feeds, "MOST_BYTES", 10_000)
    assert "longer than 10000 bytes" in (items(packed(bytes(10_001)), URL).problem or "")


@pytest.mark.parametrize(
    "payload",
    [
        b"<html><head><title>rss</title></head><body><p>feed</p></body></html>",
        b'<?xml version="1.0"?><urlset><url><loc>https://a.test/1</loc></url></urlset>',
        b"[This text was first printed in the paper.] It has a date_gmt and a link: none.",
        b"{\\rtf1 items}",
        b"[]",
        b'{"routes": {}}',
        b"<feedback>",
        b"",
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(payload: bytes) -> None:
    assert not is_feed(payload)
    assert read(payload, URL).kind != "feed"


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: f"<rss><item>{text}</item></rss>".encode()))
def test_whatever_is_read_nothing_is_raised(payload: bytes) -> None:
    assert isinstance(items(payload, URL), Feed)
    assert isinstance(is_feed(payload), bool)


KEYS = [
    "items", "url", "link", "id", "title", "rendered", "date", "date_gmt", "authors", "author", "name", "content",
    "content_text", "content_html", "summary", "_embedded", "modified_gmt",
]  # fmt: skip


@given(
    st.recursive(
        st.none() | st.integers() | st.sampled_from(["/1", "\ud800", "\x00", "http://[", "a"]),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner),
    )
)
def test_whatever_json_says_nothing_is_raised_and_all_of_it_can_be_written(data: object) -> None:
    for payload in (json.dumps(data), json.dumps({"items": [data]})):
        found = items(payload.encode(), URL)
        json.dumps(
            Page(URL, URL, None, "feed", "feed", items=tuple(found.items)).as_dict(), ensure_ascii=False
        ).encode()


def test_a_feed_is_a_page_that_has_nothing_but_items() -> None:
    page = archive.read(ATOM.encode(), URL)
    assert (page.kind, page.contributions, page.title, page.faults) == ("feed", (), None, ())
    (item,) = page.as_dict()["items"]
    assert item == {
        "url": "https://b.test/1",
        "title": "One & only",
        "authors": ["Anna Lindqvist"],
        "published_as_printed": "2018-10-08T09:00:00Z",
        "updated_as_printed": "2020-01-01T00:00:00+01:00",
        "content": "<div><p>One<br>&lt;two&gt;</p></div>",
        "summary": None,
        "locator": "/feed/entry[1]",
    }


@pytest.mark.parametrize("payload", [RSS2, WORDPRESS], ids=["rss2", "wordpress"])
def test_the_whole_text_of_an_item_is_read_with_its_places_in_the_feed(payload: str) -> None:
    item = items(payload.encode(), URL).items[0]
    page = read_item(item)
    (text,) = page.contributions
    assert (page.title, text.authors[0], text.locator) == ("One & only", "Anna Lindqvist", None)
    assert page.published
    assert page.published.isoformat() == "2018-10-08T09:00:00+00:00"
    assert text.text.startswith("The 0th bus of the night is late")
    assert [block.locator for block in text.blocks][:2] == [f"{item.content_at}/p[1]", f"{item.content_at}/p[2]"]
    assert {claim.witness for claim in page.statements if claim.field in {"title", "authors", "published"}} == {"feed"}


@pytest.mark.parametrize(
    ("ending", "is_whole"),
    [
        ("", True),
        ("<p>Who knows …</p>", False),
        ("<p>Nobody knows [&#8230;]</p>", False),
        ('<p><a href="/1">Continue reading →</a></p>', False),
        ('<p>And so <a href="/1">Read more</a></p>', False),
        ('<p><a href="/1">Weiterlesen</a></p>', False),
        ("<p>I could not read any more of it.</p>", True),
        ('<p>The post <a href="/1">One</a> appeared first on <a href="/">All</a>.</p>', True),
        ('<p>Who knows […]</p><p>The post <a href="/1">One</a> appeared first on <a href="/">All</a>.</p>', False),
    ],
)
def test_the_beginning_of_a_text_is_not_taken_for_all_of_it(ending: str, is_whole: bool) -> None:
    item = items(RSS2.replace("]]></content", f"</p>{ending}]]></content").encode(), URL).items[0]
    page = read_item(item)
    assert bool(page.contributions) is is_whole
    assert "appeared first" not in page.body


def test_an_item_without_enough_words_is_no_text() -> None:
    item = items(ATOM.encode(), URL).items[0]
    assert [fault.code for fault in read_item(item).faults] == [Code.NO_ARTICLE]

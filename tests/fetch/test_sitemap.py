"""Sitemaps of all kinds, and of no kind."""

import functools
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fetch import sitemap
from archive.fetch.sitemap import Sitemap, locations

# Without the time in it, so that every process that collects these tests gives them the same names.
packed = functools.partial(gzip.compress, mtime=0)

NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{NS}" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://a.test/1?x=1&amp;y=2 </loc><image:image><image:loc>https://a.test/p.jpg</image:loc></image:image></url>
  <url><loc><![CDATA[https://a.test/2]]></loc><lastmod>2018-10-08</lastmod></url>
  <url><loc>https://a.test/2</loc></url>
  <url><loc>javascript:alert(1)</loc></url>
  <url><loc>/relative</loc></url>
  <url><loc>https://a.test/{"x" * 3_000}</loc></url>
</urlset>"""
INDEX = f"""<sitemapindex xmlns="{NS}"><sitemap><loc>https://a.test/s1.xml</loc></sitemap></sitemapindex>"""
PAGES = ["https://a.test/1?x=1&y=2", "https://a.test/2"]


@pytest.mark.parametrize(
    "payload",
    [
        URLSET.encode(),
        URLSET.replace("UTF-8", "UTF-16").encode("utf-16"),
        URLSET.replace(f' xmlns="{NS}"', "").encode(),
        packed(URLSET.encode()),
        b"\xef\xbb\xbfhttps://a.test/1?x=1&y=2\r\nhttps://a.test/2\r\nhttps://a.test/2\r\n\r\nmailto:a@b.test",
    ],
)
def test_the_pages_of_a_sitemap_are_listed_once_each(payload: bytes) -> None:
    assert locations(payload) == Sitemap(urls=PAGES)


def test_an_index_names_sitemaps() -> None:
    assert locations(INDEX.encode()) == Sitemap(sitemaps=["https://a.test/s1.xml"])


def test_what_was_read_before_a_fault_stays() -> None:
    found = locations(URLSET.encode()[:-60])
    assert found.urls == PAGES
    assert found.problem


ENTITIES = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "document_type",
    [
        f"<!DOCTYPE x [{ENTITIES}]>",
        '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_document_type_ends_the_reading(document_type: str) -> None:
    found = locations(f"{document_type}<urlset><url><loc>https://a.test/&i;</loc></url></urlset>".encode())
    assert (found.urls, found.sitemaps) == ([], [])
    assert "document type" in (found.problem or "")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"<",
        b"\x1f\x8b\x08",
        b"\x1f\x8b" + bytes(100),
        packed(b"<urlset>")[:-4],
        b'<?xml version="1.0" encoding="x-nonsense"?><urlset/>',
        b'<?xml version="1.0" encoding="utf-7"?><urlset/>',
        b"<!doctype html><p>Not here",
        "<urlset><url><loc>\ud800</loc></url></urlset>".encode("utf-8", "surrogatepass"),
        b"\xff\xfe\x00\x00",
        b"<x>" * 100_000,
    ],
    ids=range(11),
)
def test_nonsense_gives_nothing_but_a_reason(payload: bytes) -> None:
    found = locations(payload)
    assert (found.urls, found.sitemaps) == ([], [])
    assert found.problem


def test_a_packed_sitemap_is_unpacked_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_BYTES", 10_000)
    for payload in (packed(bytes(10_001)), b"<x>" + bytes(10_001)):
        assert "longer than 10000 bytes" in (locations(payload).problem or "")


def test_only_so_many_addresses_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_LOCATIONS", 3)
    found = locations("\n".join(f"https://a.test/{n}" for n in range(9)).encode())
    assert (len(found.urls), found.problem) == (3, "more than 3 addresses")


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<urlset>{text}</urlset>".encode()))
def test_whatever_is_read_nothing_is_raised(payload: bytes) -> None:
    assert isinstance(locations(payload), Sitemap)
    assert isinstance(locations(packed(payload)), Sitemap)


def test_a_plain_list_ends_where_it_has_more_lines_than_a_sitemap_may_have_addresses() -> None:
    found = locations(b"https://a.test/1\n" + b"h\n" * 200_000 + b"https://a.test/2\n")
    assert (found.urls, found.problem) == (["https://a.test/1"], "more than 100000 lines")

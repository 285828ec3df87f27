"""A web archive's addresses, lists and heads: what they mean, and that nothing foreign makes them raise."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fetch import wayback
from archive.fetch.message import parse_head
from archive.fetch.wayback import Listed, Wayback

ARCHIVE = Wayback("https://web.archive.org")
PAGE = "http://www.example.test/what/next?page=2&x=ü"
ASKED = "http://www.example.test/what/next?page=2&x=%C3%BC"
AT = dt.datetime(2019, 3, 1, 16, 37, 5)
CAME = dt.datetime(2026, 1, 1)
HEADER = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
DIGEST = "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"


def row(stamp="20190301163705", url="http://example.test:80/a", mime="text/html", status="200", digest=DIGEST):
    return [stamp, url, mime, status, digest, "512"]


def read(*rows, header=HEADER, url="https://www.example.test/a"):
    return wayback.read(json.dumps([header, *rows]).encode(), url, CAME)


def test_a_list_is_asked_for_whole_and_its_address_says_of_what():
    address = ARCHIVE.list_address(ASKED, dt.date(2018, 1, 2), dt.date(2020, 3, 4), "test,example)/ 1%2B!&x")
    assert address == (
        "https://web.archive.org/cdx/search/cdx?url=http%3A%2F%2Fwww.example.test%2Fwhat%2Fnext%3Fpage%3D2%26x%3D%25C3"
        "%25BC&output=json&fl=timestamp,original,mimetype,statuscode,digest,length&filter=statuscode:200"
        "&collapse=digest&showResumeKey=true&limit=1000&from=20180102000000&to=20200304235959"
        "&resumeKey=test%2Cexample)%2F%201%2B!%26x"
    )
    assert ARCHIVE.listed_address(address) == ASKED
    assert ARCHIVE.listed_address(ARCHIVE.raw_address(ASKED, AT)) is None
    assert ARCHIVE.listed_address(address.replace("web.archive.org", "web.archive.example")) is None


def test_a_resume_key_is_sent_back_as_it_came():
    key = "org%2Carchive%29%2F+19980109140106%21"
    assert ARCHIVE.list_address(PAGE, resume=key).endswith(f"&resumeKey={key}")


def test_a_raw_address_leads_back_to_page_and_time():
    raw = ARCHIVE.raw_address(ASKED, AT)
    assert raw == f"https://web.archive.org/web/20190301163705id_/{ASKED}"
    assert ARCHIVE.captured(raw) == (ASKED, AT)
    assert ARCHIVE.captured(raw.replace("https://web", "http://web")) == (ASKED, AT)
    assert ARCHIVE.captured("https://web.archive.org/web/20190301163705id_/http:/a.test:80/b#c") == (
        "http://a.test/b",
        AT,
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20190301163705/http://a.test/",
        "https://web.archive.org/web/2019id_/http://a.test/",
        "https://web.archive.org/web/20191301163705id_/http://a.test/",
        "https://web.archive.org/web/20190301163705id_/ftp://a.test/",
        "https://web.archive.org/web/20190301163705id_/http://",
        "https://web.archive.org.evil.test/web/20190301163705id_/http://a.test/",
        "https://evil.test/web/20190301163705id_/http://a.test/",
        "https://web.archive.org/",
        "nonsense",
        "",
    ],
)
def test_what_is_no_raw_address_of_this_archive(address):
    assert ARCHIVE.captured(address) is None


def test_an_archive_may_lie_under_a_path():
    below = Wayback("https://archive.example/coll")
    raw = below.raw_address("http://a.test/", AT)
    assert raw == "https://archive.example/coll/web/20190301163705id_/http://a.test/"
    assert below.captured(raw) == ("http://a.test/", AT)
    assert Wayback("https://archive.example").captured(raw) is None


def test_a_list_gives_captures_oldest_first_and_the_key_that_goes_on():
    found = read(row("20200101000000", digest="B" * 32), row(), [], ["key%21"])
    assert found.captures == [
        Listed("http://example.test/a", AT, "text/html", DIGEST),
        Listed("http://example.test/a", dt.datetime(2020, 1, 1), "text/html", "B" * 32),
    ]
    assert (found.resume, found.passed_over, found.repeated, found.problem) == ("key%21", 0, 0, None)


def test_the_order_of_columns_is_the_headers():
    found = read(["200", "http://example.test/a", "20190301163705", "text/html"], header=[
        "statuscode", "original", "timestamp", "mimetype"])  # fmt: skip
    assert found.captures == [Listed("http://example.test/a", AT, "text/html")]


@pytest.mark.parametrize("payload", [b"", b" \n", b"[]", b"[]\n", b"[[]]", json.dumps([HEADER]).encode()])
def test_nothing_archived_is_an_empty_list_and_no_problem(payload):
    found = wayback.read(payload, PAGE, CAME)
    assert (found.captures, found.resume, found.problem) == ([], None, None)


@pytest.mark.parametrize(
    "payload",
    [
        b"<html>Internet Archive: busy</html>",
        b'[["timestamp","original"',
        b"org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots",
        b'{"error": "x"}',
        b"17",
        b'["timestamp"]',
        b'[["a", "b"], ["1", "2"]]',
        b'[[["timestamp"], "original", "statuscode"]]',
        b"\xff\xfe\x00",
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
def test_what_is_no_list_says_so(payload):
    found = wayback.read(payload, PAGE, CAME)
    assert (found.captures, found.resume) == ([], None)
    assert found.problem
    assert len(found.problem) < 500


@pytest.mark.parametrize(
    "bad",
    [
        row(stamp="20190231000000"),
        row(stamp="20191301000000"),
        row(stamp="2019"),
        row(stamp="00010101000000"),
        row(stamp="20270101000000"),
        row(stamp="２０１９０３０１１６３７０５"),
        row(stamp=None),
        row(url="http://elsewhere.test/a"),
        row(url="mailto:a@example.test"),
        row(url="http://example.test/a b"),
        row(url="http://example.test/" + "a" * 3_000),
        row(url=None),
        row(status="302"),
        row(status="-"),
        row(status=["200"]),
        row(mime="-"),
        row(mime="warc/revisit", status="-"),
        row(mime=None),
        ["20190301163705"],
        "20190301163705",
        None,
        {},
    ],
)
def test_a_row_that_cannot_be_believed_is_passed_over(bad):
    found = read(bad, row("20200101000000"))
    assert [one.at.year for one in found.captures] == [2020]
    assert (found.passed_over, found.problem) == (1, None)


def test_www_and_scheme_and_the_port_of_the_scheme_make_no_other_host():
    urls = ["https://www.example.test/a", "http://EXAMPLE.test:80/A", "http://www2.example.test/a"]
    found = read(*(row(f"20190{n}01000000", url, digest=DIGEST[:-1] + str(n)) for n, url in enumerate(urls, start=1)))
    assert [one.url for one in found.captures] == [urls[0], "http://example.test/A", urls[2]]


def test_adjacent_rows_of_one_payload_are_one_and_a_change_back_is_not():
    other = "B" * 32
    rows = [row(f"2019010{n}000000", digest=digest) for n, digest in enumerate([DIGEST, DIGEST, other, DIGEST], 1)]
    found = read(*rows)
    assert [(one.at.day, one.digest) for one in found.captures] == [(1, DIGEST), (3, other), (4, DIGEST)]
    assert found.repeated == 1
    unknown = read(*(row(f"2019010{n}000000", digest="-") for n in (1, 2)))
    assert [one.digest for one in unknown.captures] == [None, None]


def head(*lines):
    return parse_head("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode())


@pytest.mark.parametrize(
    ("printed", "at"),
    [
        ("Fri, 01 Mar 2019 16:37:05 GMT", AT),
        ("Fri, 01 Mar 2019 17:37:05 +0100", AT),
        ("soon", None),
        ("", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 01 Jan 2100 00:00:00 GMT", None),
    ],
)
def test_the_stated_time_is_that_of_memento_datetime(printed, at):
    assert wayback.stated_time(head(f"Memento-Datetime: {printed}"), CAME) == at
    assert wayback.stated_time(head(), CAME) is None


def test_an_answer_that_tells_of_a_fault_is_no_capture_whatever_else_it_says():
    fault = head("Memento-Datetime: Fri, 01 Mar 2019 16:37:05 GMT", "X-Archive-Wayback-Runtime-Error: X")
    assert wayback.stated_time(fault, CAME) is None
    assert wayback.is_fault(fault)


def test_the_original_link_corrects_the_spelling_and_nothing_more():
    def stated(link):
        return wayback.stated_address(head(f"Link: {link}"), "http://example.test/a")

    assert stated('<https://www.example.test:443/A/>; rel="original", <x>; rel="timemap"') == (
        "https://www.example.test/A/"
    )
    assert stated('<https://elsewhere.test/a>; rel="original"') == "http://example.test/a"
    assert stated('<http://www.example.test/a>; rel="first memento"') == "http://example.test/a"
    assert stated(";;,<") == "http://example.test/a"


def test_a_digest_agrees_with_any_form_of_the_payload():
    assert wayback.agrees("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"packed", b"")
    assert not wayback.agrees("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b"x")
    assert not wayback.agrees(None, b"")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(HEADER),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.lists(JSON, max_size=6).map(lambda rows: json.dumps([HEADER, *rows]).encode()) | st.binary(max_size=80))
def test_nothing_that_an_archive_lists_makes_the_reading_raise(payload):
    wayback.read(payload, PAGE, CAME)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_head_and_no_address_makes_the_reading_raise(value, path):
    odd = parse_head(f"HTTP/1.1 200 OK\r\nMemento-Datetime: {value}\r\nLink: {value}\r\n\r\n".encode())
    wayback.stated_time(odd, CAME)
    wayback.stated_address(odd, PAGE)
    ARCHIVE.captured(f"https://web.archive.org{path}")
    ARCHIVE.captured(f"https://web.archive.org/web/20190301163705id_/http://{path}")
    ARCHIVE.listed_address(f"https://web.archive.org/cdx/search/cdx?{path}")

"""What came with a page decides where the page itself does not."""

import datetime as dt

import pytest

from archive.codes import Code
from archive.reading import charset
from archive.reading.delivery import Delivery
from archive.reading.reader import read

URL = "http://a.test/page"
TEXT = "Nothing was decided that week, and everything had been said. " * 12
CYRILLIC = "Ночной автобус ходит по кругу, и никто не знает, кого он возит. " * 6
GREEK = "Το νυχτερινό λεωφορείο γυρίζει γύρω από την πόλη μέχρι το πρωί. " * 6


def page(*head: str, body: str = TEXT) -> bytes:
    return f"<html><head>{''.join(head)}</head><body><h1>A title of words</h1><p>{body}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("content", "header", "expected"),
    [
        ("\ufeffcafé".encode(), "iso-8859-1", "café"),
        ("café".encode(), "iso-8859-1", "café"),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź"),
        (b"<meta charset=windows-1251>" + "Łódź".encode("iso-8859-2"), "ISO-8859-2", "Łódź"),
        (b"<meta charset=iso-8859-2>" + "Łódź".encode("iso-8859-2"), None, "Łódź"),
        (b"<meta charset=iso-8859-2>" + "Łódź".encode("iso-8859-2"), "no-such-thing", "Łódź"),
        ("東京".encode("iso2022_jp"), "iso-2022-jp", "東京"),
        ("“caf\xe9”".encode("cp1252"), "iso-8859-1", "“café”"),
        ("“caf\xe9”".encode("cp1252"), None, "“café”"),
        (CYRILLIC.encode("cp1251"), None, CYRILLIC),
        (b"<html><body class='a b c'><p>" + GREEK.encode("cp1253"), None, GREEK),
        ("l\xe9g\xe8re, d\xe9j\xe0 vu".encode("cp1252"), "utf-8", "légère, déjà vu"),
    ],
    ids=str,
)
def test_the_encoding_is_that_of_the_best_witness(content: bytes, header: str | None, expected: str) -> None:
    assert charset.decode(content, header).endswith(expected)


def test_the_server_s_date_is_the_last_evidence() -> None:
    changed = "Tue, 12 Mar 2019 08:00:00 GMT"
    later = Delivery(last_modified=changed, captured_on=dt.date(2019, 5, 1))
    found = read(page(), URL, delivery=later)
    assert found.published is not None
    assert found.published.on == dt.date(2019, 3, 12)
    assert [(one.witness, one.chosen) for one in found.statements if one.field == "published"] == [
        ("http_header", True)
    ]
    stated = read(page('<meta name="date" content="2018-01-02">'), URL, delivery=later)
    assert stated.published is not None
    assert stated.published.on == dt.date(2018, 1, 2)
    assert ("http_header", False) in [
        (one.witness, one.chosen) for one in stated.statements if one.field == "published"
    ]


def test_a_file_that_was_made_for_the_answer_says_nothing_of_its_date() -> None:
    now = Delivery(last_modified="Wed, 01 May 2019 08:00:00 GMT", captured_on=dt.date(2019, 5, 1))
    assert read(page(), URL, delivery=now).published is None


def test_of_two_dates_the_one_after_the_capture_is_not_believed() -> None:
    both = page(
        '<meta property="article:published_time" content="2030-01-01">', '<meta name="date" content="2018-01-02">'
    )
    found = read(both, URL, delivery=Delivery(captured_on=dt.date(2019, 5, 1)))
    assert found.published is not None
    assert found.published.on == dt.date(2018, 1, 2)
    assert [fault.code for fault in found.faults] == []


def test_where_every_date_lies_after_the_capture_there_is_none_and_it_is_told() -> None:
    late = page('<meta property="article:published_time" content="2030-01-01">')
    found = read(late, URL, delivery=Delivery(captured_on=dt.date(2019, 5, 1)))
    assert found.published is None
    assert [fault.code for fault in found.faults] == [Code.DATE_AFTER_CAPTURE]
    assert found.contributions


def test_the_day_that_is_tomorrow_elsewhere_is_believed() -> None:
    eve = page('<meta property="article:published_time" content="2019-05-02">')
    found = read(eve, URL, delivery=Delivery(captured_on=dt.date(2019, 5, 1)))
    assert found.published is not None

"""What a page said at different times, and what of it is new."""

import datetime as dt

import pytest

from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.discussion.pages import read_all
from archive.model import Contribution, ContributionVersion
from tests import made
from tests.discussion.invented import article, records, register, text

ARTICLE = content().article("response")
URL = canonical(ARTICLE.path)
FIRST = pages()[ARTICLE.path].body
SECOND = FIRST.replace(b"I read all seventeen answers", b"I read all but one of the answers")
DAY = dt.timedelta(days=1)


def seen(tmp_path, *payloads, before=()):
    """Records of captures a day apart; a payload that was held already is a revisit, as the store writes it."""
    captures, held = [], {}
    for number, payload in enumerate(payloads):
        kind = {"record_type": "revisit", "refers_to": held[payload]} if payload in held else {}
        one = made.capture(URL, payload, made.AT + number * DAY, **kind)
        held.setdefault(payload, one.capture_id)
        captures.append(one)
    by_digest = {made.capture(URL, payload).payload_sha256: payload for payload in payloads}
    readings = read_all(
        captures, lambda capture: by_digest[capture.payload_sha256], made.REGISTER, tmp_path / "pages.sqlite"
    )
    return made.records([*before, *readings])


def test_a_page_that_changes_back_has_three_versions_and_the_last_is_current(tmp_path):
    assert SECOND != FIRST
    records = seen(tmp_path, FIRST, SECOND, FIRST)
    versions = records.of(ContributionVersion)
    assert [version.first_captured_at for version in versions] == [made.AT + number * DAY for number in range(3)]
    assert versions[0].text == versions[2].text != versions[1].text
    (current,) = records.of(Contribution)
    assert (current.version, current.text) == (3, versions[0].text)


def test_a_revisit_of_what_was_seen_just_before_makes_no_version(tmp_path):
    records = seen(tmp_path, FIRST, FIRST, FIRST)
    (version,) = records.of(ContributionVersion)
    assert (version.first_captured_at, version.last_captured_at) == (made.AT, made.AT)


def test_another_layout_with_the_same_words_makes_no_version(tmp_path):
    redesigned = FIRST.replace(b'<div class="prose">', b'<div class="prose prose--wide"><div>').replace(
        b"</p>", b"</p>\n"
    )
    records = seen(tmp_path, FIRST, redesigned)
    (version,) = records.of(ContributionVersion)
    assert version.last_captured_at == made.AT + DAY


def test_an_older_capture_that_arrives_later_changes_no_id_and_not_the_current_text(tmp_path):
    older = made.reading(URL, SECOND, made.AT - 400 * DAY)
    records = seen(tmp_path, FIRST, before=[older])
    (current,) = records.of(Contribution)
    alone = seen(tmp_path, FIRST).of(Contribution)[0]
    assert (current.contribution_id, current.text) == (alone.contribution_id, alone.text)
    assert current.version == 2


def dated(*printed: str, first: dt.date = dt.date(2020, 5, 14)) -> list[ContributionVersion]:
    """The versions of a text of which only the printed date changes, from day to day."""
    start = dt.datetime.combine(first, dt.time(12))
    pages = [
        made.reading("https://www.gazette.example/a", article("Anna Lindqvist", text("a"), date=words),
                     start + number * DAY, register())
        for number, words in enumerate(printed)
    ]  # fmt: skip
    return records(pages, register()).of(ContributionVersion)


@pytest.mark.parametrize(
    "printed",
    [
        ("2 days ago", "3 days ago", "12 May 2020"),
        ("12 May 2020", "May 12, 2020", "2020-05-12", "Tuesday, 12th May 2020"),
        ("12 May 2020, 9.00am", "12 May 2020", "12 May 2020 09:00", "a week ago"),
        ("May 2020", "12 May 2020"),
        ("12 May 2020", "", "12 May 2020"),
        ("", "yesterday"),
    ],
)
def test_a_date_that_is_printed_otherwise_makes_no_version(printed):
    (version,) = dated(*printed)
    assert (version.last_captured_at - version.first_captured_at).days == len(printed) - 1
    says_a_day = any("12" in words for words in printed)
    assert version.published_on == (dt.date(2020, 5, 12) if says_a_day else None)


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        (("12 May 2020", "13 May 2020"), [12, 13]),
        (("12 May 2020, 9.00am", "12 May 2020, 5.00pm"), [12, 12]),
        (("12 May 2020", "3 days ago", "13 May 2020", "2 days ago"), [12, 13]),
        # What was there before is not of that day, whatever the page says later.
        (("Today", "one day ago", "16 May 2020"), [None, 16]),
    ],
)
def test_another_day_or_hour_is_another_version(printed, days):
    assert [one.published_on.day if one.published_on else None for one in dated(*printed)] == days

import datetime as dt
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.normalise import date_words
from archive.normalise.date_values import PublishedDate
from archive.normalise.dates import find, is_date_line, parse
from tests.normalise.invented import calls

LONDON = "Europe/London"
DAYS = st.dates(dt.date(1500, 1, 1), dt.date(2100, 12, 31))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))

EDTF_DAY = r"\d{4}-\d\d-\d\d~?"
EDTF = re.compile(
    rf"{EDTF_DAY}(/{EDTF_DAY})?|\d{{4}}(-\d\d)?~?(/\d{{4}}(-\d\d)?~?)?"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?"
)


# --- every language ----------------------------------------------------------------------------------------------

NAMED = [
    (language, month, form.replace("_", " "))
    for language, line in date_words.MONTHS.items()
    for month, name in enumerate(line.split(), start=1)
    for form in name.split("/")
]


@given(
    st.sampled_from(NAMED),
    st.integers(1, 28),
    st.integers(1990, 2030),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}"]),
)
def test_a_date_written_in_any_language_comes_back(named, day, year, pattern):
    language, month, form = named
    printed = pattern.format(d=day, m=form, y=year)
    expected = dt.date(year, month, day)
    assert parse(printed, languages=[language]).on == expected
    assert parse(printed.upper(), languages=[language]).on == expected
    if language != "hr":
        # Croatian means other months than its neighbours by the same words: it has to be asked for.
        assert parse(printed).on == expected


def test_every_language_has_twelve_months_and_seven_weekdays_and_four_seasons():
    for tables, count in ((date_words.MONTHS, 12), (date_words.WEEKDAYS, 7), (date_words.SEASONS, 4)):
        assert {language: len(line.split()) for language, line in tables.items()} == dict.fromkeys(tables, count)


def test_a_weekday_in_any_language_is_taken_for_what_it_is():
    monday = dt.date(2019, 3, 4)
    for line in date_words.WEEKDAYS.values():
        for offset, names in enumerate(line.split()):
            for name in names.split("/"):
                day = monday + dt.timedelta(days=offset)
                date = parse(f"{name}, {day.day} March {day.year}")
                assert (name, date.on, date.weekday_mismatch) == (name, day, False)


# --- for all dates -----------------------------------------------------------------------------------------------


@given(st.datetimes(dt.datetime(1000, 1, 2), dt.datetime(2999, 12, 30), timezones=OFFSETS))
def test_iso_8601_comes_back_to_the_microsecond(moment):
    date = parse(moment.isoformat())
    assert date.at == moment.astimezone(dt.UTC).replace(tzinfo=None)
    assert date.isoformat() == moment.isoformat()
    assert date.on == moment.date()
    assert parse(moment.isoformat(sep=" ")).at == date.at


@given(DAYS)
def test_a_day_comes_back_from_every_form_it_is_written_in(day):
    forms = (
        day.isoformat(),
        f"{day:%d %B} {day.year}",
        f"{day:%A, %B} {day.day}, {day.year}",
        f"{day:%d-%b}-{day.year}",
    )
    for form in forms:
        assert parse(form).on == day
        assert parse(parse(form).isoformat()).on == day
        assert not parse(form).weekday_mismatch


PIECES = st.sampled_from(
    [
        *(
            "1",
            "2",
            "13",
            "31",
            "99",
            "2019",
            "1998",
            "20",
            "07",
            "0",
            "201",
            "12345678",
            ":",
            "/",
            "-",
            ".",
            ",",
            " ",
            "T",
        ),
        *(
            "Z",
            "+01:00",
            "am",
            "p.m.",
            "Uhr",
            "h",
            "GMT",
            "(",
            ")",
            "c.",
            "March",
            "mai",
            "Spring",
            "Mon",
            "年",
            "月",
            "日",
        ),
        *("午後", "時", "of", "de", "'", "–", "|", "Updated", "ago", "x", "۱", "²", "\u200b", "th", "é"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=14).map(" ".join))


@given(TEXTS, st.one_of(st.none(), DAYS), st.sampled_from([None, LONDON, "Pacific/Apia"]))
@example("2019-03-01T23:00:00-14:00", dt.date(2019, 2, 27), "Pacific/Apia")
def test_any_text_is_read_and_no_date_is_later_than_it_can_be(text, not_after, zone):
    is_date_line(text)
    whole = parse(text, zone=zone, not_after=not_after)
    inside = find(text, zone=zone, not_after=not_after)
    for date in [date for _, _, date in inside] + ([whole] if whole else []):
        assert EDTF.fullmatch(date.edtf), date.edtf
        assert (date.at is None) == (date.offset_minutes is None) == (date.zone_source is None)
        assert date.local is None or date.on is not None
        if not_after:
            assert date.edtf[:10] <= (not_after + dt.timedelta(days=1)).isoformat()[: len(date.edtf)]
            assert date.on is None or date.on <= not_after + dt.timedelta(days=1)
    for start, end, date in inside:
        assert text[start:end] == date.as_printed


@given(TEXTS)
def test_what_is_found_is_a_date_of_its_own(text):
    for _, _, date in find(text):
        assert is_date_line(date.as_printed)
        again = parse(date.as_printed)
        assert isinstance(again, PublishedDate)
        assert again.edtf == date.edtf


# --- in running text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe Updated Nov 13, 2019, 10:28am EST", [("Nov 13, 2019, 10:28am EST", "updated")]),
        (
            "On 8 October 2018 we published this, on 1 March 2019 that.",
            [("8 October 2018", None), ("1 March 2019", None)],
        ),
        ("von Redaktion, 24. Januar 2022", [("24. Januar 2022", None)]),
        ("since 2018. March 5, 2019 was a Tuesday", [("March 5, 2019", None)]),
        ("an edition of c. 1998, reprinted in spring 2003", [("c. 1998", None), ("spring 2003", None)]),
        ("In 2019 about 2500 people met", []),
        ("© 2019 The Review, 10.2.14.1, $1,000, +49 030 5683 8000", []),
        ("发布于2021-03-05 10:20｜来源：海湾网", [("2021-03-05 10:20", "published")]),
        ("no digits at all", []),
    ],
)
def test_dates_are_found_in_running_text(line, expected):
    assert [(date.as_printed, date.label) for _, _, date in find(line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        *(
            "1 March 2019, 4.37pm",
            "| 22 hours ago",
            "Nov 18",
            "Jun 20th at 2:41 am",
            "Stand: 20:03 Uhr",
            "1日前",
            "yesterday",
        ),
        *("Published 22 hours ago", "28 February 2019 | 4:58pm EST", "2019-06-17T00:00:00Z", "aujourd’hui", "2012–13"),
        *(
            "发布时间：2021年3月5日 10:20",
            "기사입력 2021.03.05 10:20 | 기사수정 2021.03.06",
            "تاريخ النشر: 5 آذار 2021",
        ),
    ],
)
def test_a_line_of_nothing_but_dates_is_a_date_line(line):
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["", "|", "Jane Doe", "May", "12", "1 March 2019 by Jane Doe", "5 Min Read", "Kommentare 0", "x" * 500]
)
def test_any_other_line_is_none(line):
    assert not is_date_line(line)


# --- cost --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1/",
        "1-2-",
        "12:",
        "March ",
        "mar. 5 ",
        "c. ",
        "2019 ",
        "1 March 2019 ",
        "Mon, ",
        "年",
        "12 h",
        "+01:",
    ],
)
def test_work_grows_no_faster_than_the_line(unit):
    few, many = (calls(find, f"7{unit * size}") for size in (200, 1600))
    assert many <= 9 * few + 200

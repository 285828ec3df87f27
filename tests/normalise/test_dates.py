import datetime as dt

import pytest

from archive.normalise.dates import parse

LONDON = "Europe/London"


def edtf(printed, **known):
    date = parse(printed, **known)
    return date and date.edtf


# --- what is printed is what is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("6 October 2014", "2014-10-06"),
        ("March 1, 2019", "2019-03-01"),
        ("November 19th, 2019", "2019-11-19"),
        ("the 9th of October 2017", "2017-10-09"),
        ("21 agosto 2018", "2018-08-21"),
        ("21-10-2020", "2020-10-21"),
        ("Do  9 Apr 2020", "2020-04-09"),
        ("mar. 5 mars 2019", "2019-03-05"),
        ("Mar 9, 2023", "2023-03-09"),
        ("31 Donnerstag Okt 2019", "2019-10-31"),
        ("1er mars 2019", "2019-03-01"),
        ("1º de maio de 2022", "2022-05-01"),
        ("sabado 07 de mayo del 2022", "2022-05-07"),
        ("quarta-feira, 4 de maio de 2022", "2022-05-04"),
        ("13 Dezember, 2015", "2015-12-13"),
        ("mayo 11, 2022", "2022-05-11"),
        ("21 d’agost de 2018", "2018-08-21"),
        ("2019. március 1.", "2019-03-01"),
        ("2020. 5. 1.", "2020-05-01"),
        ("1 мая 2022 г.", "2022-05-01"),
        ("2024年5月1日（水）", "2024-05-01"),
        ("2024년 5월 1일", "2024-05-01"),
        ("1 tháng 5 năm 2024", "2024-05-01"),
        ("٢٦ نوفمبر ٢٠٢٤", "2024-11-26"),
        ("২৬ নভেম্বর ২০২৪", "2024-11-26"),
        ("4 تشرين الثاني 2013", "2013-11-04"),
        ("الأحد، 04 آب/أغسطس 2013", "2013-08-04"),
        ("5 มีนาคม 2567", "2024-03-05"),
        ("5 มี.ค. 2567", "2024-03-05"),
        ("2024 m. kovo 5 d.", "2024-03-05"),
        ("2024. gada 5. martā", "2024-03-05"),
        ("Objavljeno 15. ožujka 2024.", "2024-03-15"),
        ("Thứ Sáu, 15/3/2024", "2024-03-15"),
        ("2019-09-3007:42", "2019-09-30T07:42:00"),
        ("20191119", "2019-11-19"),
        ("2021-11-8", "2021-11-08"),
        ("2019/11/19", "2019-11-19"),
        ("[2.18.07]", "2007-02-18"),
        ("01-Mar-19", "2019-03-01"),
        ("17 Jun ’19", "2019-06-17"),
        ("28.-30. Januar 2022", "2022-01-28/2022-01-30"),
        ("March 1–3, 2019", "2019-03-01/2019-03-03"),
        ("March 2019", "2019-03"),
        ("marzo de 2019", "2019-03"),
        ("10/2021", "2021-10"),
        ("2019-03", "2019-03"),
        ("2024年5月", "2024-05"),
        ("(November/December 2022)", "2022-11/2022-12"),
        ("December 2022/January 2023", "2022-12/2023-01"),
        ("Spring 2019", "2019-21"),
        ("été 2019", "2019-22"),
        ("2019 Autumn", "2019-23"),
        ("Winter 2012/13", "2012-24"),
        ("hiver 2012-2013", "2012-24"),
        ("2019", "2019"),
        ("2012-13", "2012/2013"),
        ("2011/12", "2011/2012"),
        ("2012–2015", "2012/2015"),
        ("c. 1998", "1998~"),
        ("circa 1998", "1998~"),
        ("ca. March 2019", "2019-03~"),
        ("around 6 October 2014", "2014-10-06~"),
    ],
)
def test_a_printed_date_says_exactly_what_is_known(printed, expected):
    assert edtf(printed) == expected


@pytest.mark.parametrize("printed", ["c. 1998", "Spring 2019", "Winter 2012/13", "November/December 2022", "2012-13"])
def test_no_day_and_no_instant_is_invented(printed):
    date = parse(printed, zone=LONDON)
    assert (date.on, date.at, date.local, date.offset_minutes, date.zone_source) == (None, None, None, None, None)
    assert date.isoformat() == date.edtf


@pytest.mark.parametrize(
    "printed",
    [
        *("x days ago", "3 days ago", "vor 3 Stunden", "yesterday", "Today 5:00 am", "2 days ago at 07:52 am"),
        *("Nov 18", "Nov 7 23:05", "24. jul.", "4.37pm", "Stand: 20:03 Uhr"),
        *(
            "",
            " ",
            "May",
            "12",
            "1990s",
            "1574150400",
            "0000-00-00 00:00:00",
            "2019-02-29",
            "31 April 2019",
            "32.1.2019",
        ),
        *(
            "5 Min Read",
            "freeman1984",
            "192.168.1.10",
            "version 1.2.14.1",
            "1 March 2019 by Jane Doe",
            "2022-05-04-0305:49",
            "01-1417:58",
            "15.3. 14:22",
        ),
        *("Mon, 20 Dec 2021 10:00:00 +2500", "2021-12-20T10:00:00+25:00", "2021-12-20T25:00:00Z", "x" * 500),
    ],
)
def test_what_is_no_date_is_none(printed):
    assert parse(printed) is None


# --- times and zones ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("1 March 2019, 4.37pm", "16:37:00"),
        ("28 February 2019, 12.21pm", "12:21:00"),
        ("17 May 2020 12.01am", "00:01:00"),
        ("Friday, June 30th, 2017 9:28 am", "09:28:00"),
        ("Published 10 a.m. May 5, 2019", "10:00:00"),
        ("04 de mayo 2022, 12:00 A. M.", "00:00:00"),
        ("20/11/2018 09:04:08", "09:04:08"),
        ("30 août 2023 à 14h52", "14:52:00"),
        ("5 mai 2019, 16h", "16:00:00"),
        ("18.10.2019, 16.30 Uhr", "16:30:00"),
        ("18.10.2019 16 Uhr", "16:00:00"),
        ("19. helmikuuta 2020 klo 14.00", "14:00:00"),
        ("05.08.2024, kl. 13.05", "13:05:00"),
        ("19 November 2019 • 1:16pm", "13:16:00"),
        ("November 19, 2019 / 8:16 AM", "08:16:00"),
        ("Mar 12, 2020 @ 10:42 am", "10:42:00"),
        ("10:48, Tue, Nov 19, 2019", "10:48:00"),
        ("Fri 6:45 PM, Feb 16, 2018", "18:45:00"),
        ("8:41 PM on December 20, 2023", "20:41:00"),
        ("2024년 5월 1일 오후 3:20", "15:20:00"),
        ("2024年5月1日 午後9時17分", "21:17:00"),
        ("2019-03-01 04:37:10 PM", "16:37:10"),
        ("March 7, 20247:55 AM", "07:55:00"),
    ],
)
def test_a_printed_time_is_read_and_its_zone_is_not_assumed(printed, time):
    date = parse(printed, day_first=True)
    assert date.has_time
    assert date.local.time().isoformat() == time
    assert (date.at, date.offset_minutes, date.zone_source) == (None, None, None)
    assert date.edtf == date.isoformat() == f"{date.on}T{time}"


@pytest.mark.parametrize(
    ("printed", "at", "on", "offset"),
    [
        ("1 March 2019, 4.37pm", "2019-03-01T16:37:00", "2019-03-01", 0),
        ("16 Aug 2021 6.00am", "2021-08-16T05:00:00", "2021-08-16", 60),
        ("17 May 2020 12.01am", "2020-05-16T23:01:00", "2020-05-17", 60),
        # The clocks skip 01:30 in spring: read with the offset before. In autumn it comes twice: the first.
        ("31 March 2019, 1.30am", "2019-03-31T01:30:00", "2019-03-31", 0),
        ("27 October 2019, 1.30am", "2019-10-27T00:30:00", "2019-10-27", 60),
    ],
)
def test_the_publishers_zone_is_an_assumption_and_marked_as_one(printed, at, on, offset):
    date = parse(printed, zone=LONDON)
    assert (date.at.isoformat(), date.on.isoformat(), date.offset_minutes) == (at, on, offset)
    assert date.zone_source == "publisher_default"
    assert date.edtf == date.local.isoformat()


@pytest.mark.parametrize(
    ("printed", "stated", "at"),
    [
        ("2019-11-19T13:16+0000", "2019-11-19T13:16:00Z", "2019-11-19T13:16:00"),
        ("2019-11-20 4:00:00 -0600", "2019-11-20T04:00:00-06:00", "2019-11-20T10:00:00"),
        ("2023-12-25 T 01:24:54 +0330", "2023-12-25T01:24:54+03:30", "2023-12-24T21:54:54"),
        ("20191119T101500Z", "2019-11-19T10:15:00Z", "2019-11-19T10:15:00"),
        ("2023-05-15T11:52:09.860Z", "2023-05-15T11:52:09Z", "2023-05-15T11:52:09.860000"),
        ("2019-03-01T24:00:00Z", "2019-03-02T00:00:00Z", "2019-03-02T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59"),
        ("Fri, 01 Mar 2019 16:37:00 GMT", "2019-03-01T16:37:00Z", "2019-03-01T16:37:00"),
        ("Friday, 01-Mar-19 16:37:00 GMT", "2019-03-01T16:37:00Z", "2019-03-01T16:37:00"),
        ("Fri, 1 Mar 2019 16:37:00 +0100", "2019-03-01T16:37:00+01:00", "2019-03-01T15:37:00"),
        ("Tue Nov 19 21:57:01 UTC 2019", "2019-11-19T21:57:01Z", "2019-11-19T21:57:01"),
        ("Wed Nov 20 2019 09:28:00 GMT+0000 (UTC)", "2019-11-20T09:28:00Z", "2019-11-20T09:28:00"),
        ("25 April 2023 2:26 PM GMT+2", "2023-04-25T14:26:00+02:00", "2023-04-25T12:26:00"),
        ("4:00 am CST, Wednesday, November 20, 2019", "2019-11-20T04:00:00-06:00", "2019-11-20T10:00:00"),
        ("2 July 2019 9:30 CEST", "2019-07-02T09:30:00+02:00", "2019-07-02T07:30:00"),
        ("Nov. 19, 2019 8:03 am ET", "2019-11-19T08:03:00-05:00", "2019-11-19T13:03:00"),
        ("July 19, 2019 8:03 am ET", "2019-07-19T08:03:00-04:00", "2019-07-19T12:03:00"),
    ],
)
def test_a_stated_zone_is_believed(printed, stated, at):
    date = parse(printed)
    assert (date.edtf, date.at.isoformat(), date.zone_source) == (stated, at, "stated")
    assert parse(printed, zone=LONDON).at == date.at


def test_an_abbreviation_of_several_zones_counts_only_where_the_publisher_uses_it():
    printed = "2 July 2019 9:30 BST"
    british = parse(printed, zone=LONDON)
    assert (british.offset_minutes, british.zone_source) == (60, "stated")
    for elsewhere in (None, "Asia/Dhaka"):
        date = parse(printed, zone=elsewhere)
        assert (date.at, date.offset_minutes, date.zone_source) == (None, None, None)
        assert date.on == dt.date(2019, 7, 2)
    assert parse("2 July 2019 9:30 IST", zone="Asia/Kolkata").offset_minutes == 330
    assert parse("2 July 2019 9:30 CST", zone="Asia/Shanghai").offset_minutes == 480


def test_the_day_is_the_day_in_the_publishers_zone():
    assert parse("2020-05-16T23:01:00Z").on == dt.date(2020, 5, 16)
    assert parse("2020-05-16T23:01:00Z", zone=LONDON).on == dt.date(2020, 5, 17)


def test_a_zone_that_does_not_exist_is_an_error():
    for zone in ("Mars/Olympus", "../etc/passwd", "Europe"):
        with pytest.raises(ValueError, match="IANA"):
            parse("2019", zone=zone)


# --- which of several readings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "known", "expected"),
    [
        ("03.02.14", {}, "2014"),
        ("03.02.14", {"day_first": True}, "2014-02-03"),
        ("03.02.14", {"day_first": False}, "2014-03-02"),
        ("03.02.14", {"languages": ["de"]}, "2014-02-03"),
        ("03/02/2014", {"languages": ["en-US"]}, "2014-03-02"),
        ("03/02/2014", {"languages": ["en-GB"]}, "2014-02-03"),
        ("03/02/2014", {"languages": ["en"]}, "2014"),
        ("03/02/2014", {"languages": ["fr-CA"]}, "2014"),
        ("03/02/2014", {"languages": ["x-unknown"]}, "2014"),
        ("03/02/2014", {"languages": ["de", "en-US"]}, "2014"),
        ("13/02/2014", {"day_first": False}, "2014-02-13"),
        ("05/05/2014", {}, "2014-05-05"),
        ("Monday 03/02/2014", {}, "2014-02-03"),
        ("03/12/2014", {"not_after": dt.date(2014, 6, 1)}, "2014-03-12"),
        ("3 février 2014", {"languages": ["en-US"]}, "2014-02-03"),
        ("03.02.2014 3. Februar 2014", {}, "2014-02-03"),
        ("07-12-25", {}, None),
        ("5.5.45", {}, "2045-05-05"),
        ("5.5.75", {}, None),
        ("5.5.96", {}, "1996-05-05"),
        ("5.5.45", {"not_after": dt.date(2026, 1, 1)}, None),
        ("5.5.24", {"not_after": dt.date(2026, 1, 1)}, "2024-05-05"),
        ("21 listopada 2018", {}, "2018-11-21"),
        ("21 listopada 2018", {"languages": ["hr"]}, "2018-10-21"),
    ],
)
def test_an_ambiguous_date_is_decided_by_what_is_known_or_left_open(printed, known, expected):
    assert edtf(printed, **known) == expected


def test_a_weekday_that_contradicts_is_flagged_and_the_day_believed():
    wrong, right = parse("Thursday April 26th 2008"), parse("Saturday April 26th 2008")
    assert (wrong.on, wrong.weekday_mismatch) == (dt.date(2008, 4, 26), True)
    assert (right.on, right.weekday_mismatch) == (dt.date(2008, 4, 26), False)


@pytest.mark.parametrize(
    ("printed", "expected", "label"),
    [
        ("Published: 1 March 2019", "2019-03-01", "published"),
        ("Updated on: November 19, 2019", "2019-11-19", "updated"),
        ("Zuletzt geändert am: 15.10.2021", "2021-10-15", "updated"),
        ("Publié le 30 août 2023, modifié le 31 août 2023", "2023-08-30", "published"),
        ("Updated 5 May 2019 | 4 May 2019", "2019-05-04", None),
        ("最終更新 2024年5月1日", "2024-05-01", "updated"),
    ],
)
def test_labels_are_told_apart_from_the_date(printed, expected, label):
    date = parse(printed)
    assert (date.edtf, date.label) == (expected, label)
    assert date.as_printed in printed
    assert parse(date.as_printed).edtf == expected

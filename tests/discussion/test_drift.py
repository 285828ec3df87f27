"""Thirty changes of a layout give thirty alarms that name the page and what is concerned; nothing else gives any."""

import datetime as dt
import hashlib
import re
from dataclasses import replace

import pytest

from archive.demo.install import install
from archive.demo.site import HOST, pages
from archive.discussion import drift
from archive.discussion.drift import fingerprint
from archive.discussion.pages import Reading
from archive.model import Alarm, Capture
from archive.reading.reader import read
from archive.sources.register import Register

ROOT = "/long-table/night-bus/"
ANSWERS = f"{ROOT}who-is-the-night-bus-for/"
INTRODUCTION = f"{ROOT}introduction/"
FOLLOWUP = f"{ROOT}what-does-the-driver-know-that-the-timetable-does-not/"
START = dt.datetime(2026, 1, 1)


def alarms(readings, register):
    """The alarms that pages raise."""
    return drift.alarms(filter(None, (drift.seen(one, register) for one in readings)), register)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    install(folder)
    return Register.load(folder / "register")


@pytest.fixture(scope="module")
def site():
    return {path: page.body.decode() for path, page in pages().items() if page.mime == "text/html"}


def reading(register: Register, path: str, html: str, run: int) -> Reading:
    url, when = f"http://{HOST}{path}", START + dt.timedelta(days=run)
    digest = hashlib.sha256(html.encode()).hexdigest()
    capture = Capture(
        capture_id=f"c-{run:04}-{digest[:8]}", url=url, captured_at=when, captured_at_source="clock", ingested_at=when,
        origin="live", record_type="response", status=200, mime="text/html", payload_sha256=digest, payload_bytes=1,
        warc_file="a", warc_offset=0, warc_length=1, run_id=f"run-{run:04}",
    )  # fmt: skip
    return Reading(capture, read(html.encode(), url, register.for_url(url).source))


@pytest.fixture(scope="module")
def first(register, site):
    return [reading(register, path, html, 1) for path, html in site.items()]


CHANGES = {
    # what is changed: the page, the pattern, what is put in its place, what the alarm must name
    "the article has another class": (INTRODUCTION, r'class="piece\b', 'class="story', "page"),
    "the body has another class": (INTRODUCTION, "piece__body", "story__body", "page"),
    "the article is another element": (INTRODUCTION, r"(</?)article\b", r"\1section", "page"),
    "the title has another class": (INTRODUCTION, "piece__title", "story__title", "title"),
    "the title is a second-level heading": (INTRODUCTION, r"(</?)h1\b", r"\1h2", "title"),
    "the title is gone": (INTRODUCTION, r"<h1.*?</h1>", "", "title"),
    "the standfirst has another class": (INTRODUCTION, "piece__standfirst", "lead", "standfirst"),
    "the standfirst is gone": (INTRODUCTION, r'<p class="piece__standfirst.*?</p>', "", "standfirst"),
    "the standfirst stands in a box": (
        INTRODUCTION, r'(<p class="piece__standfirst.*?</p>)', r"<div>\1</div>", "standfirst",
    ),
    "the kicker has another class": (INTRODUCTION, "piece__kicker", "over", "kicker"),
    "the kicker is gone": (FOLLOWUP, r'<p class="piece__kicker.*?</p>', "", "kicker"),
    "the byline has another class": (INTRODUCTION, "piece__byline", "by", "authors"),
    "the authors have another class": (FOLLOWUP, "piece__author", "who", "authors"),
    "the byline is gone": (FOLLOWUP, r'<p class="piece__byline.*?</p>', "", "authors"),
    "the date has another class": (INTRODUCTION, "piece__date", "when", "published"),
    "the date is gone": (ANSWERS, r'<p class="piece__date.*?</p>', "", "published"),
    "the date is written by a script": (FOLLOWUP, r'(<p class="piece__date")>.*?</p>', r"\1></p>", "published"),
    "the date is no longer a time element": (INTRODUCTION, r"</?time\b[^>]*>", "", "published"),
    "the structured data are gone": (INTRODUCTION, r'<script type="application/ld.*?</script>', "", "published"),
    "the structured data are broken": (FOLLOWUP, r'("@context")', r"\1,", "published"),
    "the language is not declared": (INTRODUCTION, r'<html lang="[^"]*"', "<html", "language"),
    "the canonical address is gone": (INTRODUCTION, r'<link rel="canonical"[^>]*>', "", "canonical_url"),
    "the licence is gone": (FOLLOWUP, r'<p class="colophon__licence.*?</p>', "", "rights"),
    "Open Graph is gone": (FOLLOWUP, r'<meta property="og:[^>]*>', "", "title"),
    "the text stands one box deeper": (
        INTRODUCTION, r'(<p>)(?=[^<]{80})(.*?)(</p>)', r"<div>\1\2\3</div>", "text",
    ),
    "paragraphs are boxes": (FOLLOWUP, r"<p>(.*?)</p>", r"<div>\1</div>", "text"),
    "answers are loaded by a script": (ANSWERS, r'<section class="entry.*</section>', "<div></div>", "contributions"),
    "one answer is hidden": (ANSWERS, r'<section class="entry.*?</section>(?=\s*<section class="entry)', "", "line_up"),
    "names are no headings": (ANSWERS, r"(</?)h2\b", r"\1b", "contributions"),
    "insets have another class": (ANSWERS, r'class="inset', 'class="box', "inset"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_the_layout_raises_an_alarm(register, site, first, change: str) -> None:
    path, pattern, instead, named = CHANGES[change]
    changed = re.sub(pattern, instead, site[path], flags=re.DOTALL)
    assert changed != site[path], "the change does not apply to the page any more"
    second = [reading(register, where, changed if where == path else html, 2) for where, html in site.items()]
    found = [alarm for alarm in alarms([*first, *second], register) if alarm.run_id == "run-0002"]
    assert {alarm.url for alarm in found} == {f"http://{HOST}{path}"}
    assert named in {alarm.field for alarm in found}


def test_there_are_thirty_of_them() -> None:
    assert len(CHANGES) == 30


def noise(html: str, number: int) -> str:
    """What a page differs in from one visit to the next."""
    html = html.replace("</head>", f'<meta name="csrf-token" content="{number:x}"><!-- {number} ms --></head>')
    html = html.replace("style.css", f"style.{number}.css")
    return html.replace("</body>", f'<script>var visit = "{number}";</script></body>')


def test_two_hundred_runs_of_an_unchanged_site_raise_none(register, site, first) -> None:
    paths = sorted(site)
    visits = [
        reading(register, path, noise(site[path], run), run)
        for run in range(2, 202)
        for path in (paths[run % len(paths)], paths[(run + 4) % len(paths)])
    ]
    assert alarms([*first, *visits], register) == []


def test_other_words_in_the_same_layout_raise_none(register, site, first) -> None:
    words = {"night": "morning", "Asabre": "Mensah", "13 May 2024": "3 June 2024", "2024-05-13": "2024-06-03"}
    second = []
    for path, html in site.items():
        body = html
        for old, new in words.items():
            body = re.sub(rf"(>[^<]*){re.escape(old)}", rf"\g<1>{new}", body)
        second.append(reading(register, path, body, 2))
    assert alarms([*first, *second], register) == []


def test_an_alarm_says_what_was_and_what_is(register, site, first) -> None:
    changed = site[FOLLOWUP].replace("piece__author", "who")
    (alarm,) = [
        one for one in alarms([*first, reading(register, FOLLOWUP, changed, 2)], register) if one.field == "authors"
    ]
    assert isinstance(alarm, Alarm)
    assert (alarm.kind, alarm.publisher_id, alarm.shape) == ("moved", "lamplighter", "piece")
    assert alarm.expected == "byline /html/body/main/article/header/p/span"
    assert alarm.found == "nothing"


def test_a_new_page_whose_fields_stand_where_they_never_stood_is_told(register, site, first) -> None:
    new = re.sub(r"(<h1.*?</h1>)", r"<div>\1</div>", site[FOLLOWUP], flags=re.DOTALL).replace(FOLLOWUP, "/another/")
    found = alarms([*first, reading(register, "/another/", new, 2)], register)
    assert {(alarm.field, alarm.kind) for alarm in found} == {("title", "moved")}


def test_pages_of_a_publisher_that_nobody_described_raise_none(register, site) -> None:
    one = reading(register, FOLLOWUP, site[FOLLOWUP], 1)
    two = reading(register, FOLLOWUP, "<p>gone", 2)
    elsewhere = [replace(item, capture=replace(item.capture, url="http://elsewhere.test/")) for item in (one, two)]
    assert alarms(elsewhere, register) == []


def test_a_run_with_fewer_dates_than_the_register_expects_is_told(register, site) -> None:
    undated = re.sub(r'<p class="piece__date.*?</p>', "", site[ANSWERS], flags=re.DOTALL)
    run = [
        reading(register, f"{ROOT}{number}/", undated.replace(ANSWERS, f"{ROOT}{number}/"), 1) for number in range(9)
    ]
    assert {(alarm.field, alarm.kind) for alarm in alarms(run, register)} == {("published", "rate")}
    assert len(alarms(run, register)) == 9
    assert alarms(run[:1], register) == []


def test_the_fingerprint_knows_nothing_of_positions(first) -> None:
    assert all(
        "[" not in place
        for one in first
        for places in fingerprint(one.page).places.values()
        for place in places
        if "/" in place
    )


def test_an_alarm_stands_until_a_newer_capture_of_the_address_was_read(register, site, first) -> None:
    changed = site[FOLLOWUP].replace("piece__author", "who")
    second = reading(register, FOLLOWUP, changed, 2)
    assert {alarm.stands for alarm in alarms([*first, second], register)} == {True}
    later = [*first, second, reading(register, FOLLOWUP, site[FOLLOWUP], 3)]
    assert {alarm.stands for alarm in alarms(later, register)} == {False}

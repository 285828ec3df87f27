"""The older pages of the demonstration: each shows the traps that moving houses left in it, and is read all the same.

The markup imitates that of openDemocracy's generations, so each page is read with the shapes of both publishers.
"""

import datetime as dt
import re

import pytest

from archive.demo.earlier import earlier
from archive.demo.install import SOURCE
from archive.demo.site import before, canonical, pages
from archive.reading.reader import read
from archive.sources.register import Register

REGISTER = Register.load(SOURCE.parent)
SITE = pages()
PAGES = {page.layout: page for page in earlier().pages}
SHAPES = {"text_copy": "text", "drupal": "drupal_debate"}
TEXTS = [page for page in earlier().pages if not page.answers]


def read_page(layout: str, source: str = "lamplighter"):
    page = PAGES[layout]
    return read(SITE[page.path].body, canonical(page.path), REGISTER.get(source).source)


def markup(layout: str) -> str:
    return SITE[PAGES[layout].path].body.decode()


@pytest.mark.parametrize("source", ["lamplighter", "opendemocracy"])
@pytest.mark.parametrize("layout", PAGES)
def test_a_page_is_read_by_the_shape_that_it_has(layout, source):
    written, found = PAGES[layout], read_page(layout, source)
    assert found.shape == SHAPES.get(layout, layout)
    assert found.title == written.title
    assert found.standfirst == written.standfirst
    assert found.published.as_printed == written.printed
    day = written.published.date() if isinstance(written.published, dt.datetime) else written.published
    assert found.published.on == day
    assert not found.faults
    # A byline that runs two names together, with nothing around it, needs somebody who knows the names.
    if (source, layout) != ("opendemocracy", "text_copy"):
        assert found.authors == written.authors


@pytest.mark.parametrize("written", TEXTS, ids=lambda page: page.layout)
def test_the_text_is_what_was_written_and_nothing_that_stands_beside_it(written):
    found = read_page(written.layout)
    aside = [part for part in (written.aside_heading, written.aside) if part]
    assert found.body == "\n\n".join([*written.bullets, *written.paragraphs, *aside])
    assert found.funding == earlier().frame.funding


@pytest.mark.parametrize("source", ["lamplighter", "opendemocracy"])
def test_the_debate_box_is_the_list_of_those_who_answer(source):
    written, found = PAGES["drupal"], read_page("drupal", source)
    assert [prompt.text for prompt in found.prompts] == [written.question]
    answers = [item for item in found.contributions if item.role == "response"]
    assert [(item.authors, item.affiliation, item.bio) for item in answers] == [
        (answer.names, answer.affiliation, answer.bio) for answer in written.answers
    ]
    assert [item.text for item in answers] == ["\n\n".join(answer.paragraphs) for answer in written.answers]
    (comment,) = [item for item in found.contributions if item.role == "comment"]
    assert (comment.label, comment.authors) == ("INES M.DELROSAL", ("Ines M.delRosal",))
    assert comment.text == written.answers[1].inset_text


def test_no_page_of_wagtail_states_its_date_for_machines():
    for layout in ("wagtail_old", "wagtail_new"):
        assert not re.search(r"ld\+json|<time|published_time", markup(layout))
        assert 'og:type" content="website"' in markup(layout)


@pytest.mark.parametrize(
    ("layout", "trap"),
    [
        ("text_copy", r"\nLeonie Harcastle Samir Tolland\n"),
        ("text_copy", r"\nBell Calendar Envelope Lantern Magnifier Ticket yourLamp\n"),
        ("drupal", r"INES M\.DELROSAL"),
        ("drupal", r"\?saved\""),
        ("wagtail_old", r"</span><span class=\"article-page__author-link\">"),
        ("wagtail_old", r"<p>#debatemain \{padding-top:5px;\}"),
        ("wagtail_old", r"<a [^>]*><a "),
        ("wagtail_old", r"\?source=in-article-related-story"),
        ("wagtail_old", r"\?page=3&amp;amp%3B"),
        ("wagtail_old", r"blockquote__pull-quote-quotation"),
        ("wagtail_new", r"</body>\s*<svg"),
        ("wagtail_new", r"viewBox=\"-8 -8 50 50\"\""),
        ("wagtail_new", r"<h1 class=\"sidebar__heading\">"),
        ("wagtail_new", r"/cdn-cgi/l/email-protection#"),
        ("ghost", r"application/ld\+json"),
    ],
)
def test_the_traps_are_there(layout, trap):
    assert re.search(trap, markup(layout))


@pytest.mark.parametrize("layout", PAGES)
def test_no_trap_leaves_a_trace_in_what_is_read(layout):
    found = read_page(layout)
    words = "\n".join([found.body, found.title, found.standfirst or "", *(item.text for item in found.contributions)])
    for trace in ("debatemain", "yourLamp", "Share this", "URL copied", "Related story", "Read more", "Would you like"):
        assert trace not in words, trace
    if pull_quote := PAGES[layout].pull_quote:
        assert pull_quote not in words


def test_pages_of_one_address_with_other_queries_are_one():
    path = PAGES["drupal"].path
    keys = {REGISTER.key(canonical(path) + query) for query in ("", "?saved", "?source=in-article")}
    assert len(keys) == 1


def test_the_move_left_another_date_on_the_introduction_than_the_one_it_tells():
    found = read_page("wagtail_old")
    assert found.published.on == dt.date(2019, 3, 1)
    assert "opened on 3 October 2016" in found.body


def test_the_magazine_of_today_leads_to_every_older_page():
    about = SITE["/about/"].body.decode()
    for path in (page.path for page in earlier().pages):
        assert f'href="{path}"' in about


@pytest.mark.parametrize("written", earlier().carried, ids=lambda page: page.path)
def test_a_page_that_was_carried_across_is_read_as_it_was_written(written):
    found = read(SITE[written.path].body, canonical(written.path), REGISTER.get("lamplighter").source)
    assert (found.shape, found.title, found.standfirst) == ("wagtail_old", written.title, written.standfirst)
    assert (found.authors, found.body) == (written.authors, "\n\n".join(written.paragraphs))
    assert found.published.as_printed == written.printed
    assert not found.faults


def test_in_the_house_before_it_showed_the_day_on_which_it_was_written():
    (written,) = [page.before for page in earlier().carried if page.before]
    found = read(before()[written.path].body, canonical(written.path), REGISTER.get("lamplighter").source)
    assert (found.shape, found.authors, found.published.on) == ("drupal", written.authors, dt.date(2017, 11, 6))
    assert found.body == "\n\n".join(written.paragraphs)
    assert SITE[written.path].moved_to == "/en/market-clock/leave-the-clock-wrong/"

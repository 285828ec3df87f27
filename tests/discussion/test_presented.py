"""The container where the register is silent: what landing and introduction pages say, and never an answer."""

import datetime as dt

import pytest

from archive.discussion.corrections import Correction, Located
from archive.discussion.curation import Curation
from archive.model import Contribution, Evidence, Participant, RoundTable
from tests import made
from tests.discussion.invented import article, records, register, seen, text
from warehouse import parquet, publish

SAYS = "Nine people take part, in eight entries."
OPENS = "The Bridge Debate opened on 2 March 2020. The bridge itself was opened on 4 May 1911."
TARGETS = (("/bridge", "landing", None), ("/why", "introduction", None), ("/a", "response", None))
SILENT = register(TARGETS, line_up=("anna-lind", "bo-karl"), silent=True)


def page(path, day=0, known=SILENT, *, author=None, words=(SAYS, OPENS), **more):
    return seen(path, article(author, [*words, *text(path)], **more), day, known)


def table(rows):
    return next(row for row in rows.of(RoundTable) if row.round_table_id == "bridge")


def said(rows, column):
    return [
        (row.value, row.witness, row.chosen)
        for row in rows.of(Evidence)
        if (row.record_type, row.record_id, row.field) == ("round_tables", "bridge", column)
    ]


def blocking(rows, folder):
    """What would keep the rows from being published."""
    written = parquet.write(rows, folder, [], now=made.AT, code_version="test")
    return [one for one in publish.failures(written.folder) if not one.is_warning]


@pytest.mark.parametrize("path", ["/bridge", "/why"])
def test_what_the_register_leaves_open_is_read_from_the_page_that_presents_it(path):
    row = table(records([page(path)], SILENT))
    assert (row.announced_as_printed, row.announced_people, row.announced_entries) == (SAYS.rstrip("."), 9, 8)
    assert (row.title, row.opened_on) == ("The Bridge Debate", dt.date(2020, 3, 2))


def test_where_no_sentence_says_when_it_opened_the_day_that_the_page_shows_counts_unless_it_is_only_that_of_an_update():
    assert table(records([page("/why", words=())], SILENT)).opened_on == dt.date(2020, 3, 3)
    assert table(records([page("/why", words=(), date="Updated 3 March 2020")], SILENT)).opened_on is None


def test_a_day_that_is_later_than_an_answer_is_no_opening():
    pages = [page("/why", words=()), page("/a", author="Anna Lindqvist", date="1 March 2017")]
    assert table(records(pages, SILENT)).opened_on is None


@pytest.mark.parametrize("path", ["/bridge", "/why"])
def test_an_answer_dated_long_before_the_day_that_a_page_says_is_doubted_and_does_not_move_that_day(path, tmp_path):
    pages = [page(path), page("/a", 1, author="Anna Lindqvist", date="1 March 2017")]
    rows = records(pages, SILENT)
    assert table(rows).opened_on == dt.date(2020, 3, 2)
    doubts = {row.url.rpartition("/")[2]: row.published_doubt for row in rows.of(Contribution)}
    assert doubts["a"] == "out_of_range"
    assert blocking(rows, tmp_path) == []


def test_a_year_before_nothing_is_doubted_and_the_answer_s_day_is_believed():
    pages = [page("/bridge"), page("/a", author="Anna Lindqvist", date="1 June 2019")]
    rows = records(pages, SILENT)
    assert table(rows).opened_on is None
    assert {row.published_doubt for row in rows.of(Contribution)} == {None}


def test_an_older_version_dated_before_the_day_that_a_page_shows_keeps_that_from_being_the_opening(tmp_path):
    pages = [page("/why", words=()), page("/a", author="Anna Lindqvist", date="1 March 2017"),
             page("/a", 1, author="Anna Lindqvist", date="9 March 2020")]  # fmt: skip
    rows = records(pages, SILENT)
    assert table(rows).opened_on is None
    assert blocking(rows, tmp_path) == []


def test_the_people_of_an_introductions_story_are_no_announcement():
    story = "In the morning eleven people cross the bridge."
    row = table(records([page("/why", words=(story, "We asked seven people."))], SILENT))
    assert (row.announced_as_printed, row.announced_people) == ("We asked seven people.".rstrip("."), 7)


def test_an_answer_says_nothing_of_the_container():
    row = table(records([page("/a", author="Anna Lindqvist")], SILENT))
    assert (row.announced_as_printed, row.announced_people, row.opened_on) == (None, None, None)


def test_an_introduction_that_a_correction_calls_an_answer_says_nothing_either():
    pages = [page("/why", author="Anna Lindqvist")]
    (name,) = [row.contribution_id for row in records(pages, SILENT).of(Contribution)]
    told = Correction(
        contribution=name, field="role", expect="introduction", value="response", reason="it answers",
        source="the editors", by="a reader", on=dt.date(2024, 6, 3),
    )  # fmt: skip
    curation = Curation((Located(told, "corrections/roles.toml", 1),))
    assert table(records(pages, SILENT, curation=curation)).announced_people is None


def test_the_register_stands_and_the_page_is_kept_beside_it():
    known = register(TARGETS, announced=10)
    rows = records([page("/bridge", known=known)], known)
    row = table(rows)
    assert (row.opened_on, row.announced_people, row.announced_entries) == (dt.date(2020, 3, 1), 10, 8)
    assert said(rows, "opened_on") == [("2020-03-01", "register", True), ("2020-03-02", "visible", False)]
    assert said(rows, "announced_people") == [("10", "register", True), ("9", "visible", False)]


def test_the_newest_copy_of_a_page_counts_in_whatever_order_they_come():
    pages = [page("/bridge", 0), page("/bridge", 9, words=("Ten people take part.",))]
    first, second = (table(records(order, SILENT)) for order in (pages, pages[::-1]))
    assert first == second
    assert first.announced_people == 10


def test_whoever_signs_the_introduction_convenes_and_stays_one_with_the_entry_of_the_line_up(tmp_path):
    rows = records([page("/why", author="Anna Lindqvist and Eva Moe"), page("/a", author="Anna Lindqvist")], SILENT)
    people = {(row.role, row.name_as_printed): row for row in rows.of(Participant) if row.round_table_id == "bridge"}
    assert people["convenor", "Anna Lindqvist"].person_id == people["respondent", "Anna Lindqvist"].person_id
    assert people["convenor", "Eva Moe"].person_id == "bridge/people/eva-moe"
    assert blocking(rows, tmp_path) == []

"""Which dates are doubted: those of a migration and those that witnesses contradict, and no day of issue."""

import datetime as dt

import pytest

from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.discussion.corrections import Correction, Located
from archive.discussion.curation import Curation
from archive.model import Contribution, ContributionVersion
from tests import made

PATH = content().article("response").path
BODY = pages()[PATH].body
MOVED = dt.date(2024, 5, 23)
BEFORE = dt.datetime(2024, 3, 1, 12)


def page(number, day=MOVED, at=made.AT, stated=None):
    """A page of its own address that shows `day`, and states the same for machines, or another."""
    path = PATH.replace("the-last-mile", f"piece-{number}-of-the-last-mile")
    stated = stated or day
    # Each has words of its own: the same words of one author would be one contribution.
    body = BODY.replace(PATH.encode(), path.encode()).replace(b"<p>", b"<p>%d. " % number)
    body = body.replace(b'"datePublished": "2024-05-23', f'"datePublished": "{stated}'.encode())
    body = body.replace(b'<time datetime="2024-05-23', f'<time datetime="{stated}'.encode())
    body = body.replace(b"23 May 2024, 12.15pm", f"{day.day} {day:%B} {day.year}, 12.15pm".encode())
    return made.reading(canonical(path), body, at)


def doubts(readings, **more):
    records = made.records(readings, **more)
    return {(row.contribution_id.rpartition("/")[2], row.version): row.published_doubt
            for row in records.of(ContributionVersion)}  # fmt: skip


def older(number):
    return page(number, dt.date(2024, 2, 27), BEFORE)


def test_many_pages_of_one_day_of_which_most_were_there_before_are_a_migration():
    found = doubts([page(number) for number in range(12)] + [older(number) for number in range(7)])
    assert {doubt for (_, version), doubt in found.items() if version == 2} == {"migration"}
    # The five that nobody saw before share the day, and the older copies say the true one.
    assert list(found.values()).count("migration") == 12
    assert list(found.values()).count(None) == 7


def test_a_migration_over_two_days_is_one():
    days = [MOVED + dt.timedelta(days=number % 2) for number in range(12)]
    found = doubts([page(n, day) for n, day in enumerate(days)] + [older(number) for number in range(8)])
    assert list(found.values()).count("migration") == 12


@pytest.mark.parametrize("number", [2, 12, 40])
def test_a_day_of_issue_on_which_many_answers_appear_is_none(number):
    assert set(doubts([page(one) for one in range(number)]).values()) == {None}


def test_a_few_contradictions_among_many_new_pages_make_no_migration():
    found = doubts([page(number) for number in range(12)] + [older(0), older(1)])
    assert sorted(filter(None, found.values())) == ["contradiction", "contradiction"]


def test_a_quiet_day_of_issue_beside_a_migration_stays_what_it_is():
    moved = [page(number) for number in range(12)] + [older(number) for number in range(12)]
    issue = [page(number, MOVED + dt.timedelta(days=1)) for number in range(20, 24)]
    found = doubts([*moved, *issue])
    assert {doubt for (name, _), doubt in found.items() if name.startswith("piece-2") and "-2-" not in name} == {None}
    assert list(found.values()).count("migration") == 12


def test_twelve_pages_with_a_migration_s_day_and_no_number_are_contradictions():
    found = doubts([page(number) for number in range(4)] + [older(number) for number in range(4)])
    assert sorted(filter(None, found.values())) == ["contradiction"] * 4


def test_a_page_that_states_another_day_than_it_shows_contradicts_itself():
    assert list(doubts([page(1, stated=MOVED - dt.timedelta(days=40))]).values()) == ["contradiction"]
    # A day apart is another time zone, or midnight.
    assert list(doubts([page(1, stated=MOVED - dt.timedelta(days=1))]).values()) == [None]


def test_the_demonstration_s_dates_are_trusted():
    records = made.records(made.demo_readings())
    assert {row.published_doubt for row in records.of(Contribution) if row.round_table_id == "night-bus"} == {None}


def test_what_a_correction_decides_is_not_doubted():
    readings = [page(1, stated=MOVED - dt.timedelta(days=40))]
    (row,) = made.records(readings).of(Contribution)
    one = Correction(
        contribution=row.contribution_id, field="published", expect=row.published_as_printed, value="13 April 2024",
        reason="the issue says so", source="issue 7", on=dt.date(2026, 11, 23),
    )  # fmt: skip
    curation = Curation((Located(one, "corrections/a.toml", 0),))
    assert list(doubts(readings, curation=curation).values()) == [None]


@pytest.mark.parametrize(("year", "doubt"), [(b"2021", "out_of_range"), (b"2024", None)])
def test_an_answer_dated_years_before_its_round_table_opened_is_out_of_range(year, doubt):
    question = content().questions[0]
    body = pages()[question.path].body.replace(b"2024", year)
    found = made.records([made.reading(canonical(question.path), body)]).of(Contribution)
    assert {row.published_doubt for row in found if row.role == "response"} == {doubt}
    assert len(found) > 5


def test_the_day_of_a_clock_that_was_never_set_is_out_of_range():
    assert list(doubts([page(1, dt.date(1970, 1, 1))]).values()) == ["out_of_range"]

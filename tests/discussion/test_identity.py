"""Which section of which page is which contribution: ids that last."""

import random

import pytest

from archive.discussion.ids import Ids
from archive.model import Alarm, Contribution, ContributionVersion, IdAlias, Manifestation, Prompt
from tests.discussion.invented import DAY, ELSEWHERE, HOST, PEOPLE, article, question, records, register, seen, text
from tests.made import AT

ANSWERS = {name: text(name.split()[0]) for name in PEOPLE.values()}
Q1 = register((("/q1", "question", "q1"),))
ANNA, BO, CYRA, DORA = (f"bridge/q1/{name}" for name in PEOPLE)


def current(rows):
    return {row.contribution_id: row for row in rows.of(Contribution)}


def addresses(rows, contribution):
    return {
        (row.url.removeprefix(HOST), row.kind) for row in rows.of(Manifestation) if row.contribution_id == contribution
    }


def test_a_page_that_moved_keeps_its_ids_by_the_redirect():
    before = [seen("/q1", question(ANSWERS), known=Q1)]
    moved = seen("/archive/2021/q1", question(ANSWERS), 9, Q1, redirected_from=f"{HOST}/q1")
    ids = Ids()
    assert set(current(records(before, Q1, ids))) == {ANNA, BO, CYRA, DORA}
    rows = records([*before, moved], Q1, ids)
    assert set(current(rows)) == {ANNA, BO, CYRA, DORA}
    assert addresses(rows, ANNA) == {("/q1", "section"), ("/archive/2021/q1", "section")}
    assert not rows.of(IdAlias)


def test_a_page_that_moved_without_a_word_is_known_by_its_question_and_answers():
    """The old address is in the register, the new one is not, and nothing leads from one to the other."""
    rows = records([seen("/q1", question(ANSWERS), known=Q1), seen("/en/new", question(ANSWERS), 9, Q1)], Q1)
    assert set(current(rows)) == {ANNA, BO, CYRA, DORA}
    assert len(rows.of(ContributionVersion)) == 4
    assert {row.prompt_id for row in rows.of(Prompt) if row.round_table_id == "bridge"} == {"bridge/q1", "bridge/q2"}


def test_a_front_page_that_stands_in_for_lost_pages_joins_none_of_them():
    pages = [seen(f"/{name}", article(PEOPLE[name], text(name)), known=Q1) for name in PEOPLE]
    lost = [
        seen("/", article("The Gazette", text("front")), 9 + number, Q1, redirected_from=f"{HOST}/{name}")
        for number, name in enumerate(PEOPLE)
    ]
    assert len(current(records([*pages, *lost], Q1))) == len(PEOPLE) + 1


def test_a_renamed_participant_keeps_the_id_and_gets_a_version():
    renamed = {("Anna Berg" if name == "Anna Lindqvist" else name): words for name, words in ANSWERS.items()}
    rows = records([seen("/q1", question(ANSWERS), known=Q1), seen("/q1", question(renamed), 9, Q1)], Q1)
    assert set(current(rows)) == {ANNA, BO, CYRA, DORA}
    assert {row.contribution_id: row.version for row in rows.of(Contribution)} == {ANNA: 2, BO: 1, CYRA: 1, DORA: 1}


def test_two_who_change_places_are_not_taken_for_each_other():
    swapped = dict(ANSWERS)
    swapped["Anna Lindqvist"], swapped["Bo Karlsen"] = ANSWERS["Bo Karlsen"], ANSWERS["Anna Lindqvist"]
    rows = records([seen("/q1", question(ANSWERS), known=Q1), seen("/q1", question(swapped), 9, Q1)], Q1)
    assert {row.contribution_id: row.version for row in rows.of(Contribution)} == {ANNA: 2, BO: 2, CYRA: 1, DORA: 1}
    assert current(rows)[ANNA].text.startswith("In Bo the river")


def test_a_page_that_is_split_keeps_the_ids_of_its_answers():
    known = register((("/q1", "question", "q1"), *((f"/{name}", "response", "q1") for name in PEOPLE)))
    whole = seen("/q1", question(ANSWERS), known=known)
    pieces = [
        seen(f"/{name}", article(printed, ANSWERS[printed]), 9, known) for name, printed in list(PEOPLE.items())[:3]
    ]
    ids = Ids()
    records([whole], known, ids)
    rows = records([whole, *pieces], known, ids)
    assert set(current(rows)) == {ANNA, BO, CYRA, DORA}
    assert not rows.of(IdAlias)
    assert addresses(rows, ANNA) == {("/q1", "section"), ("/anna-lind", "page")}
    # From then on its own page says what it is called; before, it had no title.
    assert [row.title for row in rows.of(ContributionVersion) if row.contribution_id == ANNA] == [
        None,
        "The bridge and the people who cross it",
    ]


def test_what_is_assigned_to_a_round_table_late_keeps_its_ids():
    pages = [seen("/q1", question(ANSWERS)), seen("/reply", article("Bo Karlsen", text("reply")), 1)]
    ids = Ids()
    before = set(current(records(pages, register(), ids)))
    assert all(name.startswith("gazette/") for name in before)
    later = register((("/q1", "question", "q1"), ("/reply", "response", None)))
    rows = records(pages, later, ids)
    assert set(current(rows)) == before
    assert {row.round_table_id for row in rows.of(Contribution)} == {"bridge"}
    assert {row.entry for row in rows.of(Contribution)} == set(PEOPLE)


@pytest.mark.parametrize("seed", range(4))
def test_pages_that_are_imported_in_another_order_have_the_same_ids(seed):
    known = register((("/q1", "question", "q1"), ("/anna", "response", "q1"), ("/bo", "response", None)))
    pages = [
        seen("/q1", question(ANSWERS), 3, known),
        seen("/anna", article("Anna Lindqvist", ANSWERS["Anna Lindqvist"]), 5, known),
        seen("/bo", article("Bo Karlsen", text("other")), 0, known),
        seen("/moved-bo", article("Bo Karlsen", text("other")), 7, known),
        seen("/dora", article("Dora Ekholm", text("alone")), 1, known),
    ]
    together = records(pages, known)
    shuffled = random.Random(seed).sample(pages, len(pages))
    assert current(records(shuffled, known)) == current(together)
    # One by one, an id may be born under another name; then it stays, or leads to the one that stays.
    ids, given = Ids(), set()
    for number in range(1, len(shuffled) + 1):
        rows = records(shuffled[:number], known, ids)
        given |= set(current(rows))
        assert {ids.resolve(name) for name in given} == set(current(rows))
    assert sorted(row.text for row in rows.of(Contribution)) == sorted(row.text for row in together.of(Contribution))


def test_two_ids_that_turn_out_to_be_one_are_merged_and_the_later_one_leads_to_the_first():
    pages = [
        seen("/bridge", article("Anna Lindqvist", text("shared"))),
        seen(f"{ELSEWHERE}/bridge", article("Anna Lindqvist", text("shared")), 1),
    ]
    ids = Ids()
    assert set(current(records(pages, register(), ids))) == {"gazette/bridge", "weekly-example/bridge"}
    later = register((("/bridge", "response", "q1"), (f"{ELSEWHERE}/bridge", "response", "q1")))
    rows = records(pages, later, ids)
    assert set(current(rows)) == {"gazette/bridge"}
    assert [(row.alias, row.id) for row in rows.of(IdAlias)] == [("weekly-example/bridge", "gazette/bridge")]
    # What was once found to be one stays one, also where nothing shows it any more.
    assert set(current(records(pages, register(), ids))) == {"gazette/bridge"}


def test_two_of_one_name_on_a_page_are_two_contributions():
    page = question({"Bo Karlsen": text("first"), "Cyra Dahlmann": text("between")}).replace(
        b"</article>", b"<h3>Bo Karlsen</h3><p>" + text("second")[0].encode() + b"</p></article>"
    )
    rows = records([seen("/q1", page, known=Q1), seen("/q1", page, 1, Q1)], Q1)
    assert [(row.contribution_id, row.version) for row in rows.of(Contribution)] == [(BO, 1), (f"{BO}-2", 1), (CYRA, 1)]


def test_a_hub_that_is_seen_with_fewer_answers_raises_an_alarm_and_nothing_is_deleted():
    few = dict(list(ANSWERS.items())[:2])
    pages = [
        seen("/q1", question(ANSWERS), 0, Q1, run_id="run-1"),
        seen("/q1", question(few), 9, Q1, run_id="run-2", ingested_at=AT + 9 * DAY),
    ]
    rows = records(pages, Q1)
    assert set(current(rows)) == {ANNA, BO, CYRA, DORA}
    assert {(row.field, row.expected, row.found, row.stands) for row in rows.of(Alarm) if row.kind == "fewer"} == {
        ("contributions", "4", "2", True),
        ("line_up", "4", "2", True),
    }
    again = seen("/q1", question(ANSWERS), 12, Q1, run_id="run-3", ingested_at=AT + 12 * DAY)
    assert not [row for row in records([*pages, again], Q1).of(Alarm) if row.stands]


def test_what_a_page_prints_twice_under_one_name_was_said_once():
    page = question(ANSWERS)
    again = page.replace(b"</article>", page[page.index(b"<h3>") : page.index(b"<h3>Bo")] + b"</article>")
    assert again != page
    rows = records([seen("/q1", again, known=Q1)], Q1)
    assert {row.contribution_id: row.ordinal for row in rows.of(Contribution)} == {ANNA: 1, BO: 2, CYRA: 3, DORA: 4}


def test_the_same_words_are_one_contribution_whatever_language_a_page_claims_to_be_in():
    known = register((("/anna", "response", "q1"), ("/copy", "response", "q1")))
    pages = [
        seen(path, article("Anna Lindqvist", text("a"), lang=lang), 0, known)
        for path, lang in (("/anna", "en"), ("/copy", "de"))
    ]
    assert len(current(records(pages, known))) == 1

"""A question page in openDemocracy's old layout, with invented answers under the names of the register's line-up."""

import re

import pytest

from archive.discussion.ids import Ids
from archive.model import Affiliation, Contribution, Participant, Participation, Person, Prompt, Relation
from archive.sources.register import Register
from tests import made

B = "https://www.opendemocracy.net/en/beyond-trafficking-and-slavery/"
Q5 = B + "future-of-work-round-table-how-can-institutions-and-regulations-keep-up/"
FOLLOWUP = B + "what-are-building-blocks-of-effective-transnational-alliance/"
QUESTION = "How can a rule keep up with a road? And who mends it when it cannot?"

ENTRIES = [
    ([person.name for person in entry.people], entry.affiliation)
    for entry in Register.load().named("future-of-work")[0].keys.line_up
]


def answer(number: int, names: list[str]) -> str:
    insets = ""
    if number == 1:
        insets = f'<div><p>FOLLOWUP</p><p><a href="{FOLLOWUP}?source=inset">What are the building blocks?</a></p></div>'
    if number == 2:
        insets = "<div><p>LUIS C.DEBACA</p><p>I would mend the road first and write the rule afterwards.</p></div>"
    return (
        f'<h3>{" & ".join(names)}</h3><img alt="respondent photo" src="/p{number}.jpg">'
        f"<p>{names[0]} has been mending roads for {number} years.</p>"
        f"<p>Answer number {number} begins with a sentence that nobody else has said.</p>{insets}"
        f"<p>It ends with another one, and that is all there is to it.</p>"
    )


def page(entries: list[tuple[list[str], str | None]]) -> bytes:
    listing = "".join(f"<li><b>{' & '.join(names)}</b> {affiliation}</li>" for names, affiliation in entries)
    answers = "".join(answer(number, names) for number, (names, _) in enumerate(entries, start=1))
    return (
        '<html lang="en"><head><title>x | openDemocracy</title></head><body class="template-articlepage"><main>'
        '<article class="article-page"><div class="article-page__project"><a>Beyond Trafficking and Slavery</a></div>'
        '<h1 class="article-page__title">Future of work round table: how can institutions and regulations keep up?</h1>'
        '<div class="article-page__summary"><div class="rich-text"><p>Eleven answers.</p></div></div>'
        '<div class="article-page__date">1 March 2019, 1.21pm</div><div class="article-page__article-content">'
        '<div class="article-page__left-sidebar"><h1 class="sidebar__heading">Share this</h1></div>'
        f'<div class="article-page__rich-text"><div class="rich-text"><p>{QUESTION}</p><ul>{listing}</ul>{answers}'
        "</div></div></div></article></main></body></html>"
    ).encode()


@pytest.fixture(scope="module")
def records():
    return made.records([made.reading(Q5 + "?saved", page(ENTRIES))])


def test_eleven_entries_give_eleven_answers_by_twelve_people(records):
    answers = sorted((row for row in records.of(Contribution) if row.role == "response"), key=lambda row: row.ordinal)
    assert len(answers) == 11
    assert answers[0].contribution_id == "future-of-work/q5/alejandra-ancheita"
    assert {row.prompt_id for row in answers} == {"future-of-work/q5"}
    assert [row.ordinal for row in answers] == list(range(1, 12))
    ids = {row.contribution_id for row in answers}
    voices = [row for row in records.of(Participation) if row.contribution_id in ids]
    assert len({row.person_id for row in voices}) == 12
    assert all(row.agent_kind == "person" for row in voices)


def test_each_voice_is_the_person_of_the_line_up(records):
    line_up = {row.person_id for row in records.of(Participant) if row.role == "respondent"}
    assert {row.person_id for row in records.of(Participation)} <= line_up
    people = {row.name: row for row in records.of(Person)}
    assert people["Han Dongfang"].sort_name == "Han Dongfang"
    assert people["Han Dongfang"].family == "Han"
    assert people["Luis C.deBaca"].sort_name == "C.deBaca, Luis"
    assert people["Penelope Kyritsis"].given == "Penelope"


def test_affiliations_are_kept_as_printed(records):
    printed = {row.contribution_id: row.as_printed for row in records.of(Affiliation)}
    assert printed["future-of-work/q5/emily-kenway"] == "Focus on Labour Exploitation (FLEX)"
    assert printed["future-of-work/q5/luis-c-debaca"] == "Yale University’s Gilder Lehrman Center"


def test_a_comment_in_capitals_is_another_respondents_contribution(records):
    (comment,) = [row for row in records.of(Contribution) if row.role == "comment"]
    assert comment.entry == "luis-c-debaca"
    assert comment.text == "I would mend the road first and write the rule afterwards."
    (link,) = [row for row in records.of(Relation) if row.type == "comments_on"]
    assert (link.from_id, link.to_id) == (comment.contribution_id, "future-of-work/q5/shawna-bader-blau")
    answered = {row.contribution_id: row.text for row in records.of(Contribution)}
    assert "mend the road first" not in answered["future-of-work/q5/shawna-bader-blau"]


def test_the_wordings_are_kept_apart_and_the_follow_up_is_known_before_it_is_captured(records):
    prompts = {row.prompt_id: row for row in records.of(Prompt)}
    assert prompts["future-of-work/q5"].text == QUESTION
    assert prompts["future-of-work/building-blocks"].parent_prompt_id == "future-of-work/q5"
    (link,) = [row for row in records.of(Relation) if row.type == "follows_up"]
    assert (link.from_id, link.to_kind, link.to_id) == ("future-of-work/q5/alejandra-ancheita", "page", None)


def test_ids_do_not_change_when_the_page_is_seen_again_with_other_queries_and_more_answers():
    ids = Ids()
    few = made.records([made.reading(Q5, page(ENTRIES[3:6]))], ids)
    more = made.records([made.reading(Q5, page(ENTRIES[3:6])), made.reading(Q5 + "?page=3", page(ENTRIES))], ids)
    kept = {row.contribution_id for row in few.of(Contribution) if row.role == "response"}
    assert kept <= {row.contribution_id for row in more.of(Contribution)}
    assert not [row for row in more.of(Contribution) if re.search(r"-\d+$", row.contribution_id)]

"""Stances, as printed and as meant: read from names, lines, addresses and the register, each with its witness."""

import duckdb
import pytest

from archive.model import Affiliation, Contribution, Evidence, Participation, Prompt, Stance
from archive.normalise import stances
from tests import made
from tests.discussion.invented import PEOPLE, QUESTION, article, records, register, seen, text
from warehouse import parquet, publish

NAMES = list(PEOPLE.values())


@pytest.mark.parametrize(
    ("printed", "value", "confidence"),
    [
        ("YES", "yes", None), ("(No)", "no", None), ("Vote: Agree", "agree", None), ("Ja", "yes", None),
        ("Strongly Disagree, 9", "strongly_disagree", 9), ("Uncertain 4", "uncertain", 4),
        ("Agree (confidence: 7)", "agree", 7), ("No opinion", "no_opinion", None), ("It depends", "undecided", None),
        ("Stance: for", "yes", None),
    ],
)  # fmt: skip
def test_a_line_that_is_a_vote(printed, value, confidence):
    found = stances.parse(printed)
    assert (found.value, found.confidence, found.is_response) == (value, confidence, True)


@pytest.mark.parametrize(
    "printed", ["", "Harvard", "For", "N", "No doubt it is", "Yes, but", "Agree 2019 or so", "Non"]
)
def test_a_line_that_is_none(printed):
    assert stances.parse(printed) is None


@pytest.mark.parametrize("printed", ["Did Not Answer", "(did not vote)", "No response."])
def test_that_somebody_did_not_answer_is_no_value(printed):
    found = stances.parse(printed)
    assert (found.value, found.scale, found.is_response) == (None, None, False)


def page(votes: dict[str, str], before: str = "") -> bytes:
    listed = "".join(f"<li>{name} {vote}</li>" for name, vote in votes.items())
    answers = "".join(
        f"<h3>{name} {vote}</h3>{before}<p>{text('vote' + name[0])[0]}</p>" for name, vote in votes.items()
    )
    return (
        f'<html lang="en"><body><article><h1>The bridge</h1><p>{QUESTION}</p><ul>{listed}</ul>{answers}'
        "</article></body></html>"
    ).encode()


def of(rows):
    return {row.contribution_id.rpartition("/")[2]: row for row in rows.of(Stance)}


def test_a_vote_behind_a_name_is_a_stance_and_neither_name_nor_affiliation():
    known = register((("/q1", "question", "q1"),))
    votes = dict(zip(NAMES[:3], ("(YES)", "(NO)", "(YES)"), strict=True))
    rows = records([seen("/q1", page(votes), known=known)], known)
    assert {name: (row.raw, row.normalised, row.scale) for name, row in of(rows).items()} == {
        "anna-lind": ("YES", "yes", "yes_no"), "bo-karl": ("NO", "no", "yes_no"), "cy-dahl": ("YES", "yes", "yes_no"),
    }  # fmt: skip
    assert rows.of(Affiliation) == []
    assert {row.name_as_printed for row in rows.of(Participation)} == set(NAMES[:3])
    assert {row.entry for row in rows.of(Contribution)} == set(list(PEOPLE)[:3])


def test_a_vote_with_its_confidence_above_a_text_is_a_stance_with_its_place():
    known = register((("/anna", "response", "q1"),))
    voted = article("Anna Lindqvist", ["Vote: Disagree", "Confidence: 8", *text("a")])
    rows = records([seen("/anna", voted, known=known)], known)
    (stance,) = rows.of(Stance)
    assert (stance.raw, stance.normalised, stance.scale, stance.confidence, stance.non_response) == (
        "Disagree", "disagree", "agreement", 8, False,
    )  # fmt: skip
    (why,) = [row for row in rows.of(Evidence) if row.record_type == "stances"]
    assert (why.value, why.chosen, why.locator) == ("Disagree", True, "/html/body/article[1]/p[3]")


def test_an_address_says_a_stance_and_the_page_outweighs_it():
    known = register((("/corporations/anna-yes", "response", "q1"),))
    rows = records([seen("/corporations/anna-yes", article("Anna Lindqvist", text("a")), known=known)], known)
    assert [(row.raw, row.normalised) for row in rows.of(Stance)] == [("yes", "yes")]
    page_ = article("Anna Lindqvist", ["NO", *text("a")])
    rows = records([seen("/corporations/anna-yes", page_, known=known)], known)
    assert [(row.raw, row.normalised) for row in rows.of(Stance)] == [("NO", "no")]
    assert {(row.value, row.witness, row.chosen) for row in rows.of(Evidence) if row.record_type == "stances"} == {
        ("NO", "visible", True), ("yes", "url", False),
    }  # fmt: skip


def test_nothing_is_a_stance_where_none_is_printed():
    known = register((("/anna-says-no", "article", None),))
    plain = article("Anna Lindqvist", ["No. I would rather swim than pay.", *text("a")], title="The bridge: no")
    rows = records([seen("/anna", plain), seen("/anna-no", plain, 1)], known)
    assert rows.of(Stance) == []


def panel(votes: dict[str, tuple[str, str, str]], more: dict[str, tuple[str, str, str]] | None = None) -> bytes:
    """A table of votes: name → vote, confidence, comment; and another one below a second statement."""

    def table(rows):
        cells = ("".join(f"<td>{cell}</td>" for cell in (name, *row)) for name, row in rows.items())
        head = "<tr><th>Participant</th><th>Vote</th><th>Confidence</th><th>Comment</th></tr>"
        return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    second = f"<p>Question B: The ferry should be free.</p>{table(more)}" if more else ""
    return (
        f'<html lang="en"><body><article><h1>The bridge</h1><p>Question A: {QUESTION}</p>{table(votes)}{second}'
        "</article></body></html>"
    ).encode()


def states(rows, folder):
    """Entry → whether it answered the first question; of rows that pass every check."""
    written = parquet.write(rows, folder, [], now=made.AT, code_version="test")
    assert publish.failures(written.folder) == []
    with duckdb.connect() as connection:
        publish.load(connection, written.folder)
        sql = "SELECT entry, state FROM who_answered_what WHERE prompt_id = 'bridge/q1'"
        return dict(connection.execute(sql).fetchall())


VOTED = {
    NAMES[0]: ("Agree", "7", "The rivers rise."),
    NAMES[1]: ("Uncertain", "3", ""),
    NAMES[2]: ("Did Not Answer", "", ""),
}


def test_each_row_of_a_panel_is_an_answer_with_its_vote_also_without_words(tmp_path):
    known = register((("/q1", "question", "q1"),))
    rows = records([seen("/q1", panel(VOTED), known=known)], known)
    assert {name: (row.raw, row.normalised, row.confidence, row.non_response) for name, row in of(rows).items()} == {
        "anna-lind": ("Agree", "agree", 7, False), "bo-karl": ("Uncertain", "uncertain", 3, False),
        "cy-dahl": ("Did Not Answer", None, None, True),
    }  # fmt: skip
    assert {row.entry: (row.text, row.prompt_id, row.role) for row in rows.of(Contribution)} == {
        "anna-lind": ("The rivers rise.", "bridge/q1", "response"), "bo-karl": ("", "bridge/q1", "response"),
        "cy-dahl": ("", "bridge/q1", "response"),
    }  # fmt: skip
    assert {row.locator.rpartition("/")[2] for row in rows.of(Evidence) if row.record_type == "stances"} == {"td[2]"}
    assert states(rows, tmp_path) == {
        "anna-lind": "answered", "bo-karl": "answered", "cy-dahl": "silent", "dora-ek": "silent",
    }  # fmt: skip


def test_a_vote_that_changes_is_another_version_also_without_words():
    known = register((("/q1", "question", "q1"),))
    later = VOTED | {NAMES[1]: ("Disagree", "3", "")}
    rows = records([seen("/q1", panel(VOTED), known=known), seen("/q1", panel(later), 1, known)], known)
    assert [(row.version, row.raw) for row in rows.of(Stance) if row.contribution_id.endswith("bo-karl")] == [
        (1, "Uncertain"), (2, "Disagree"),
    ]  # fmt: skip
    assert {row.version for row in rows.of(Stance) if not row.contribution_id.endswith("bo-karl")} == {1}


def test_a_statement_is_a_prompt_to_which_everybody_answers_or_not(tmp_path):
    known = register((("/q1", "question", "q1"),))
    stated = panel(VOTED).replace(QUESTION.encode(), b"The bridge should be mended first.")
    rows = records([seen("/q1", stated, known=known)], known)
    (prompt,) = [row for row in rows.of(Prompt) if row.text]
    assert prompt.text == "The bridge should be mended first."
    found = states(rows, tmp_path)
    assert (found["bo-karl"], found["dora-ek"]) == ("answered", "silent")


def test_two_statements_on_one_page_are_two_prompts_with_a_vote_each():
    known = register((("/q1", "question", "q1"),))
    rows = records([seen("/q1", panel(VOTED, VOTED), known=known)], known)
    prompts = {row.prompt_id: (row.kind, row.text) for row in rows.of(Prompt) if row.round_table_id == "bridge"}
    (other,) = set(prompts) - {"bridge/q1", "bridge/q2"}
    assert prompts["bridge/q1"] == ("question", QUESTION)
    assert prompts[other] == ("statement", "The ferry should be free.")
    assert {row.prompt_id for row in rows.of(Contribution)} == {"bridge/q1", other}
    assert len(rows.of(Stance)) == 6

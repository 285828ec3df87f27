"""Stances, as printed and as meant: read from names, lines, addresses and the register, each with its witness."""

import pytest

from archive.model import Affiliation, Contribution, Evidence, Participation, Stance
from archive.normalise import stances
from tests.discussion.invented import PEOPLE, QUESTION, article, records, register, seen, text

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

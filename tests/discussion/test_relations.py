"""Relations with their evidence: replies, rejoinders, rounds and stages."""

import pytest

from archive.model import Contribution, Evidence, Relation
from tests.discussion.invented import HOST, PEOPLE, article, records, register, seen, text

LEAD = article("Philippa van Dijk", text("lead"), title="A toll on the bridge", kicker="Lead essay")
REPLIES = tuple(("/" + name, "article", None) for name in PEOPLE)
KNOWN = register((("/lead", "article", None), ("/reply", "article", None), *REPLIES))
RESPONSES = [
    seen("/" + name, article(printed, text(name), title=f"What {name} thinks", kicker="Response"), 2, KNOWN)
    for name, printed in list(PEOPLE.items())[:3]
]


def reply(words: str, **more):
    page = article("Philippa van Dijk", [words, *text("reply")], title="The toll, once more", **more)
    return seen("/reply", page, 9, KNOWN)


def of(rows, contribution):
    return {(row.type, row.to_kind, row.to_id, row.to_as_printed, row.quote)
            for row in rows.of(Relation) if row.from_id == contribution}  # fmt: skip


def test_the_closing_reply_of_a_lead_author_is_a_rejoinder_and_no_response():
    rows = records([seen("/lead", LEAD, 0, KNOWN), *RESPONSES, reply("I am grateful to all of them.")], KNOWN)
    roles = {row.contribution_id.removeprefix("bridge/"): row.role for row in rows.of(Contribution)}
    assert roles == {"lead": "lead", "reply": "rejoinder", **dict.fromkeys(list(PEOPLE)[:3], "response")}
    (why,) = [row for row in rows.of(Evidence) if row.record_id == "bridge/reply" and row.field == "role"]
    assert why.rule == "by those who wrote the lead, and not the lead: a closing reply"


def test_a_reply_to_many_is_a_relation_to_each_with_the_sentence_that_names_them():
    sentence = "My critics fall into three groups: those who fear the cost (Lindqvist, Karlsen, Dahlmann, and Ekholm)."
    page = reply(f"Few forums are so kind. {sentence} Dr. Karlsen goes furthest. The river, says Lindqvist, is a wall.")
    rows = records([seen("/lead", LEAD, 0, KNOWN), *RESPONSES, page], KNOWN)
    assert of(rows, "bridge/reply") == {
        ("replies_to", "contribution", "bridge/anna-lind", "Lindqvist", sentence),
        ("replies_to", "contribution", "bridge/bo-karl", "Karlsen", sentence),
        ("replies_to", "contribution", "bridge/cy-dahl", "Dahlmann", sentence),
        # Of the fourth nothing was captured.
        ("replies_to", "person", None, "Ekholm", sentence),
    }
    assert {row.evidence for row in rows.of(Relation) if row.from_id == "bridge/reply"} == {"sentence"}


def test_a_name_in_running_text_is_an_addressee_and_a_word_that_is_spelt_like_one_is_none():
    page = reply("I agree with Bo Karlsen. The lindqvist is also a kind of boat.")
    rows = records([seen("/lead", LEAD, 0, KNOWN), *RESPONSES, page], KNOWN)
    assert of(rows, "bridge/reply") == {
        ("replies_to", "contribution", "bridge/bo-karl", "Bo Karlsen", "I agree with Bo Karlsen.")
    }


def test_a_title_says_whom_a_text_answers():
    page = article("Dora Ekholm", text("dora"), title="Who pays? A reply to Lindqvist and Karlsen")
    rows = records([*RESPONSES, seen("/dora-ek", page, 3, KNOWN)], KNOWN)
    answered = {(to, quote) for _, _, to, _, quote in of(rows, "bridge/dora-ek")}
    assert answered == {("bridge/anna-lind", "Lindqvist and Karlsen"), ("bridge/bo-karl", "Lindqvist and Karlsen")}


@pytest.mark.parametrize("linked", [True, False], ids=["linked", "unlinked"])
def test_a_piece_that_was_written_in_response_says_to_what(linked):
    to = f'<a href="{HOST}/lead">A toll on the bridge</a>' if linked else "the Toll Debate"
    note = f"<p><em>This piece has been written in response to {to}.</em></p>"
    rows = records(
        [seen("/lead", LEAD), seen("/other", article("Cyra Dahlmann", text("c"), below=note), 1)], register()
    )
    (link,) = of(rows, "gazette/other")
    name = "A toll on the bridge" if linked else "the Toll Debate"
    quote = f"This piece has been written in response to {name}."
    assert link == ("responds_to", *(("contribution", "gazette/lead") if linked else ("page", None)), name, quote)
    assert {row.role for row in rows.of(Contribution) if row.contribution_id == "gazette/other"} == {"response"}


@pytest.mark.parametrize(
    ("kicker", "stage", "number"),
    [
        ("Round 2", "Round 2", 2),
        ("Second round", "Second round", 2),
        ("The Bridge | Runde III", "Runde III", 3),
        ("Final response", "Final response", None),
        ("Roundtable", None, None),
        ("A round of applause", None, None),
    ],
)
def test_a_stage_is_kept_as_printed_and_a_round_only_where_it_is_numbered(kicker, stage, number):
    known = register((("/anna", "response", "q1"),))
    rows = records([seen("/anna", article("Anna Lindqvist", text("a"), kicker=kicker), known=known)], known)
    (row,) = rows.of(Contribution)
    assert (row.stage_as_printed, row.round, row.role) == (stage, number, "response")


def test_in_each_round_of_one_page_somebody_speaks_again():
    listed = "".join(f"<li>{name}</li>" for name in list(PEOPLE.values())[:3])

    def answers(number):
        return "".join(
            f"<h3>{name}</h3><p>{text(f'turn{number}{name[0]}')[0]}</p>" for name in list(PEOPLE.values())[:3]
        )

    def page(*rounds):
        body = "".join(f"<h2>Round {number}</h2>{answers(number)}" for number in rounds)
        question = "<h1>The bridge</h1><p>Who should mend the bridge?</p>"
        return f'<html lang="en"><body><article>{question}<ul>{listed}</ul>{body}</article></body></html>'.encode()

    known = register((("/q1", "question", "q1"),))
    # The newest round is printed first once there are two.
    rows = records([seen("/q1", page(1), known=known), seen("/q1", page(2, 1), 9, known)], known)
    assert {(row.contribution_id, row.round, row.version) for row in rows.of(Contribution)} == {
        *((f"bridge/q1/{name}", 1, 1) for name in list(PEOPLE)[:3]),
        *((f"bridge/q1/{name}-round-2", 2, 1) for name in list(PEOPLE)[:3]),
    }

"""One contribution from many pages: what becomes a manifestation, and what stays a contribution of its own."""

import pytest

from archive.model import Contribution, ContributionVersion, Evidence, Manifestation, Passage
from tests.discussion.invented import DAY, ELSEWHERE, HOST, PEOPLE, article, question, records, register, seen, text
from tests.made import AT

ANNA = article("Anna Lindqvist", text("anna"))
TARGETS = (
    ("/anna", "response", "q1"),
    ("/anna-too", "response", "q1"),
    ("/anna-two", "response", "q2"),
    ("/bo", "response", "q1"),
    (f"{ELSEWHERE}/anna", "response", "q1"),
    ("/q1", "question", "q1"),
)
KNOWN = register(TARGETS)


def current(rows):
    return {row.contribution_id: row for row in rows.of(Contribution)}


def forms(rows, contribution="bridge/q1/anna-lind"):
    return {
        (row.url.removeprefix(HOST), row.kind) for row in rows.of(Manifestation) if row.contribution_id == contribution
    }


LINKED = ANNA.replace(b"</head>", b'<link rel="canonical" href="/anna"></head>')
PLAIN = "\n\n".join(["The bridge and the people who cross it", "By Anna Lindqvist", *text("anna")]).encode()


@pytest.mark.parametrize(
    ("address", "payload", "form"),
    [
        ("/anna/print", ANNA, "print"),
        ("/print/anna", ANNA, "print"),
        ("/anna?print=1", ANNA, "print"),
        ("/anna?utm_source=letter", LINKED, "query_variant"),
        (f"{ELSEWHERE}/anna", ANNA, "cross_post"),
        ("/anna-too", ANNA, "page"),
        ("urn:sha256:" + "a" * 64, PLAIN, "text_copy"),
    ],
    ids=["print path", "print first", "print query", "query", "cross-post", "second address", "text copy"],
)
def test_another_form_of_the_same_text_is_a_manifestation(address, payload, form):
    more = {"source_id": "gazette", "mime": "text/plain"} if address.startswith("urn:") else {}
    rows = records([seen("/anna", ANNA, known=KNOWN), seen(address, payload, 3, KNOWN, **more)], KNOWN)
    assert set(current(rows)) == {"bridge/q1/anna-lind"}
    assert forms(rows) >= {("/anna", "page"), (address, form)}
    assert len(rows.of(ContributionVersion)) == 1


def test_a_hub_with_a_page_for_each_piece_has_one_contribution_for_each():
    hub = question({name: text(entry) for entry, name in PEOPLE.items()})
    pieces = [seen("/anna", ANNA, 2, KNOWN), seen("/bo", article("Bo Karlsen", text("bo-karl")), 2, KNOWN)]
    hub = hub.replace(b"anna-lind timber", b"anna timber").replace(b"anna-lind", b"anna")
    rows = records([seen("/q1", hub, 1, KNOWN), *pieces, seen("/q1", hub.replace(b"Cyra", b"CYRA"), 5, KNOWN)], KNOWN)
    assert set(current(rows)) == {f"bridge/q1/{name}" for name in PEOPLE}
    assert forms(rows) == {("/q1", "section"), ("/anna", "page")}
    # The hub, seen again later, does not take the text back from its page.
    assert current(rows)["bridge/q1/anna-lind"].url == f"{HOST}/anna"
    assert current(rows)["bridge/q1/anna-lind"].version == 2


@pytest.mark.parametrize(
    "titles",
    [
        ("A bridge of wood (part 1)", "A bridge of wood (part 2)", "A bridge of wood (part 3)"),
        ("A bridge of wood: Part One", "A bridge of wood: Part Two", "A bridge of wood: Part Three"),
        ("A bridge: first instalment", "A bridge: second instalment", "A bridge: third instalment"),
        ("A bridge of wood (1/3)", "A bridge of wood (2/3)", "A bridge of wood (3/3)"),
        ("A bridge of wood – Teil II", "A bridge of wood – Teil III", "A bridge of wood – Teil IV"),
    ],
)  # fmt: skip
def test_instalments_are_one_contribution_that_grows(titles):
    known = register(tuple((f"/part-{number}", "response", "q1") for number in range(3)))
    pages = [
        seen(f"/part-{number}", article("Bo Karlsen", text(f"part{number}"), title=title), number, known)
        for number, title in enumerate(titles)
    ]
    rows = records(pages, known)
    (row,) = current(rows).values()
    assert row.text == "\n\n".join(words for number in range(3) for words in text(f"part{number}"))
    assert row.title == titles[0]
    assert {form for _, form in forms(rows, row.contribution_id)} == {"instalment"}
    versions = sorted(rows.of(ContributionVersion), key=lambda one: one.version)
    assert [one.first_captured_at for one in versions] == [AT, AT + DAY, AT + 2 * DAY]
    assert [one.word_count for one in versions] == [versions[0].word_count * number for number in (1, 2, 3)]
    captures = [one.capture.capture_id for one in pages]
    assert {one.capture_id for one in rows.of(Passage) if one.version == 3} == set(captures)
    cited = [one.capture_id for one in rows.of(Evidence) if one.field == "text" and one.version == 3 and one.chosen]
    assert cited == captures


def test_the_numbered_pages_of_one_text_are_instalments_and_a_repeated_page_is_none():
    known = register((("/long", "response", "q1"),))
    pages = [
        seen("/long", article("Bo Karlsen", text("begin")), 0, known),
        seen("/long/page/2", article("Bo Karlsen", text("middle")), 0, known),
        seen("/long?page=3", article("Bo Karlsen", text("end")), 0, known),
        seen("/long?page=4", article("Bo Karlsen", text("begin")), 1, known),
    ]
    rows = records(pages, known)
    long = next(row for row in rows.of(Contribution) if row.round_table_id)
    assert long.text == "\n\n".join([*text("begin"), *text("middle"), *text("end")])


def test_the_same_words_are_one_contribution_only_within_one_table_prompt_and_agents():
    rows = records([seen("/anna", ANNA, known=KNOWN), seen("/anna-two", ANNA, 1, KNOWN)], KNOWN)
    assert {row.prompt_id for row in current(rows).values()} == {"bridge/q1", "bridge/q2"}
    rows = records([seen("/anna", ANNA, known=KNOWN), seen("/ferry", ANNA, 1, KNOWN)], KNOWN)
    assert {row.round_table_id for row in current(rows).values()} == {"bridge", "ferry"}
    other = ANNA.replace(b"Anna Lindqvist", b"Bo Karlsen")
    rows = records([seen("/anna", ANNA, known=KNOWN), seen("/bo", other, 1, KNOWN)], KNOWN)
    assert set(current(rows)) == {"bridge/q1/anna-lind", "bridge/q1/bo-karl"}


def test_a_trifle_that_two_pages_say_is_no_sign_that_they_are_one():
    short = ["No, and I have said so for twenty years to anybody who would listen to me about that old bridge of ours."]
    pages = [seen(path, article("Anna Lindqvist", short), known=KNOWN) for path in ("/anna", "/anna-too")]
    assert len(current(records(pages, KNOWN))) == 2


def test_rounds_on_one_prompt_by_one_expert_are_contributions_of_their_own():
    pages = [
        seen(path, article("Anna Lindqvist", text(f"round{number}"), kicker=f"Round {number}"), number, KNOWN)
        for number, path in enumerate(("/anna", "/anna-too"), start=1)
    ]
    assert len(current(records(pages, KNOWN))) == 2


def test_a_text_that_was_mended_when_it_moved_is_the_same_contribution():
    mended = [*text("anna")[:3], "The last paragraph was written anew when the house moved to another street."]
    rows = records(
        [seen("/anna", ANNA, known=KNOWN), seen("/anna-too", article("Anna Lindqvist", mended), 9, KNOWN)], KNOWN
    )
    assert set(current(rows)) == {"bridge/q1/anna-lind"}
    assert current(rows)["bridge/q1/anna-lind"].version == 2

"""Kinds of labels on pages of many answers: whom they name, and where an answer ends."""

from html import escape as e

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.codes import Code
from archive.reading.reader import read

URL = "https://marle.example/harbours"
QUESTION = "Who should own a harbour?"
PEOPLE = (
    ("Ada Lindqvist", "University of Marle", "A harbour is a promise – made to ships – and a promise has no owner."),
    ("Émile de la Tour", "Quay Watch", "Whoever repairs the steps: there is a simple test, and it is a broom."),
    ("Night Pilots Collective", "Marle", "Nobody who sleeps at night should own anything that works at night."),
)


def page(body: str, question: str = f"<h2>{QUESTION}</h2>") -> str:
    title = "Round table: harbours"
    head = f"<!DOCTYPE html><html><title>{title}</title><body><article><h1>{title}</h1>"
    return f"{head}{question}{body}</article></body></html>"


def each(one: str) -> str:
    """The people, each in the words of a template with {name}, {org}, {text}, {capitals}, {initials} and {family}."""
    return "".join(
        one.format(
            name=e(name),
            org=e(org),
            text=e(text),
            capitals=e(name.upper()),
            initials="".join(word[0] for word in name.split()),
            family=e(name.split()[-1].upper()),
        )
        for name, org, text in PEOPLE
    )


TAKING_PART = "<p>Taking part: " + "; ".join(f"{e(name)} ({e(org)})" for name, org, _ in PEOPLE) + ".</p>"
PANEL = "<p><b>The panel</b></p><ul>" + each("<li><b>{name}</b>, {org}</li>") + "</ul>"


@pytest.mark.parametrize(
    "body",
    [
        each("<details><summary><span>{name}</span> <small>{org}</small></summary><p>{text}</p></details>"),
        "<dl>" + each("<dt>{name}<span class=org>{org}</span></dt><dd><p>{text}</p></dd>") + "</dl>",
        each("<h2><button>{name} <span class=badge>{org}</span></button></h2><div><p>{text}</p></div>"),
        each("<h3>{name}</h3><p><em>{org}</em></p><p>{text}</p><p>***</p>"),
        TAKING_PART + each("<p><b>{initials}:</b> {text}</p>"),
        PANEL + each("<p><strong>{family}</strong> {text}</p>"),
        TAKING_PART + each("<p>{initials}: {text}</p>"),
        each("<h3>“Whose stones are these” by {name}, {org}</h3><p>{text}</p>"),
    ],
    ids=["summary", "dt", "button", "stars", "initials", "family", "plain-initials", "by"],
)
def test_everybody_is_named_with_what_stands_beside_the_name(body):
    found = read(page(body).encode(), URL)
    assert [(item.authors, item.affiliation, item.text) for item in found.contributions] == [
        ((name,), org, text) for name, org, text in PEOPLE
    ]
    assert [prompt.text for prompt in found.prompts] == [QUESTION]


def test_only_the_first_of_several_dashes_ends_a_label():
    found = read(page(each("<p><strong>{name}</strong> — {text}</p>")).encode(), URL)
    assert [(item.authors, item.text) for item in found.contributions] == [((name,), text) for name, _, text in PEOPLE]


@pytest.mark.parametrize(
    ("question", "body"),
    [
        (f"<p><b>THE MARLE REVIEW:</b> {QUESTION}</p>", each("<p><b>{name}:</b> {text}</p>")),
        (f"<p>THE MARLE REVIEW: {QUESTION}</p>", each("<p>{capitals}: {text}</p>")),
        (
            "",
            f"<table><caption>{QUESTION}</caption>"
            + each("<tr><th>{name}, {org}</th><td>{text}</td></tr>")
            + "</table>",
        ),
    ],
    ids=["bold-label", "capitals", "caption"],
)
def test_a_question_is_a_prompt_without_the_label_of_whoever_asks(question, body):
    found = read(page(body, question).encode(), URL)
    assert [(prompt.text, prompt.kind) for prompt in found.prompts] == [(QUESTION, "question")]
    assert len(found.contributions) == len(PEOPLE)


def test_what_is_said_in_quotation_marks_is_no_pull_quote():
    said = each("<p><b>{name}, {org}, said:</b></p><p>“{text}</p><p>“{text} And that is all of it.”</p>")
    found = read(page(said).encode(), URL)
    assert [item.text for item in found.contributions] == [
        f"“{text}\n\n“{text} And that is all of it.”" for _, _, text in PEOPLE
    ]
    assert [fault.code for fault in found.faults] == [Code.LINE_UP_MISSING]


AGAIN = "I stand by every word, and I thank the others for theirs."
ROUNDS = [
    ("<h2>Opening statements</h2>", "<h3>{name}</h3>", "<h2>Closing remarks</h2>"),
    ("<h4>Round one</h4>", "<h3>{name}</h3>", "<h4>Round two</h4>"),
    ("<p><b>First round</b></p>", "<p><b>{name}</b></p>", "<p><b>Final response</b></p>"),
    ("", "<h3>{name}</h3>", "<h4>Once more, with feeling</h4>"),
    ("<h2>Opening statements</h2>", "<section><h3>{name}</h3>", "<h2>Closing remarks</h2>"),
]


@pytest.mark.parametrize(("first", "label", "second"), ROUNDS)
def test_a_heading_between_two_rounds_is_the_stage_of_what_stands_below_it(first, label, second):
    end = "</section>" if "<section>" in label else ""
    body = first + each(label + "<p>{text}</p>" + end) + second + each(label + f"<p>{AGAIN}</p>" + end)
    found = read(page(body).encode(), URL)
    stage = [LexborHTMLParser(heading).text() or None if heading else None for heading in (first, second)]
    assert [(item.authors, item.text, item.stage, item.role) for item in found.contributions] == [
        *(((name,), text, stage[0], "response") for name, _, text in PEOPLE),
        *(((name,), AGAIN, stage[1], "response") for name, _, _ in PEOPLE),
    ]
    assert [prompt.text for prompt in found.prompts] == [QUESTION]


def test_a_lead_author_has_the_first_and_the_last_word():
    lead, *others = PEOPLE
    body = f"<h2>Lead essay</h2><h3>“The bill for the sea” by {lead[0]}</h3><p>{lead[2]}</p><h2>Responses</h2>"
    body += "".join(f"<h3>“A reply on who pays” by {e(name)}</h3><p>{e(text)}</p>" for name, _, text in others)
    body += f"<h2>Final response</h2><h3>“What I learnt” by {lead[0]}</h3><p>{AGAIN}</p>"
    found = read(page(body, "").encode(), URL)
    assert [(item.role, item.authors[0], item.title, item.stage) for item in found.contributions] == [
        ("lead", lead[0], "The bill for the sea", "Lead essay"),
        *(("response", name, "A reply on who pays", "Responses") for name, _, _ in others),
        ("rejoinder", lead[0], "What I learnt", "Final response"),
    ]


STRANGE = "Nobody here knows who says this."


@pytest.mark.parametrize(
    ("head", "label", "strange"),
    [
        (TAKING_PART, "<p><b>{initials}:</b> {text}</p>", f"<p><b>XY:</b> {STRANGE}</p><p>And it goes on.</p>"),
        (TAKING_PART, "<p>{initials}: {text}</p>", f"<p>XY: {STRANGE}</p><p>And it goes on.</p>"),
        ("", "<p><b>{name}:</b> {text}</p>", f"<p><b>Mrs X. of the Docks:</b> {STRANGE}</p>"),
        ("", "<p>{capitals}: {text}</p>", f"<p>XY: {STRANGE}</p><p>And it goes on.</p>"),
        (PANEL, "<h3>{name}</h3><p>{text}</p>", f"<h3>Somebody Else</h3><p>{STRANGE}</p>"),
    ],
    ids=["bold-initials", "initials", "bold-name", "capitals", "heading"],
)
def test_unknown_speaker_is_said_of_a_label_like_the_others_and_its_words_go_to_nobody(head, label, strange):
    one, *rest = each(label + "<p>That is all.</p>#").strip("#").split("#")
    found = read(page(head + one + strange + "".join(rest)).encode(), URL)
    assert [(item.authors[0].casefold(), item.text) for item in found.contributions] == [
        (name.casefold(), f"{text}\n\nThat is all.") for name, _, text in PEOPLE
    ]
    assert [fault.code for fault in found.faults if fault.code is not Code.LINE_UP_MISSING] == [Code.UNKNOWN_SPEAKER]


def test_initials_that_two_share_are_those_of_an_unknown_speaker():
    twins = "<p>Taking part: Ada Lindqvist (Marle); Anton Lund (Quay Watch); Émile Roux (Docks); Wen Jiabei (Port).</p>"
    said = [(label, f"What {label} says of a harbour is said once, and in earnest.") for label in ("ÉR", "AL", "WJ")]
    found = read(page(twins + "".join(f"<p><b>{label}:</b> {text}</p>" for label, text in said)).encode(), URL)
    assert [(item.authors, item.text) for item in found.contributions] == [
        (("Émile Roux",), said[0][1]),
        (("Wen Jiabei",), said[2][1]),
    ]
    assert [fault.excerpt for fault in found.faults if fault.code is Code.UNKNOWN_SPEAKER] == ["AL"]


def test_who_only_asks_is_no_respondent_and_every_question_is_a_prompt():
    asked = ["Who should own a harbour?", "And who should sweep it?"]
    told = each("<p><b>{name}:</b> {text}</p>")
    body = "".join(f"<p><b>The Marle Review:</b> {question}</p>{told}" for question in asked)
    found = read(page(body, "").encode(), URL)
    assert [prompt.text for prompt in found.prompts] == asked
    assert [(item.authors[0], asked[item.prompt]) for item in found.contributions] == [
        (name, question) for question in asked for name, _, _ in PEOPLE
    ]
    assert [entry.name for entry in found.line_up] == [name for name, _, _ in PEOPLE]


def test_a_name_with_accents_in_capitals_is_not_taken_for_two():
    page_ = page(each("<p>{capitals}: {text}</p>").replace("ÉMILE DE LA TOUR", "JOSÉ MARÍA DE LA TOUR"))
    assert [item.authors[0] for item in read(page_.encode(), URL).contributions] == [
        "ADA LINDQVIST",
        "JOSÉ MARÍA DE LA TOUR",
        "NIGHT PILOTS COLLECTIVE",
    ]


def test_the_post_below_a_name_makes_nobody_of_a_house():
    people = [("Ada Lindqvist", "Architect, Atelier Lindqvist"), ("Tomasz Iwu", "Head of transport, Region Marle")]
    body = "".join(f"<p><b>{name}</b><br>{post}</p><p>{QUESTION[:-1]} is no riddle.</p>" for name, post in people)
    found = read(page(body).encode(), URL)
    assert [(item.authors, item.affiliation) for item in found.contributions] == [((n,), p) for n, p in people]


def test_a_particle_of_a_name_makes_no_bio_of_an_answer():
    said = "Die Fischer an der Förde öffnen um acht Uhr, auch wenn niemand dankt."
    body = "".join(f"<h3>{name}</h3><p>{said}</p>" for name in ("Jürgen von der Heide", "Ada Lindqvist"))
    found = read(page(body).encode(), URL)
    assert [item.text for item in found.contributions] == [said, said]

"""Several things wrong with one page of answers: each is said, and costs its neighbours nothing.

Each fault is planted by a function that is named after its code.
"""

from itertools import combinations

import pytest

from archive.codes import Code
from archive.reading.reader import read

URL = "https://marle.example/harbours"
PEOPLE = {
    "Ada Lindqvist": "A harbour is a promise, and a promise has no owner.",
    "Émile de la Tour": "Whoever repairs the steps should own them, and nobody else.",
    "Wen Jiabei": "Nobody who sleeps at night should own what works at night.",
    "Simon Oduya": "The town owns it already, and has forgotten where it put the key.",
    "Farah Nazari": "Ask the fish, who pay more than anybody for what we do there.",
    "Jonah Whitcombe": "I would give it to the tide, which looks after its things.",
}
STRANGE = "Nobody here knows who says this, and nobody was asked."


def page() -> str:
    listed = "".join(f"<li>{name}, Marle</li>" for name in PEOPLE)
    sections = "".join(f"<h3>{name}</h3><p>{text}</p>" for name, text in PEOPLE.items())
    title = "Round table: harbours"
    asked = "<p>Who should own a harbour?</p>"
    return (
        f"<html><title>{title}</title><body><article><h1>{title}</h1>{asked}<ul>{listed}</ul>{sections}</article>"
        "</body></html>"
    )


def section(name: str) -> str:
    return f"<h3>{name}</h3><p>{PEOPLE[name]}</p>"


def answer_empty(html: str) -> str:
    return html.replace(section("Ada Lindqvist"), "<h3>Ada Lindqvist</h3>")


def entry_unanswered(html: str) -> str:
    return html.replace(section("Émile de la Tour"), "")


def unknown_speaker(html: str) -> str:
    return html.replace(section("Wen Jiabei"), section("Wen Jiabei") + f"<h3>Tekla Morgan</h3><p>{STRANGE}</p>")


def answers_not_captured(html: str) -> str:
    return html.replace(PEOPLE["Simon Oduya"], "Loading…")


def name_shared(html: str) -> str:
    again = "<li>Farah Nazari, Quay Watch</li></ul>"
    return html.replace("</ul>", again).replace("</article>", "<h3>Farah Nazari</h3><p>I am another.</p></article>")


def page_cut(html: str) -> str:
    return html[: html.index("</article>")]


FAULTS = (answer_empty, entry_unanswered, unknown_speaker, answers_not_captured, name_shared, page_cut)
SILENT = {answer_empty: "Ada Lindqvist", entry_unanswered: "Émile de la Tour", answers_not_captured: "Simon Oduya"}
SEVERAL = [*((one,) for one in FAULTS), *combinations(FAULTS, 2), FAULTS]


@pytest.mark.parametrize("planted", SEVERAL, ids=lambda planted: "+".join(fault.__name__ for fault in planted))
def test_every_fault_of_a_page_is_said_and_every_other_answer_is_whole(planted):
    html = page()
    for fault in planted:
        html = fault(html)
    found = read(html.encode(), URL)
    assert {fault.code for fault in found.faults} == {Code(fault.__name__) for fault in planted}
    silent = {SILENT.get(fault) for fault in planted}
    said = [((name,), text) for name, text in PEOPLE.items() if name not in silent]
    more = [(("Farah Nazari",), "I am another.")] if name_shared in planted else []
    assert [(item.authors, item.text) for item in found.contributions] == [*said, *more]
    assert not any(STRANGE in item.text for item in found.contributions)


@pytest.mark.parametrize("label", ["<p><b>{}:</b> ", "<p>{}: ", "<h3>{}</h3><p>"])
def test_an_interview_is_one_text_and_loses_no_word(label):
    said = [("Ada Lindqvist", "Who owns it?"), ("Wen Jiabei", PEOPLE["Wen Jiabei"])] * 3
    body = "".join(label.format(name) + f"{words}</p>" for name, words in said)
    html = f"<html><title>A talk about harbours</title><body><article><h1>A talk about harbours</h1>{body}</article>"
    found = read(f"{html}</body></html>".encode(), URL)
    (item,) = found.contributions
    assert item.role == "article"
    assert item.text.count(PEOPLE["Wen Jiabei"]) == item.text.count("Who owns it?") == 3

"""Speakers who are called by less than their names, by more, or by nothing; and pages on which nobody speaks."""

import pytest

from archive.reading import told, voices
from archive.reading.page import Block
from archive.reading.reader import read

URL = "https://marle.example/harbours"
SAID = (
    "Nobody campaigns for drains, and so the drains decide.",
    "A harbour is a promise, and a promise has no owner.",
    "Whoever repairs the steps has the better claim.",
    "There is no shortage of plans; there is one of plumbers.",
    "The tide does not read what we print.",
    "We paid twice, once in money and once in time.",
)


def page(body: str, title: str = "Round table: harbours") -> str:
    return f"<html lang=en><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body></html>"


def said(body: str, title: str = "Round table: harbours") -> list[tuple[tuple[str, ...], str]]:
    found = read(page(body, title).encode(), URL)
    return [(item.authors, item.text) for item in found.contributions]


ADA, TOM = "Ada Lindqvist", "Tomasz de Wit"
PAIR = [ADA, TOM] * 3


def test_letters_are_whose_given_name_stands_below():
    body = f"<p>{ADA}, a pilot, and {TOM}, a baker, wrote to each other for a month.</p>" + "".join(
        f"<h3>{day} March 2023</h3><p>Dear {other.split()[0]},</p><p>{text}</p><p>Yours,<br>{name.split()[0]}</p>"
        for day, (name, other, text) in enumerate(zip(PAIR, PAIR[1:] + PAIR[:1], SAID, strict=True), 1)
    )
    letters = [f"Dear {other.split()[0]},\n\n{text}" for other, text in zip(PAIR[1:] + PAIR[:1], SAID, strict=True)]
    assert said(body, "An exchange on harbours") == [((n,), t) for n, t in zip(PAIR, letters, strict=True)]


def test_messages_are_whose_name_stands_in_their_head():
    body = "<p>A conversation in six messages.</p>" + "".join(
        f"<div><p><b>From:</b> {name}<br><b>To:</b> {other}<br><b>Date:</b> {day} May 2022</p><p>{text}</p></div>"
        for day, (name, other, text) in enumerate(zip(PAIR, PAIR[1:] + PAIR[:1], SAID, strict=True), 1)
    )
    assert said(body, "By mail: harbours") == [((n,), t) for n, t in zip(PAIR, SAID, strict=True)]


@pytest.mark.parametrize("label", ["<b>{initials}:</b>", "<strong>{family}:</strong>", "<b>{name}:</b>", "{name}:"])
def test_two_who_answer_the_same_questions_are_no_interview(label):
    labels = {ADA: ("AL", "LINDQVIST"), TOM: ("TW", "DE WIT")}

    def one(name: str, text: str) -> str:
        initials, family = labels[name]
        return f"<p>{label.format(initials=initials, family=family, name=name)} {text}</p>"

    asked = ("How did you meet?", "What nearly broke it?", "Would you do it again?")
    body = f"<p>{ADA} and {TOM} started a boat.</p>" + "".join(
        f"<p><em>{question}</em></p>" + one(ADA, SAID[2 * n]) + one(TOM, SAID[2 * n + 1])
        for n, question in enumerate(asked)
    )
    found = read(page(body, "Two founders, one boat").encode(), URL)
    assert [(item.authors, item.text) for item in found.contributions] == [
        ((name,), text) for name, text in zip(PAIR, SAID, strict=True)
    ]
    assert [found.prompts[item.prompt].text for item in found.contributions if item.prompt is not None] == [
        question for question in asked for _ in range(2)
    ]


def test_an_interview_of_one_person_stays_one_text():
    body = "".join(f"<p><b>Hester Quill:</b> Why number {n}?</p><p><b>{ADA}:</b> {t}</p>" for n, t in enumerate(SAID))
    assert len(said(body, "An interview with a pilot")) == 1


def test_who_has_no_name_is_told_by_the_others():
    names = [ADA, "A reader in Leeds", TOM, "Anonymous", "Émile Roux"]
    body = "<p>You told us.</p>" + "".join(f"<h3>{n}</h3><p>{t}</p>" for n, t in zip(names, SAID[:5], strict=True))
    assert said(body, "Readers responded: harbours") == [((n,), t) for n, t in zip(names, SAID, strict=False)]


def test_an_introduction_above_signed_texts_is_nobodys():
    names = [ADA, TOM, "Émile Roux"]
    body = "<p>The last ferry left. We invited three people to write about it.</p>" + "".join(
        f"<p>{text}</p><p>— {name}</p>" for name, text in zip(names, SAID[:3], strict=True)
    )
    assert said(body, "The last ferry") == [((n,), t) for n, t in zip(names, SAID, strict=False)]


def test_prizes_are_said_of_those_who_win_them():
    names = [ADA, TOM, "Émile Roux", "Leila Haddad"]
    body = "".join(
        f"<p><strong>{n}, Professor of law</strong></p><p>For {t}</p>" for n, t in zip(names, SAID, strict=False)
    )
    assert len(said(body, "Prize winners 2023")) == 1


@pytest.mark.parametrize(
    ("label", "name", "affiliation"),
    [
        ("Rosario Echevarría. Alcaldesa de Valdehierro", "Rosario Echevarría", "Alcaldesa de Valdehierro"),
        ("Tomasz van der Aa. Novelist", "Tomasz van der Aa", "Novelist"),
        ("Trade unionist: Ada Lindqvist", "Ada Lindqvist", "Trade unionist"),
        ("Director of the Marle Institute: Ada Lindqvist", "Ada Lindqvist", "Director of the Marle Institute"),
        ("Ada Lindqvist [01:37]:", "Ada Lindqvist", None),
        ("From: Ada Lindqvist <ada@marle.example>\nTo: Tomasz Iwu\nDate: 4 May", "Ada Lindqvist", None),
        ("Yours,\nAda Lindqvist", "Ada Lindqvist", None),
        ("王建国：", "王建国", None),
        ("马勒研究所首席分析师：Ada Lindqvist", "Ada Lindqvist", "马勒研究所首席分析师"),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(label, name, affiliation):
    heard = voices.voice(label)
    assert heard is not None
    assert (heard.name, heard.affiliation) == (name, affiliation)


@pytest.mark.parametrize("label", ["Dear Samuel,", "Liebe Ada,", "Chère Ada Lindqvist", "Querido Tomás:"])
def test_who_is_written_to_does_not_speak(label):
    assert voices.voice(label) is None


@pytest.mark.parametrize("label", ["慌乱片刻，他冷静了下来：", "来源：网络"])
def test_a_clause_before_a_colon_and_a_label_of_the_house_name_nobody(label):
    assert voices.voice(label) is None


@pytest.mark.parametrize(
    ("sentence", "called", "names"),
    [
        ("Mina Ortega of the Institute chaired the talk with Ada Lindqvist, Tomasz de Wit and Walter B. Finch.",
         "ortega lindqvist wit finch",
         ["Mina Ortega", "Ada Lindqvist", "Tomasz de Wit", "Walter B. Finch"]),
        ("Ravi Iwu (RI) and Edith van der Aa (EA) started it.", "ri ea", ["Ravi Iwu", "Edith van der Aa"]),
        ("LINDQVIST: A harbour is closed. TOUR: Whoever asks.", "lindqvist tour", []),
        ("Nobody said anything at all on Tuesday.", "tuesday", []),
    ],
)  # fmt: skip
def test_sentences_tell_full_names(sentence, called, names):
    assert told.people([Block("paragraph", sentence, "line 1", in_text=True)], called.split()) == names


@pytest.mark.parametrize(
    ("label", "name", "affiliation"),
    [
        ("LINDQVIST, Ada", "Ada LINDQVIST", None),
        ("Statement of Ada Lindqvist, Marle Pilots", "Ada Lindqvist", "Marle Pilots"),
        ("Ada Lindqvist | Founder, Saigon Commons", "Ada Lindqvist", "Founder, Saigon Commons"),
        ("3 May · Ada Lindqvist · Ferry captain", "Ada Lindqvist", "Ferry captain"),
        ("Ada Lindqvist1", "Ada Lindqvist", None),
        ("Ada Lindqvist†", "Ada Lindqvist", None),
        ("Lê Hoàng Yến – giáo viên", "Lê Hoàng Yến", "giáo viên"),
        ("لیلا احمدی، اقتصاددان", "لیلا احمدی", "اقتصاددان"),
    ],
)
def test_days_notes_and_the_order_of_catalogues_hide_no_name(label, name, affiliation):
    heard = voices.voice(label)
    assert heard is not None
    assert (heard.name, heard.affiliation) == (name, affiliation)


def test_two_sides_of_a_debate_state_their_cases():
    rounds = ["Opening statement", "Rebuttal", "Closing statement"]
    body = "".join(
        f"<h2>{part}: {name}</h2><p>{SAID[2 * n + m]}</p>"
        for n, part in enumerate(rounds)
        for m, name in enumerate((ADA, TOM))
    )
    assert said(body, "This house would toll the bridge") == [((n,), t) for n, t in zip(PAIR, SAID, strict=True)]


def test_a_numbered_list_of_what_is_read_most_answers_no_question():
    topics = ("Night Ferries", "", "Harbour Masters", "Pilot Boats", "Common Low Water")
    items = "".join(
        f"<li><div>{n}<span>.</span></div><div><a href=/{n}>{t}</a></div></li>" for n, t in enumerate(topics)
    )
    text = (
        "<div><h3>But first: what is a quay?</h3><p>Nobody could say who had asked for it, or why it was so.</p></div>"
    )
    found = read(f"<title>The quay</title><div>{text}<div><ul>{items}</ul></div></div>".encode(), URL)
    assert [one.authors for one in found.contributions] in ([()], [])

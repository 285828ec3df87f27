"""People who speak with each other: records, transcripts, and the signs that only these have."""

import pytest

from archive.reading.reader import read
from tests.reading.test_who_speaks import ADA, SAID, TOM, page, said

EVA = "Eva Brandt"
TURNS = [(ADA, SAID[0]), (TOM, SAID[1]), (EVA, SAID[2]), (ADA, SAID[3]), (TOM, SAID[4]), (EVA, SAID[5])]
SPOKEN = [((name,), text) for name, text in TURNS]


def test_names_in_capitals_need_no_mark_where_people_take_turns():
    body = "".join(f"<p><strong>{name.upper()}</strong> {text}</p>" for name, text in TURNS)
    assert [(names[0].casefold(), text) for names, text in said(body)] == [(n.casefold(), t) for n, t in TURNS]


def test_brands_in_capitals_take_no_turns():
    things = ("MARLE ENGINES", "QUAY PAINTS", "TIDE ROPES")
    body = "".join(f"<p><strong>{thing}</strong> {text}</p>" for thing, text in zip(things, SAID, strict=False))
    assert len(said(body, "The panel tests: new things")) == 1


def test_a_heading_says_that_a_transcript_follows():
    body = "<p>A ledger turns up.</p><h2>Transcript</h2><div>" + "".join(
        f"<div><div><span>{name}</span><button>[0{n}:00]</button></div><div><p>{text}</p></div></div>"
        for n, (name, text) in enumerate(TURNS)
    )
    assert said(f"{body}</div>", "Episode 8: harbours") == SPOKEN


def test_without_one_lines_of_names_are_posts_of_several_writers():
    body = "<div>" + "".join(f"<div><div>{name}</div><div><p>{text}</p></div></div>" for name, text in TURNS)
    assert len(said(f"{body}</div>", "Harbours: all that happened today")) == 1


def test_who_takes_turns_may_say_who_they_are():
    words = f"Welcome to our show. I am {ADA}, and with me are {TOM} and {EVA}."
    body = "<h2>Transcript</h2><div>" + "".join(
        f"<div><div>{name}</div><div><p>{text}</p></div></div>" for name, text in [(ADA, words), *TURNS[1:]]
    )
    assert said(f"{body}</div>") == [((ADA,), words), *SPOKEN[1:]]


@pytest.mark.parametrize("number", ["Q{}&nbsp;&nbsp;", "Q{}. "])
def test_a_record_numbers_what_is_asked(number):
    chair = "Good morning. Who pays for the steps?"
    body = f"<p>{number.format(1)}<strong>Chair:</strong> {chair}</p>" + "".join(
        f"<p>{number.format(n) if name == TOM else ''}<strong>{name}:</strong> {text}</p>"
        for n, (name, text) in enumerate(TURNS, 2)
    )
    assert said(body, "Oral evidence: harbours") == SPOKEN
    found = read(page(body, "Oral evidence: harbours").encode(), "https://marle.example/")
    assert [prompt.text for prompt in found.prompts][-1:] == [chair]


def test_what_the_host_says_first_is_theirs():
    body = "<p>司会：ようこそ。</p>" + "".join(f"<p>{name}：{text}</p>" for name, text in (
        ("田村和夫", "川は町のものです。"), ("小野寺恵", "町は川のものです。"), ("矢島健太", "どちらも海のものです。"),
    ))  # fmt: skip
    found = read(page(body, "座談会　川のある町").encode(), "https://marle.example/")
    assert [(item.authors, item.text) for item in found.contributions][:2] == [
        ((), "ようこそ。"),
        (("田村和夫",), "川は町のものです。"),
    ]


def test_a_byline_below_each_title_is_a_turn_where_one_title_is_a_stage():
    heads = ("Against the quay", "A quay of one's own", "Whose quay?", "The author replies")
    names = (ADA, TOM, EVA, ADA)
    body = "".join(
        f"<h2>{head}</h2><p>by <a href='/x'>{name}</a></p><p>{text}</p><p>{text[::-1]}.</p>"
        for head, name, text in zip(heads, names, SAID, strict=False)
    )
    bios = "".join(f"<p><strong>{name}</strong> is a pilot in Marle.</p>" for name in (ADA, TOM, EVA))
    found = read(page(f"{body}<div>{bios}</div>", "Against the quay: a debate").encode(), "https://marle.example/")
    assert [item.authors for item in found.contributions] == [(name,) for name in names]
    assert [item.bio for item in found.contributions] == [f"{name} is a pilot in Marle." for name in names]


def test_what_introduces_answers_is_no_stage_of_theirs():
    body = "<h2>Introduction</h2><p>The town has sold its steps. We asked who pays.</p>" + "".join(
        f"<h3>{name}</h3><p>{text}</p>" for name, text in TURNS[:3]
    )
    found = read(page(body, "Who pays for the steps?").encode(), "https://marle.example/")
    assert [(item.authors, item.stage) for item in found.contributions] == [((n,), None) for n in (ADA, TOM, EVA)]


def test_a_post_below_a_name_is_no_second_name():
    posts = ("Principal Designer, Tidepool", "Design Lead, Ferrous", "Independent")
    body = "<h2>Who should draw the quay?</h2>" + "".join(
        f"<section><p><strong>{name}</strong><br>\n<em>{post}</em></p><p>{text}</p></section>"
        for (name, text), post in zip(TURNS, posts, strict=False)
    )
    found = read(page(body, "Three on the quay").encode(), "https://marle.example/")
    assert [(item.authors[0], item.affiliation, item.text) for item in found.contributions] == [
        (name, post, text) for (name, text), post in zip(TURNS, posts, strict=False)
    ]

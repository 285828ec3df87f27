"""What the house and its readers put around the text of a page."""

import pytest

from archive.reading.reader import read

URL = "https://pilot.example/harbour"
LINES = [
    f"The harbour closed on {day}, and nobody could say who had asked for it, or when it would open again."
    for day in ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
]
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
SAID = "I have lived beside that quay for forty years, and not one of you has ever asked me about it."
DENSE = [f"港口在星期{day}关闭了，没有人知道是谁要求的。" for day in "一二三四五"]
BIO = "Ada Moll currently works for the Pilot Post, where she looks after the tides and the tables of them."


def page(html, head=""):
    return read(f"<html><head><title>The harbour</title>{head}</head><body>{html}</body></html>".encode(), URL)


def body(html, head=""):
    return page(html, head).body.split("\n\n")


@pytest.mark.parametrize(
    "heading",
    ["3 Comments", "Leave a comment", "Kommentare (3)", "3 » Comentarios ¿Quieres?", "网友评论", "Комментарии 3"],
)
def test_what_follows_a_heading_for_comments_is_said_by_readers(heading):
    said = f"<div><b>Ben, 3 May 2021 | 10:12</b><p>{SAID}</p></div>" * 8
    assert body(f"<div><h1>The harbour</h1>{TEXT}<div><h3>{heading}</h3>{said}</div></div>") == LINES


def test_a_heading_for_comments_among_the_paragraphs_is_one_of_the_text():
    assert body(f"<article><h1>The harbour</h1>{TEXT}<h2>Comments</h2><p>{SAID}</p></article>")[-2:] == [
        "Comments",
        SAID,
    ]


@pytest.mark.parametrize("control", ["Reply", "Antworten", "|回复"])
def test_what_holds_the_links_that_answer_is_said_by_readers(control):
    said = f"<li><p>{SAID}</p><ul><li>+1</li><li><a href=#>{control}</a></li></ul></li>"
    assert body(f"<div><h1>The harbour</h1>{TEXT}<div><ol>{said * 3}</ol></div></div>") == LINES


@pytest.mark.parametrize(
    "line",
    [
        "This copy is for your personal, non-commercial use only. Write to us if you want another one for your office.",
        "Pilot Post, Marle. Alle Rechte vorbehalten. Ein Nachdruck ist nur mit einer Erlaubnis des Hauses gestattet.",
        "7 May 2021",
        "Do you know more of this harbour? Email us at quay, or come by.",
    ],
)
def test_rights_and_dates_at_either_end_are_no_text(line):
    assert body(f"<article><h1>The harbour</h1><p>{line}</p>{TEXT}<p>{line}</p></article>") == LINES


def test_lines_in_a_box_of_their_own_are_no_text_where_the_text_has_none():
    tools = "<div><h4>Story tools</h4><ul><li>add to the desk</li></ul></div>"
    about = "<div><ul><li>Send a tip</li><li>Send photos</li></ul></div>"
    assert body(f"<div><h1>The harbour</h1>{tools}{TEXT}{about}</div>") == LINES
    boxed = "".join(f"<div><p>{line}</p></div>" for line in (*LINES, "Nobody came."))
    assert body(f"<article><h1>The harbour</h1>{boxed}</article>") == [*LINES, "Nobody came."]


def test_short_lines_outside_of_the_element_with_most_of_the_text_are_no_text():
    chatter = "<li>17 likes</li><li>What a quay</li><li>More of it</li>" * 3
    side = f"<div><h3>Most liked</h3><p>{SAID}</p><ul>{chatter}</ul></div>"
    assert body(f"<main><div><h1>The harbour</h1><div>{TEXT}</div></div>{side}</main>") == LINES


def test_sections_that_look_the_same_are_all_of_them_text():
    sections = "".join(f"<section class=part>{html}</section>" for html in (TEXT, f"<p>{SAID}</p><p>So it is</p>"))
    assert body(f"<article><h1>The harbour</h1>{sections}</article>") == [*LINES, SAID, "So it is"]


def test_what_says_above_the_text_who_wrote_it_is_no_text_and_does_not_lead_into_it():
    head = "<meta name=author content='Ada Moll'>"
    for name in ("author-card", "description"):
        found = page(f"<div><h1>The harbour</h1><div class={name}><p>{BIO}</p></div><div>{TEXT}</div></div>", head)
        assert found.body.split("\n\n") == LINES
    assert (
        page(f"<div><h1>The harbour</h1><div class=author-card><p>{BIO}</p></div><div>{TEXT}</div></div>").standfirst
        is None
    )


def test_what_the_wayback_machine_lays_over_a_page_is_no_text_however_long_it_is():
    told = "".join(f"<p>{SAID}</p>" for _ in range(30))
    assert body(f"<div id=wm-ipp-base><div id=wm-ipp>{told}</div></div><div><h1>The harbour</h1>{TEXT}</div>") == LINES


def test_a_list_of_videos_above_the_text_is_no_text_and_no_discussion():
    videos = "".join(
        f"<div><div>{name}: ‘The quay will never close while I am in charge of it here’</div></div>"
        for name in ("Ada Moll", "Ben Ruiz", "Carl Osei")
    )
    found = page(f"<main><h1>The harbour</h1><div class='video-playlist'>{videos}</div><div>{TEXT}</div></main>")
    assert found.body.split("\n\n") == LINES
    assert [item.role for item in found.contributions] == ["article"]


def test_a_script_of_one_sign_a_syllable_needs_fewer_of_them_for_a_sentence():
    text = "".join(f"<p>{line}</p>" for line in DENSE)
    menu = (
        "<ul><li>首页</li><li>快讯</li></ul><p>Pilot Post, Marle. All of it was written here, on the quay, by us.</p>"
    )
    assert body(f"<div>{menu}</div><div><h1>港口</h1><div>{text}</div></div>") == DENSE


def test_a_paragraph_that_repeats_what_stands_above_is_text():
    above = f"<header><h1>The harbour</h1><h2 class=standfirst>{LINES[0]}</h2></header>"
    assert body(f"<article>{above}<div>{TEXT}</div></article>") == LINES


def test_what_introduces_a_text_is_the_text_where_there_is_no_other():
    head = f"<meta name=description content='{SAID}'>"
    assert body(f"<main><h1>The harbour</h1><div class=summary>{SAID}</div><a href=/>Home</a></main>", head) == [SAID]


def test_what_stands_above_a_title_is_no_text_unless_it_is_most_of_it():
    told = (
        "Keeper of the tables of tides, who tells of what the harbour does when nobody looks at it. Opinions are hers."
    )
    header = f"<header><a href=/ada>Ada Moll</a><div>{told}</div><div>Oct 19</div></header>"
    assert body(f"<article>{header}<section><h1>The harbour</h1>{TEXT}</section></article>") == LINES
    assert body(f"<article>{TEXT}<h1>The harbour</h1><p>{SAID}</p></article>") == [*LINES, SAID]


@pytest.mark.parametrize(
    "heading", ["You may also like", "More from the harbour", "Lo más leído", "为你推荐", "関連記事"]
)
def test_what_stands_in_one_element_with_a_heading_for_other_texts_is_no_text(heading):
    others = f"<dl><dt><a href=/x>Another quay</a></dt><dd>{SAID}</dd></dl>"
    html = f"<div><h1>The harbour</h1>{TEXT}<div><h2>{heading}</h2><div>{others}</div></div></div>"
    assert body(html) == LINES
    among = f"<div><h1>The harbour</h1>{TEXT}<h2>{heading}</h2><p>{SAID}</p></div>"
    assert SAID in body(among)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("原标题：港口的故事", "责任编辑：莫林"),
        (
            "下载客户端，第一时间看到港口。",
            "What is said above is said by those who wrote it, and the harbour only keeps it.",
        ),
        ("本文原标题：《港口》", "（原题为《港口的故事》）"),
        ("扫描二维码关注公众号", "本文仅代表作者观点，不代表本港立场。"),
        ("この記事で紹介した船に乗ると、売上の一部が港に還元されます。", "[김민수 기자 kim@pilot.example]"),
    ],
)
def test_what_the_house_says_of_a_text_in_lines_around_it_is_no_text(above, below):
    text = "".join(f"<p>{line}</p>" for line in DENSE)
    assert body(f"<div><h1>港口</h1><p>{above}</p>{text}<p>{below}</p></div>") == DENSE


def test_the_steps_that_lead_to_a_page_are_no_text():
    trail = (
        "<div>You are here: <a href=/>Pilot Post</a> > <a href=/h>Harbours</a> > The harbour and all its quays</div>"
    )
    lines = "".join(f"<div>{line}</div>" for line in LINES)
    assert body(f"<div>{trail}<h1>The harbour</h1>{lines}</div>") == LINES


@pytest.mark.parametrize("part", ["video", "comment"])
def test_what_a_page_states_to_be_a_video_or_a_comment_is_no_text(part):
    assert body(f"<article><h1>The harbour</h1>{TEXT}<div itemprop={part}><p>{SAID}</p></div></article>") == LINES

import re

import pytest

from archive.reading.reader import read

URL = "https://pilot.example/page"
PROSE = (
    "<p>The harbour closed on Tuesdays, and nobody could say who had asked for it, or when it would open again.</p>" * 3
)


def page(*parts):
    html = f"<html><body><article><h1>The harbour</h1>{PROSE}{''.join(parts)}</article></body></html>"
    return read(html.encode(), URL)


def test_a_paragraph_that_only_leads_elsewhere_is_kept_and_is_no_text():
    found = page('<p><a href="/x">Read more: the ferry that never came</a></p>')
    (teaser,) = [block for block in found.blocks if block.text.startswith("Read more")]
    assert not teaser.in_text
    assert "ferry" not in found.body


def test_a_sentence_with_a_link_in_it_is_text():
    found = page('<p>We asked <a href="/x">the ferry company</a> and were told to ask the harbour master instead.</p>')
    assert "ferry company" in found.body


def test_a_quotation_that_repeats_the_text_is_a_pull_quote_and_one_that_does_not_is_text():
    repeated = "<blockquote>The harbour closed on Tuesdays, and nobody could say who had asked for it</blockquote>"
    found = page(repeated, "<blockquote>We never asked for any of it, and we were never told.</blockquote>")
    kinds = {block.kind: block.in_text for block in found.blocks if "asked" in block.text and block.kind != "paragraph"}
    assert kinds == {"pull_quote": False, "quotation": True}


def test_asides_forms_and_navigation_are_no_text():
    found = page(
        "<aside><p>Elsewhere in this issue there is more to read.</p></aside>", "<form><p>Your e-mail</p></form>"
    )
    assert "Elsewhere" not in found.body
    assert "e-mail" not in found.body
    assert any(block.text.startswith("Elsewhere") for block in found.blocks)


def kinds(found):
    return {block.text: block.kind for block in found.blocks if not block.in_text}


def test_a_heading_with_nothing_under_it_is_a_label_and_one_with_text_is_a_heading():
    found = page("<h2>The ferry</h2><p>It never came, and nobody was told why it did not.</p>", "<h2>Most read</h2>")
    assert "The ferry" in found.body
    assert kinds(found)["Most read"] == "boilerplate"
    found = page("<h2>What else happened</h2><h2>And where</h2>")
    assert (kinds(found)["What else happened"], kinds(found)["And where"]) == ("label", "label")


def test_a_heading_that_leads_elsewhere_is_a_teaser_also_where_the_link_is_around_it():
    found = page("<h3><a href='/x'>Another text</a></h3>", "<a href='/y'><div><h3>One more text</h3></div></a>", PROSE)
    assert "Another text" not in found.body
    assert "One more text" not in found.body


def test_bare_words_are_labels_beside_paragraphs_and_sentences_are_not():
    found = page("<div>3 min read</div><div>Nobody was told why the ferry never came.</div>")
    assert kinds(found)["3 min read"] == "label"
    assert "Nobody was told why" in found.body


def test_bare_words_are_text_where_the_whole_text_is_bare():
    lines = "".join(
        f"<div>{line}</div>" for line in ("It never came to the quay, and it was never explained." * 2,) * 3
    )
    html = f"<html><body><div><h1>The harbour</h1>{lines}<div>Yes</div></div></body></html>"
    assert read(html.encode(), URL).body.endswith("Yes")


def test_notices_in_several_languages_are_no_text():
    words = ("Advertisement", "Anzeige", "Lesen Sie auch: die Fähre", "Lire aussi : le port", "Share this article")
    found = page(*(f"<p>{word}</p>" for word in words))
    assert {kinds(found)[word] for word in words} == {"boilerplate"}


def test_a_line_that_repeats_what_the_image_above_it_shows_is_its_caption():
    for line in ("Boats at dusk.", "Boats at dusk. Photo: Ada Moll"):
        image = "<div><img src=/x.jpg alt='Boats at dusk.'>{}</div>"
        assert kinds(page(image.format(f"<p>{line}</p>"), PROSE))[line] == "caption"
        assert line in page(image.format(f"{PROSE}<p>{line} Nobody came.</p>"), PROSE).body


def test_a_paragraph_that_begins_like_a_notice_and_goes_on_is_text():
    line = "Read more than one timetable before you believe any of them, the harbour master told us, and he laughed."
    assert line in page(f"<p>{line}</p>").body


def test_what_condenses_a_paragraph_close_by_is_a_pull_quote_whatever_it_is_called():
    long = "The women who clean the terminal know the tides better than the pilots do, and always have."
    found = page(f"<p>{long}</p>", "<p class='big'>women know the tides better than the pilots</p>", PROSE)
    assert kinds(found)["women know the tides better than the pilots"] == "pull_quote"
    assert found.body.count("better than the pilots") == 1


def test_a_paragraph_that_says_more_or_in_another_order_is_text():
    long = "The women who clean the terminal know the tides better than the pilots do, and always have."
    for line in (
        "The women who clean know the tides better than the captains.",
        "Better than the pilots, the women know the tides.",
        "The women know the tides.",
    ):
        assert line in page(f"<p>{long}</p>", f"<p>{line}</p>", PROSE).body


LEAD, REST = (
    f"<p>Nobody could say on {day} who had asked for it, or why it had to be so for years.</p>" for day in "ab"
)


def kind_of(html):
    """The kind of the one block between two paragraphs, and whether it is text."""
    url = "https://pilot.example/a"
    found = read(
        f"<html><body><article><h1>The harbour</h1>{LEAD * 4}{html}{REST * 4}</article></body></html>".encode(), url
    )
    words = re.sub("<[^>]*>", "", html)
    (block,) = [block for block in found.blocks if block.text == words]
    return block.kind, block.in_text


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>©2023 Ada Moll. Distributed by the Trust.</p>", "boilerplate"),
        ("<p>We may earn a commission when you click.</p>", "boilerplate"),
        ("<p>You can email the pilot at ada@pilot.example.</p>", "boilerplate"),
        ("<ul><li><a href=/x>Another harbour closes as well</a> 12:33 pm, updated now</li></ul>", "list_item"),
        ("<div>The quay at dusk, with nobody on it (Image: Getty)</div>", "caption"),
        ("<figure><p>The quay at dusk.</p></figure>", "caption"),
        (
            "<div class=byline><p>Ada Moll writes about harbours, and those who wait there at night.</p></div>",
            "paragraph",
        ),
    ],
)
def test_what_the_house_says_of_itself_is_no_text(html, kind):
    assert kind_of(html) == (kind, False)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Victims may receive compensation where the law says so, and few do.</p>",
        "<p>We asked <a href=/x>the trust</a> and were told nothing at all about it.</p>",
        "<p>Those who work by commission earn less than those who do not.</p>",
    ],
)
def test_a_sentence_about_money_or_with_a_link_is_text(html):
    assert kind_of(html) == ("paragraph", True)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Moll is a pilot in Northport, and the author of three books on tides and their uses.",
        "• Ada Moll, a former captain of the ferry, is president of the Trust for Small Harbours.",
        "Ada covers harbours and ferries for us, and has done so since the first of them was closed.",
        "Get what the harbours did not tell you delivered to your inbox every Friday, free of charge.",
        "By signing up you accept that we write to you, and that we may tell others that we do so.",
        "Help us to keep this free: support our journalism with as little as $2 a month, or once.",
        "Like this story? Share it with a friend who has a boat!",
        "A ferry leaves the quay on a Tuesday, and nobody is on it. (AP Photo/Wen Jiabei)",
    ],
)
def test_what_the_house_says_at_the_end_is_no_text(line):
    lines = [f"The harbour closed on {day}, and nobody could say who had asked for it then." for day in "abcdefgh"]
    prose = "".join(f"<p>{text}</p>" for text in lines)
    html = f"<article><h1>The harbour</h1><p class=byline>By Ada Moll</p><div>{prose}<p>{line}</p></div></article>"
    page = read(f"<title>The harbour</title>{html}".encode(), "https://pilot.example/harbour")
    assert page.body.split("\n\n") == lines


def test_a_heading_that_is_a_sentence_is_text_where_pictures_tell_the_rest():
    told = "1. In the spring of last year somebody painted the whole of the quay in one single night."
    found = page(f"<h2>{told}</h2><img src=/one><h2>See what else we have found</h2><img src=/two>")
    assert told in found.body
    assert "See what else" not in found.body

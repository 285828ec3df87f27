"""Standfirst, date and byline are found by where they stand, when no name and no property says what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import repeats
from archive.reading.openings import key
from archive.reading.page import Block
from archive.reading.reader import read

URL = "https://pilot.example/harbour"
LEAD = "Nobody can say who asked for it: why the quay has been closed on every Tuesday since the spring."
PROSE = "".join(
    f"<p>The harbour closed on {day}, and nobody could say who had asked for it, or when it would open again.</p>"
    for day in ("Mondays", "Tuesdays", "Wednesdays", "Thursdays")
)


def page(top, text=f"<div>{PROSE}</div>", *, head="", bottom="", url=URL, lang="en"):
    title = "<title>The harbour</title>"
    html = (
        f"<html lang={lang}><head>{head or title}</head><body><main><article><h1>The harbour</h1>{top}{text}{bottom}"
        "</article></main></body></html>"
    )
    return read(html.encode(), url)


@pytest.mark.parametrize(
    ("top", "text"),
    [
        (f"<p class=x1>{LEAD}</p>", f"<div>{PROSE}</div>"),
        (f"<h2>{LEAD}</h2>", PROSE),
        (f"<header><div>By Ada Moll</div><div>{LEAD}</div></header>", f"<section>{PROSE}</section>"),
        (f"<p><b>{LEAD}</b></p>", PROSE),
        (f"<p class=font-medium>{LEAD}</p>", PROSE),
        (
            f"<figure><img src=x><figcaption>A quay at dusk, empty.</figcaption></figure><p>{LEAD}</p>",
            f"<div>{PROSE}</div>",
        ),
    ],
)
def test_what_stands_apart_between_title_and_text_is_the_standfirst(top, text):
    stated = "<meta name=description content='Something else that only machines are told about it all.'>"
    assert page(top, text, head=f"<title>The harbour</title>{stated}").standfirst == LEAD


@pytest.mark.parametrize(
    "top",
    [
        "",
        "<p>Photo: Ada Moll, who was there on each of these days, for the Harbour Trust</p>",
        "<p>By Ada Moll and Wen Jiabei, Tuesday 5 March 2019, 10 minutes of reading</p>",
        "<p><a href=/x>Read what the pilots had to say of it when they were asked last year</a></p>",
    ],
)
def test_a_first_paragraph_and_what_is_no_sentence_are_none(top):
    assert page(top, PROSE).standfirst is None


def test_words_that_lead_into_the_text_stay_part_of_it():
    assert page(f"<p class=x1>{LEAD}</p>").body.startswith(LEAD)


@pytest.mark.parametrize(
    ("where", "day"),
    [
        ({"url": "https://pilot.example/news/29-10-2021", "lang": "de"}, "2021-10-29"),
        ({"url": "https://pilot.example/notice_of_22.04.2020_the_harbour", "lang": "de"}, "2020-04-22"),
        ({"head": "<title>23.01.2022 - The harbour</title>", "lang": "de"}, "2022-01-23"),
        ({"head": "<title>The harbour</title><meta name=x-pubdate content=2021-11-19>"}, "2021-11-19"),
        ({"bottom": "<div><p>Put online</p><p>23 May 2019</p></div>"}, "2019-05-23"),
        ({"bottom": "<footer><p>This page was last edited on 29 January 2020.</p></footer>"}, "2020-01-29"),
        (
            {"bottom": "<div class=submitted>Saved by <span class=username>rasos</span> on 24 July 2017</div>"},
            "2017-07-24",
        ),
    ],
)
def test_a_date_is_found_wherever_the_page_has_its_only_one(where, day):
    assert page("", **where).published.on.isoformat() == day


MENU = "".join(f"<li><a href=/{n}>Berth {n}</a></li>" for n in range(40))
REPORT = f"<p>On 27 February 2019 the harbour was closed, and nobody could say who had asked for it.</p>{PROSE}"
NEXT = "<ul><li><a href=/x>The next text</a><div class=date>24 May 2020</div></li></ul>"


@pytest.mark.parametrize(
    ("before", "below", "text", "after"),
    [
        (f"<div>24 May 2020</div><ul>{MENU}</ul>", "<div>5 March 2019, by Ada Moll</div>", REPORT, ""),
        ("", "<h4>Posted 5 March 2019 | read 1164 times</h4>", PROSE, ""),
        (
            "",
            "<div class=share-tools>5 March 2019 <a href=/s>Share</a></div>",
            f"<div>{LEAD}<br><br>{LEAD}</div>",
            NEXT,
        ),
        ("", "<div class=date>1537</div><div class=author-info>Published: 5 March 2019</div>", REPORT, ""),
        ("", "", f"<div>{REPORT}</div>", "<p>Published: 5 March 2019, editor: Ada Moll</p>"),
        ("", "<aside class=rail>By <a>Ada Moll</a><div>5 March 2019</div>Next: 24 May 2020</aside>", PROSE, ""),
        (
            "",
            "",
            PROSE + "".join(f"<p><a href=/{n}>Berth {n}</a> {LEAD}</p>" for n in range(320)),
            "<div class=content><span class=date>5 March 2019</span></div>",
        ),
    ],
)
def test_of_several_dates_the_one_about_the_text_counts(before, below, text, after):
    html = f"<title>The harbour</title>{before}<h1>The harbour</h1>{below}{text}{after}"
    assert read(f"<html lang=en>{html}</html>".encode(), URL).published.on.isoformat() == "2019-03-05"


@pytest.mark.parametrize("name", ["x1", "date"])
def test_the_day_of_publication_goes_before_that_of_a_change(name):
    both = f"<div class={name}>Updated: 7 March 2019</div><div class={name}>Published: 5 March 2019</div>"
    assert page(f"<div>{both}</div>").published.on.isoformat() == "2019-03-05"
    above = "<html><div class=date>24 May 2020</div><title>The harbour</title><h1>The harbour</h1>"
    changed = f"{above}<div class={name}>Updated: 7 March 2019</div>{PROSE}</html>"
    assert read(changed.encode(), URL).published.on.isoformat() == "2019-03-07"


def test_what_day_it_is_at_the_top_is_the_last_that_counts():
    html = f"<div>Sunday, 24 May 2020</div><h1>The harbour</h1><div>{PROSE}</div><div>5 March 2019</div>"
    found = read(f"<html><title>The harbour</title>{html}</html>".encode(), URL)
    assert found.published.on.isoformat() == "2019-03-05"


def test_the_days_of_other_texts_in_a_list_are_none_of_the_text():
    others = "".join(f"<li><a href=/{n}>Berth {n}</a><div class=date>{n} May 2020</div></li>" for n in (4, 5, 6))
    html = "<aside><h1>The harbour</h1>{}</aside><div>" + PROSE + f"</div><ul>{others}</ul>"
    found = [read(f"<title>The harbour</title>{html.format(day)}".encode(), URL) for day in ("", "<p>5 March 2019</p>")]
    assert [page.published and page.published.edtf for page in found] == [None, "2019-03-05"]


def test_a_date_below_a_standfirst_comes_before_the_one_that_the_text_opens_with():
    head = f"<header><h1>The harbour</h1><p>{LEAD}</p><div>In Berths on 5 March 2019</div></header>"
    html = f"<html lang=en><title>The harbour</title><main><article>{head}{REPORT}</article></main></html>"
    assert read(html.encode(), URL).published.on.isoformat() == "2019-03-05"


def test_years_in_a_title_are_no_date_of_it():
    assert page("", head="<title>The harbour | 2024-2035</title>").published is None


def test_the_day_is_that_of_the_place_where_the_same_instant_is_printed():
    head = "<title>The harbour</title><meta property=article:published_time content=2023-12-23T03:22:07Z>"
    published = page("<div class=date>Dec 22, 2023, 10:22 PM EST</div>", head=head).published
    assert (published.isoformat(), published.on.isoformat()) == ("2023-12-22T22:22:07-05:00", "2023-12-22")
    assert published.at.isoformat() == "2023-12-23T03:22:07"


@pytest.mark.parametrize(
    ("bottom", "names"),
    [
        ("<footer>Posted by <span class='author vcard'><a class=fn>Ada Moll</a></span></footer>", ("Ada Moll",)),
        ("<div class=author-bio><h3>Ada Moll</h3><p>writes about harbours.</p></div>", ("Ada Moll",)),
        ("<div class=meta>yes! | By Ada Moll | 1 March 2019</div>", ("Ada Moll",)),
        ("<div class=comment-list><span class=fn>Wen Jiabei</span></div>", ()),
        ("<div class=related><span class=author>Wen Jiabei</span></div>", ()),
    ],
)
def test_a_name_that_is_marked_as_the_authors_counts_below_the_text_too(bottom, names):
    assert page("", bottom=bottom).authors == names


def test_a_title_in_a_box_for_sharing_is_the_title():
    html = (
        "<html><head><title>The harbour</title></head><body><article><div class=share-header><h1>The harbour</h1>"
        f"<div class=date>1 March 2019</div></div><div>{PROSE}</div></article></body></html>"
    )
    found = read(html.encode(), URL)
    assert (found.title, found.published.on.isoformat()) == ("The harbour", "2019-03-01")


def test_sure_is_what_is_printed_and_stated_alike():
    head = (
        "<title>The harbour</title><meta property=og:title content='The harbour'><meta name=author content='Ada Moll'>"
        "<meta property=article:published_time content=2019-03-01T10:00:00Z>"
    )
    found = page("<div class=byline>By Ada Moll</div><div class=date>1 March 2019</div>", head=head)
    assert found.sure == ("title", "authors", "published")
    assert found.as_dict()["sure"] == ["title", "authors", "published"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ("<meta name=twitter:title content='The closed harbour'>", "title"),
        ("<meta name=dc.creator content='Wen Jiabei'>", "authors"),
        ("<meta name=dc.date content=2019-03-05>", "published"),
    ],
)
def test_what_one_witness_contradicts_is_not_sure(other, field):
    head = (
        "<title>The harbour</title><meta property=og:title content='The harbour'><meta name=author content='Ada Moll'>"
        f"<meta property=article:published_time content=2019-03-01T10:00:00Z>{other}"
    )
    assert field not in page("<div class=byline>By Ada Moll</div><div class=date>1 March 2019</div>", head=head).sure


def test_a_repeated_line_is_no_line_up_and_a_repeated_name_may_be_one():
    blocks = read(
        f"<article><h1>The harbour</h1>{PROSE}<p>Advertisement</p><p>Advertisement</p></article>".encode(), URL
    )
    assert repeats.find(blocks.blocks) is None
    names = "<li>Ada Moll</li><li>Wen Jiabei, pilot</li>" + f"<h2>Ada Moll</h2>{PROSE}<h2>Jiabei Wen</h2>{PROSE}"
    page = read(f"<article><h1>The harbour</h1>{names}</article>".encode(), URL)
    found = repeats.find(page.blocks)
    assert [page.blocks[place].text for place in found.places] == ["Ada Moll", "Jiabei Wen"]
    assert [page.blocks[line].text for line in found.lines] == ["Ada Moll", "Wen Jiabei, pilot"]


@given(st.text(alphabet="AaBbÉéE\u0301\u00ad'_-. 1(ﬁ𝐀Łß日«\n", min_size=1, max_size=12))
def test_a_line_is_found_by_any_first_word_of_its_name(text):
    said = Block("paragraph", "The harbour closed on Mondays, and nobody could say who had asked for it.", "")
    for line in filter(None, {key(text), repeats.unglued(text)}):
        heads = [Block("heading", word, "", level=2) for word in (line[0], "Wen Jiabei")]
        found = repeats.find([Block("list_item", text, ""), Block("list_item", "Wen Jiabei", ""), *heads, said])
        assert key(line[0]) != line[:1] or (found is not None and found.lines[0] == 0)


def test_what_a_page_calls_itself_puts_nothing_of_it_beside_the_text():
    html = "<html><head><title>The harbour</title></head><body class='has-sidebar'><p>Ask Ada.</p>"
    assert [block.region for block in read(html.encode(), URL).blocks] == ["body"]

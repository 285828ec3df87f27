"""What a page prints and states about itself, and which of it is believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise import names
from archive.reading import authorship
from archive.reading.houses import Houses
from archive.reading.page import Statement
from archive.reading.reader import read

URL = "https://pilot.example/harbour"
PROSE = (
    "<p>The harbour closed on Tuesdays, and nobody could say who had asked for it, or when it would open again.</p>" * 3
)
TEASER = "<div class=card><a href=/x><h3>Another text</h3></a><span class=byline>By Somebody Else</span></div>"


def page(top="", *, head="", bottom="", url=URL, lang="en"):
    html = (
        f"<html lang={lang}><head>{head}</head><body><main><article><h1>The harbour</h1>{top}{PROSE}{bottom}"
        f"</article>{TEASER}</main></body></html>"
    )
    return read(html.encode(), url)


def ld(**claims):
    return f'<script type="application/ld+json">{json.dumps(claims)}</script>'


# --- authors ----------------------------------------------------------------------------------------------------------

BYLINES = {
    "a labelled element": "<div class=byline>By Ada Moll and Wen Jiabei</div>",
    "glued to a button": "<div class=byline>By <a href=/a>Ada Moll</a>, <a href=/w>Wen Jiabei</a><b>Follow</b></div>",
    "links to profiles": "<p><a href=/author/ada-moll>Ada Moll</a> <a href=/author/wen-jiabei>Wen Jiabei</a></p>",
    "a line of its own": "<h5><em>By Ada Moll and Wen Jiabei</em></h5>",
    "labels and lines": "<div><b>Date:</b> 1 March 2019<br><b>Author:</b> Ada Moll, Wen Jiabei<br>Source: x</div>",
    "rel": "<span><a rel=author href=/1>Ada Moll</a> · <a rel=author href=/2>Wen Jiabei</a></span>",
    "microdata": "<span itemprop=author>Ada Moll</span><span itemprop=author>Wen Jiabei</span>",
}


@pytest.mark.parametrize("markup", BYLINES.values(), ids=BYLINES)
def test_a_byline_near_the_title_gives_its_people_and_a_teaser_gives_none(markup):
    assert page(markup).authors == ("Ada Moll", "Wen Jiabei")


def test_a_signature_below_the_text_is_a_byline():
    assert page(bottom="<p><em>By Ada Moll</em></p>").authors == ("Ada Moll",)


STATED = {
    "a person": ld(**{"@type": "Article", "author": {"@type": "Person", "name": "Ada Moll"}}),
    "a list of names": ld(**{"@type": "NewsArticle", "author": ["Ada Moll"]}),
    "a reference": ld(
        **{
            "@graph": [
                {"@type": "Article", "author": {"@id": "#ada"}},
                {"@type": "Person", "@id": "#ada", "name": "Ada Moll"},
            ]
        }
    ),
    "a nested article": ld(**{"@type": "WebPage", "mainEntity": {"@type": "Article", "author": {"name": "Ada Moll"}}}),
    "a citation": "<meta name=citation_author content='Moll, Ada'>",
    "Dublin Core": "<meta name=DC.creator content='Ada Moll'>",
    "RDFa": "<meta property=dc:creator content='Ada Moll'>",
}


@pytest.mark.parametrize("head", STATED.values(), ids=STATED)
def test_what_is_stated_counts_where_nothing_is_printed(head):
    assert page(head=head).authors == ("Ada Moll",)


def test_of_several_bylines_the_one_counts_that_is_stated_too():
    bylines = "<div class=byline>Photos of the quay: Émile Roux</div><div class=author>Ada Moll</div>"
    found = page(bylines, head=STATED["a person"])
    assert found.authors == ("Ada Moll",)
    assert {claim.value for claim in found.statements if claim.field == "authors" and not claim.chosen}


def test_a_fuller_byline_goes_before_what_is_stated():
    assert page(BYLINES["a labelled element"], head=STATED["a person"]).authors == ("Ada Moll", "Wen Jiabei")


def test_a_single_word_is_a_name_only_where_something_says_so():
    assert page("<div class=byline>by zuckerwatte</div>").authors == ("zuckerwatte",)
    assert page("<div class=byline>Gallery</div>").authors == ()
    assert page("<div class=byline>by admin</div>").authors == ()


def test_an_organisation_that_is_only_stated_signs_nothing():
    head = ld(**{"@type": "Article", "author": {"@type": "Organization", "name": "The Pilot News"}})
    assert page(head=head).authors == ()


CLAIMS = st.lists(
    st.builds(
        Statement,
        st.just("authors"),
        st.sampled_from(
            ["By Ada Moll", "Wen Jiabei, Ada Moll", "The Pilot News", "Émile Roux", "admin", "", "12 March"]
        ),
        st.sampled_from(["byline", "json_ld", "meta", "open_graph", "microdata"]),
        st.just("somewhere"),
    ),
    max_size=8,
)


@given(CLAIMS, st.booleans())
def test_nobody_is_an_author_whom_no_chosen_statement_names(claims, trusted):
    found = authorship.choose(claims, (), Houses((), ()), trusted=trusted)
    named = {name for claim in found.statements if claim.chosen for name in names.parse_byline(claim.value).names}
    assert set(found.names) <= named
    assert len(found.statements) == len(claims)
    assert len(set(found.names)) == len(found.names)


# --- dates ------------------------------------------------------------------------------------------------------------

STATED_DATE = ld(**{"@type": "Article", "datePublished": "2019-11-01T09:30:00+01:00"})


def published(*arguments, **named):
    found = page(*arguments, **named).published
    return found and found.isoformat()


def test_what_is_printed_as_a_time_from_now_may_state_its_instant():
    for element in (
        "<abbr title=2018-10-09T08:00:00Z>1 hr ago</abbr>",
        "<x-ago datetime=2018-10-09>2 days ago</x-ago>",
    ):
        assert page(f"<div>{element}</div>").published.on.isoformat() == "2018-10-09"
    assert page("<p>It is <ins datetime=2018-10-09>still</ins> closed, they say.</p>").published is None


def test_a_stated_instant_goes_before_the_date_of_something_else():
    other = "<div class=date>24 October 2019</div>"
    assert published(other, head=STATED_DATE) == "2019-11-01T09:30:00+01:00"


@pytest.mark.parametrize("printed", ["1 November 2019", "11/01/2019", "01/11/2019", "Friday, 1 November"])
def test_a_displayed_date_that_agrees_lends_its_words_in_whichever_order(printed):
    found = page(f"<div class=date>{printed}</div>", head=STATED_DATE, lang="de")
    assert found.published.isoformat() == "2019-11-01T09:30:00+01:00"
    if "2019" in printed:
        assert found.published.as_printed == printed


PRINTED = {
    "an element of its own": "<span class=post-date>9 October 2018</span>",
    "a line with more in it": "<p class=meta>Press release of 9 October 2018 · 3 min</p>",
    "a time element": "<time datetime=2018-10-09>yesterday's news</time>",
    "a plain line": "<p>9 October 2018</p>",
    "microdata": "<meta itemprop=datePublished content=2018-10-09>",
}


@pytest.mark.parametrize("markup", PRINTED.values(), ids=PRINTED)
def test_a_displayed_date_counts_where_nothing_is_stated(markup):
    assert published(markup) == "2018-10-09"


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2018/10/09/harbour", "2018-10-09"),
        ("2018-10-09-harbour", "2018-10-09"),
        ("20181009/harbour", "2018-10-09"),
        ("2018/10/harbour", "2018-10"),
        ("2018/13/40/harbour", None),
        ("article-20181009123", None),
        ("2018/oct/09/harbour", "2018-10-09"),
        ("2018/HARBOURS/10/09/harbour/index.html", "2018-10-09"),
        ("the-harbour-2018-10-09/", "2018-10-09"),
        ("plan-for-20181201-20181009.html", "2018-10-09"),
        ("news/201810090019", "2018-10-09"),
        ("201810/t20181009_4711.shtml", "2018-10-09"),
        ("harbour-09252018.html", "2018-09-25"),
        ("harbour?id=20181009", None),
        ("what-happened-19890604", None),
    ],
)
def test_the_address_is_the_last_witness(path, date):
    assert published(url=f"https://pilot.example/{path}") == date
    assert (
        published(PRINTED["a plain line"].replace("2018", "2017"), url=f"https://pilot.example/{path}") == "2017-10-09"
    )


@pytest.mark.parametrize("printed", ["3 days ago", "1537", "Tuesday", "10:45 am"])
def test_no_day_is_invented(printed):
    assert published(f"<div class=date>{printed}</div>") is None


# --- titles and standfirsts -------------------------------------------------------------------------------------------


def title(html, url=URL):
    return read(f"<html>{html}<div>{PROSE}</div></html>".encode(), url).title


def test_the_heading_that_says_what_is_stated_is_the_title():
    assert title("<title>The late ferry</title><h1>The Pilot</h1><h2>The late ferry</h2>") == "The late ferry"


def test_the_only_main_heading_right_over_the_text_is_the_title_though_another_is_stated():
    head = f"<title>Ferry late</title>{ld(**{'@type': 'Article', 'headline': 'Ferries: late'})}<h1>The Pilot</h1>"
    over = "<h1>Why nobody waits at the quay</h1><div>By Ada Moll</div>"
    assert title(f"{head}{over}") == "Why nobody waits at the quay"
    assert title(f"{head}<h1>Why nobody waits</h1>{'<p>Berth</p>' * 9}") == "Ferries: late"


def test_a_heading_in_the_path_to_a_page_is_not_its_title():
    head = f"<title>Ferry late again</title>{ld(**{'@type': 'Article', 'headline': 'Why the ferry was late'})}"
    path = "<nav><ul><li>News</li><li><h1>Ferry late again</h1></li></ul></nav>"
    assert title(f"{head}<article>{path}<h2>Why the ferry was late</h2></article>") == "Why the ferry was late"


@pytest.mark.parametrize(
    "stated",
    [
        *("The late ferry | The Pilot", "The Pilot » The late ferry", "The late ferry – Pilot Magazine"),
        *("The late ferry- The Pilot", "The late ferry : The Pilot", "The late ferry_The Pilot", "The late ferry |"),
        *("The late ferry - The Pilot - All about harbours", "The late ferry\n - PilotMagazine.example - Harbour Town"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(stated):
    head = f"<title>{stated}</title><meta property=og:site_name content='The Pilot'>"
    assert title(head, "https://pilotmagazine.example/x") == "The late ferry"


def test_a_mark_that_no_headline_has_ends_it():
    assert title("<title>码头为何关闭三天_港口新闻_海湾网</title>") == "码头为何关闭三天"


def test_a_main_heading_with_the_name_of_the_site_is_not_the_title():
    html = "<title>Pilots of the Harbour » Blog Archive » Late ferries</title><h1>Pilots of the Harbour</h1>"
    assert title(f"{html}<h2>Late ferries</h2>", "https://pilot.example/2019/late-ferries/") == "Late ferries"


def test_a_main_heading_with_which_the_stated_title_begins_is_the_title():
    html = "<title>Why so late? Wen Jiabei asks the pilots</title><meta property=og:title content='Wen: late ferries'>"
    assert title(f"{html}<h1>Why so late?</h1>") == "Why so late?"


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("码头为何关闭三天_港口新闻_海湾网", "码头为何关闭三天"),
        ("Pilot码头为何关闭-HARBOUR.NET", "Pilot码头为何关闭"),
        ("码头为何关闭三天 海湾引航协会", "码头为何关闭三天"),
        ("海湾网--码头为何关闭了三天", "码头为何关闭了三天"),
        ("The late ferry - Pilot.example - Harbour Town", "The late ferry"),
        ("The late ferry - Ada Moll and Wen Jiabei", "The late ferry"),
    ],
)
def test_the_part_of_a_title_that_is_printed_in_a_line_of_its_own_is_the_title(stated, printed):
    menu = "<ul><li>Harbour Town</li><li><a href=/>海湾网</a></li></ul>"
    line = f"<div><div class=nt>{printed}</div><div>2021-03-05 10:20</div></div>"
    html = f"<html><title>{stated}</title>{menu}<div>1 May 2026</div>{line}<div>{PROSE}</div></html>"
    found = read(html.encode(), URL)
    assert (found.title, found.published.on.isoformat()) == (printed, "2021-03-05")
    assert printed not in found.body


@pytest.mark.parametrize("printed", ["The late", "Pilot Post", "late ferry"])
def test_a_line_that_is_another_part_of_the_title_is_none(printed):
    stated = "Pilot Post | The late ferry is in again"
    assert title(f"<title>{stated}</title><div>{printed}</div>") == stated


def test_a_label_over_a_headline_is_no_part_of_it():
    head = f"<head>{ld(**{'@type': 'Article', 'headline': 'Why the ferry was late'})}</head>"
    assert title(f"{head}<h1><span>Harbours</span> Why the ferry was late</h1>") == "Why the ferry was late"
    assert title("<title>Late ferries?</title><h1><span>Harbours:</span> Late ferries?</h1>") == "Late ferries?"


def test_the_reading_of_a_character_is_no_part_of_a_title():
    assert title("<h1><ruby>港<rt>みなと</rt></ruby>が閉まる</h1>") == "港が閉まる"


def test_entities_in_json_are_read_as_their_characters():
    assert title(f"<head>{ld(**{'@type': 'Article', 'headline': 'Pilots &amp; tides'})}</head>") == "Pilots & tides"


def test_a_standfirst_stands_between_title_and_text():
    line = "Nobody asked for it, and nobody could stop it any more."
    assert page(f"<p class=standfirst>{line}</p>").standfirst == line
    assert page(bottom=f"<p class=subtitle>{line}</p>").standfirst is None
    head = "<meta name=description content='What happened at the quay last week.'>"
    assert page(head=head).standfirst == "What happened at the quay last week."

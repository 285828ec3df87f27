"""Pages in the manner of well-known templates: who wrote a text and when, wherever their markup puts it."""

import pytest

from archive.reading.reader import read

URL = "https://pilot.example/harbour"
TITLE = "Who closed the harbour and why"
PROSE = "".join(
    f"<p>The harbour closed on {day}, and nobody could say who had asked for it, or when it would open again.</p>"
    for day in ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
)


def page(body, head="", lang="en"):
    head = f"<title>{TITLE} - Pilot Post</title>{head}"
    return read(f"<!doctype html><html lang={lang}><head>{head}</head><body>{body}</body></html>".encode(), URL)


@pytest.mark.parametrize(
    ("body", "published"),
    [
        pytest.param(
            f"<div class=td-post-header><h1 class=entry-title>{TITLE}</h1><div class=td-post-author-name>"
            "<div class=td-author-by>By</div> <a href=/author/ada>Ada Moll</a><div class=td-author-line> - </div></div>"
            "<span class=td-post-date><time class='entry-date updated' datetime='2019-08-01T08:00:00+00:00'>"
            f"August 1, 2019</time></span></div><div class=td-post-content>{PROSE}</div>",
            "2019-08-01T08:00:00+00:00",
            id="the element of a printed day lends its time",
        ),
        pytest.param(
            f"<div class='post hentry'><h2 class=date-header>Friday, April 13, 2012</h2><h3 class=x>{TITLE}</h3>"
            f"<div class='post-body entry-content'>{PROSE}</div><div class=post-footer><span class='post-author vcard'>"
            "Posted by <span class=fn>Ada Moll</span></span></div></div>",
            "2012-04-13",
            id="a name that is marked in the footer of a post",
        ),
        pytest.param(
            f"<article><div><h1>{TITLE}</h1><div><a href='/@ada'><img alt='Ada Moll'></a></div><div><span>"
            "<a data-testid=authorName href='/@ada?source=post'>Ada Moll</a></span><span>·</span><a>Follow</a></div>"
            f"<div><span>5 min read</span> <span>Dec 18, 2023</span></div></div><div>{PROSE}</div></article>",
            "2023-12-18",
            id="the address of an account",
        ),
        pytest.param(
            f"<main><article><header><h1>{TITLE}</h1><div class=post-meta><span>March 3, 2023</span>&nbsp;·&nbsp;5 min"
            f"&nbsp;·&nbsp;Ada Moll</div></header><div class=post-content>{PROSE}</div></article></main>",
            "2023-03-03",
            id="a name in the line of the date",
        ),
        pytest.param(
            f"<div class=container><h1 class=heading-2>{TITLE}</h1><div class=flex-row><div class=text-block-3>Ada Moll"
            f"</div><div class=text-block-4>March 9, 2022</div></div><div class=w-richtext>{PROSE}</div></div>",
            "2022-03-09",
            id="a name above the date",
        ),
        pytest.param(
            f"<div id=__next><div class=css-1a><h1 class=css-2b>{TITLE}</h1><div class=css-3c><span class=css-4d>By "
            "Ada Moll</span><span class=css-5e>|</span><span class=css-6f>March 5, 2021</span></div>"
            f"<div class=css-7g>{PROSE}</div></div></div>",
            "2021-03-05",
            id="a line outside of the element of the text, its parts glued",
        ),
        pytest.param(
            f"<div><h1>{TITLE}</h1><div class='social-links'><p>By <a href=/staff/ada>Ada Moll</a></p></div>"
            f"<time>May 5, 2020</time></div><article>{PROSE}</article>",
            "2020-05-05",
            id="a byline inside of a bar for sharing",
        ),
        pytest.param(
            "<div class=authors><span class=author>Ole Brandt</span><span class=author>Wen Jiabei</span></div>"
            f"<article><h1>{TITLE}</h1><span class=byline>By Ada Moll</span><time>May 5, 2020</time>{PROSE}</article>",
            "2020-05-05",
            id="the names of others above the title",
        ),
        pytest.param(
            f"<article><h1>{TITLE}</h1><div class=entry-meta-author><a class=author-name>Ada Moll</a>"
            f"<a class=author-account>thepilotofnorthport</a></div><time>May 5, 2020</time>{PROSE}</article>",
            "2020-05-05",
            id="a name beside that of an account",
        ),
        pytest.param(
            f"<article><h1>{TITLE}</h1>{PROSE}<ul><li><strong>Datum</strong> 05.05.2020</li>"
            "<li><strong>Autorin/Autor</strong> Ada Moll</li></ul></article>",
            "2020-05-05",
            id="a list of what is known of the text",
        ),
    ],
)
def test_author_and_date_of_a_template_are_read(body, published):
    read_page = page(body).as_dict()
    assert (read_page["authors"], read_page["published"]) == (["Ada Moll"], published)


def test_a_card_for_sharing_names_the_author_behind_a_label():
    card = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Moll'>"
    length = "<meta name=twitter:label2 content='Time to read'><meta name=twitter:data2 content='Four Minutes'>"
    assert page(f"<article><h1>{TITLE}</h1>{PROSE}</article>", card + length).authors == ("Ada Moll",)


@pytest.mark.parametrize(
    ("lang", "line", "name"),
    [
        ("he", "מאת: דנה כהן", "דנה כהן"),
        ("el", "Γράφει ο Νίκος Παππάς", "Νίκος Παππάς"),
        ("de", "Autor/in: Ada Moll", "Ada Moll"),
        ("zh", "作者：王小明", "王小明"),
        ("ar", "بقلم: أحمد منصور", "أحمد منصور"),
        ("tr", "Yazan: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("ko", "김민수 기자</div><div>2021.03.05 12:30", "김민수"),
        ("en", "Ada Moll, staff writer</div><div>5 March 2021", "Ada Moll"),
    ],
)
def test_a_label_is_known_in_the_language_of_the_page(lang, line, name):
    assert page(f"<h1>{TITLE}</h1><div>{line}</div><div>{PROSE}</div>", lang=lang).authors == (name,)


def test_a_name_without_a_label_is_none_where_another_is_stated():
    author = '{"@type": "Organization", "name": "Post"}'
    stated = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    body = f"<article><h1>{TITLE}</h1><div>Local News</div><div>May 5, 2020</div>{PROSE}</article>"
    assert page(body, stated).authors == ()


@pytest.mark.parametrize(
    ("above", "date", "address", "expected"),
    [
        ("<div class=date>Sunday, 24 May 2020</div>", "<div class=date>5 May 2020</div>", URL, "2020-05-05"),
        ("<div class=date>Sunday, 24 May 2020</div>", "", "https://pilot.example/2020/05/05/harbour", "2020-05-05"),
        ("<div class=date>4 May 2020</div>", "", "https://pilot.example/2020/05/05/harbour", "2020-05-04"),
        ("", "<img src=x alt='The quay on 24 May 2020'><div>5 May 2020</div>", URL, "2020-05-05"),
    ],
)
def test_what_day_it_is_above_the_title_and_on_a_picture_is_no_date_of_the_text(above, date, address, expected):
    html = f"<title>{TITLE}</title><body>{above}<article><h1>{TITLE}</h1>{date}{PROSE}</article></body>"
    assert read(f"<html lang=en>{html}</html>".encode(), address).as_dict()["published"] == expected

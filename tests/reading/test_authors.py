"""Who wrote a text, where something else stands in the place of the author, or the author in the words of the text."""

import json

import pytest

from archive.reading.reader import read

URL = "https://www.harbour-pilot.example/closed"
TITLE = "Who closed the harbour and why"
PROSE = "".join(
    f"<p>The harbour closed on {day}, and nobody could say who had asked for it, or when it would open again.</p>"
    for day in ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
)
CHINESE = "".join(
    f"<p>港口在{day}关闭了，没有人知道是谁提出的要求，也没有人知道什么时候会重新开放，渔民们只好在岸边等待消息。</p>"
    for day in ("一月", "二月", "三月", "四月", "五月")
)
KOREAN = "".join(
    f"<p>항구는 {day}에 문을 닫았고, 누가 요구했는지 또는 언제 다시 열릴지 아무도 말할 수 없었다고 전했다.</p>"
    for day in ("월요일", "화요일", "수요일", "목요일", "금요일")
)


PUBLISHED = {"publisher": {"@type": "Organization", "name": "Marle Pilota"}}


def page(above="", text=PROSE, below="", *, stated=None, url=URL, title=TITLE, head=""):
    article = {"@type": "NewsArticle", "headline": TITLE, **(stated or {})}
    head += f"<script type='application/ld+json'>{json.dumps(article)}</script>"
    body = f"<article><h1>{TITLE}</h1>{above}{text}</article>{below}"
    return read(f"<!doctype html><head><title>{title}</title>{head}</head><body>{body}</body>".encode(), url)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        pytest.param("Harbour Pilot", {}, id="of its domain"),
        pytest.param("Marle Evening", {"head": "<meta property=og:site_name content='Marle Evening'>"}, id="as stated"),
        pytest.param(
            "Marle Evening",
            {"stated": {"publisher": {"@type": "Organization", "name": "Marle Evening"}}},
            id="of its publisher",
        ),
        pytest.param(
            "Marle Pilota", {"url": "https://marlepilota.group.example/", "stated": PUBLISHED}, id="below another"
        ),
        pytest.param("Harbour Pilot Marle", {"title": f"{TITLE} - Harbour Pilot Marle"}, id="in the title of the page"),
    ],
)
@pytest.mark.parametrize("prints", [True, False])
def test_the_name_of_the_site_is_no_person(name, more, prints):
    author = {} if prints else {"author": {"@type": "Person", "name": name}}
    line = f"<div class=author>By {name}</div>" if prints else ""
    read_page = page(line, **{**more, "stated": {**more.get("stated", {}), **author}})
    assert read_page.authors == ()
    assert read_page.contributions[0].authors == ((name,) if prints else ())


def test_whom_json_ld_names_besides_the_printed_is_an_author():
    stated = {"author": [{"@type": "Person", "name": name} for name in ("Ada Moll", "Ole Brandt")]}
    assert page("<div class=byline>By Ada Moll</div>", stated=stated).authors == ("Ada Moll", "Ole Brandt")


def test_a_section_above_a_date_is_no_name():
    html = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div>Harbour Life</div><div>5 May 2020</div><div>{PROSE}</div>"
    assert read(html.encode(), URL).authors == ()


def test_a_printed_name_is_fuller_than_a_stated_one():
    line = "<p>A column by Ada Moll</p>"
    assert page(line, stated={"author": {"@type": "Person", "name": "Ada"}}).authors == ("Ada Moll",)


def test_the_name_of_the_site_is_cut_from_behind_a_name():
    line = "<div class=byline>Ada Moll Marle Today</div>"
    assert page(line, url="https://www.marletoday.example/closed").authors == ("Ada Moll",)


@pytest.mark.parametrize(
    ("body", "author"),
    [
        (f"<h1>{TITLE}</h1><div><span>By</span><a href=/about/team/ada>J.R. Moll</a></div>{PROSE}", "J.R. Moll"),
        (f"<div>{TITLE}</div><div>By Ada Moll<br>Pilot Post</div><div>{PROSE}</div>", "Ada Moll"),
        (
            f"<h1>{TITLE}</h1><div class=byline><p>By</p><p>Ada Moll</p><p>{'She sails. ' * 20}</p></div>{PROSE}",
            "Ada Moll",
        ),
        (f"<h1>{TITLE}</h1><div class=x>By<br>Social Links for Ada Moll</div>{PROSE}", "Ada Moll"),
        (
            f"<h1>{TITLE}</h1><aside><style>{'.css-1 {color:red}' * 60}</style>By<b>Ada Moll</b></aside>{PROSE}",
            "Ada Moll",
        ),
        (f"<h1>{TITLE}</h1><div>By</div><div>Ada Moll | ada@pilot.example</div><div>{PROSE}</div>", "Ada Moll"),
        (f"<h1>{TITLE}</h1><div>Ada Moll</div><div>May 5, 2020 at 8:15 PM·4 min read</div>{PROSE}", "Ada Moll"),
        (f"<h1>{TITLE}</h1><div class=date>5 May 2020 Ada Moll 3</div><div>{PROSE}</div>", "Ada Moll"),
        (f"<h1>{TITLE}</h1><div class=author>Menu<br>Evening Quay<br>By<br>Ada Moll</div>{PROSE}", "Ada Moll"),
    ],
    ids=[
        "the label is glued to the name",
        "right above a text without a heading",
        "at the beginning of a box",
        "behind the words of a button",
        "beside rules of style",
        "a label on a line of its own",
        "above a date with minutes to read",
        "in the line of the date",
        "behind what is no label",
    ],
)
def test_a_line_above_the_text_says_who_wrote_it(body, author):
    html = f"<title>{TITLE}</title><body><div>{body}</div></body>"
    assert read(html.encode(), URL).authors == (author,)


def test_several_names_stand_above_a_date():
    lines = "".join(f"<div>{line}</div>" for line in ("AM", "Ada Moll", "OB", "Ole Brandt", "5 May 2020"))
    html = f"<title>{TITLE}</title><body><h1>{TITLE}</h1>{lines}<div>{PROSE}</div></body>"
    assert read(html.encode(), URL).authors == ("Ada Moll", "Ole Brandt")


def test_profiles_of_many_above_a_title_are_those_of_columnists():
    columns = "".join(f"<a href=/staff/{name}>{name} Roe</a>" for name in ("Jane", "John", "Max", "Eve"))
    html = f"<title>{TITLE}</title><body><div>{columns}</div><article><h1>{TITLE}</h1>{PROSE}</article></body>"
    assert read(html.encode(), URL).authors == ()


def test_bylines_below_a_text_are_those_of_teasers():
    teasers = "".join(f"<div><h3>More</h3><b class=author>By {name} Roe</b></div>" for name in ("Jane", "John"))
    assert page("<b class=author>By Ada Moll</b>", PROSE.replace("p>", "div>"), teasers).authors == ("Ada Moll",)


@pytest.mark.parametrize(("name", "is_name"), [("Ada KN", True), ("Ada Moll TV", False), ("Ada AP", False)])
def test_a_stated_person_may_have_the_initials_last(name, is_name):
    assert page(stated={"author": {"@type": "Person", "name": name}}).authors == ((name,) if is_name else ())


def test_who_is_called_like_a_blog_of_a_host_of_blogs_writes_it():
    line = "<div class=author>By Ada Moll</div>"
    assert page(line, url="https://ada-moll.pilot.example/closed").authors == ("Ada Moll",)


def test_all_whose_names_are_marked_in_one_element_wrote_it_whatever_else_stands_there():
    tools = "<div class=overlay><a href=/c>Close</a> <a href=/f>Follow on Twitter</a> <a href=/m>More from {}</a></div>"
    names = ("Ada Moll", "Wen Jiabei", "Tom Roe")
    items = "".join(f"<li><div rel=author>{name}</div>{tools.format(name.split()[0])}</li>" for name in names)
    assert page(f"<ul class=authors>{items}</ul>").authors == ("Ada Moll", "Wen Jiabei", "Tom Roe")


def test_whom_the_text_tells_of_and_who_made_the_portrait_did_not_write_it():
    teller = (
        "<p>Ask <a href=/people/wen-jiabei>Wen Jiabei</a>, who has kept the books of the harbour for as long as there "
        "was one, and nobody else.</p>"
    )
    assert page("<p>Portrait by <a href=/x>Tom Roe</a></p>", teller + PROSE).authors == ()


def test_what_is_stated_to_be_an_organisation_is_no_person():
    assert page(stated={"author": {"@type": "Organization", "name": "Marle Evening"}}).authors == ()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<b>Sign Out</b><i>By</i><a>Ada Moll</a>", ("Ada Moll",)),
        ("<a>Ada Moll</a><span>Marle Evening</span>", ("Ada Moll",)),
        ("<a>Ada Moll</a><span>/ Northern Quays Reporter</span>", ("Ada Moll",)),
        ("By <a>Ada Moll</a>, <a>Ole Brandt</a>", ("Ada Moll", "Ole Brandt")),
        ("By <a>Ada Moll</a> and <a>Ole Brandt</a>", ("Ada Moll", "Ole Brandt")),
    ],
)
def test_beside_a_stated_person_only_whom_a_comma_or_and_joins_is_an_author(byline, authors):
    stated = {"author": {"@type": "Person", "name": "Ada Moll"}}
    assert page(f"<div class=byline>{byline}</div>", stated=stated).authors == authors


@pytest.mark.parametrize(
    ("above", "text", "authors"),
    [
        ("<p>晨报记者 王小明 李华</p>", CHINESE, ("王小明", "李华")),
        ("<p>来源：晨报 2021-03-05</p>", CHINESE.replace("<p>", "<p>晨报讯（记者王小明 李华）", 1), ("王小明", "李华")),
        ("", CHINESE + "<p>采写：晨报见习记者 王小明</p>", ("王小明",)),
        ("", CHINESE + "<p>晨报记者 王小明 摄</p>", ()),
        ("<div class=author>关注</div>", CHINESE, ()),
        ("<div class=author>김민수 기자<br>입력 2021.03.05 수정 2021.03.06</div>", KOREAN, ("김민수",)),
        ("", KOREAN.replace("<p>", "<p>(서울=통신) 김민수 기자 = ", 1), ("김민수",)),
        ("", KOREAN + "<p>김민수 기자 mail@pilot.example</p>", ("김민수",)),
    ],
)
def test_reporters_of_china_and_korea_are_named_in_and_around_the_text(above, text, authors):
    assert page(above, text).authors == authors


def test_profiles_below_a_text_are_those_of_others():
    comments = "".join(f"<li><a href=/user/{name}>{name} Roe</a> Yes!</li>" for name in ("Jane", "John", "Max"))
    assert page(below=f"<ul>{comments}</ul>").authors == ()


@pytest.mark.parametrize(("names", "authors"), [(["Ada Moll"], ("Ada Moll",)), (["Ada Moll", "Ole Brandt"], ())])
def test_who_alone_is_linked_to_as_an_author_beside_the_text_wrote_it(names, authors):
    links = "".join(f"<a rel=author href=/source/{name[:3]}>{name}</a>" for name in names)
    assert page(below=f"<aside><h4>About</h4>{links}</aside>").authors == authors


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "author": {"name": "Ada Moll",},}',
        '{"@type": "NewsArticle", // "Article",\n "author": {"name": "Ada Moll"}}',
        '<!-- {"@type": "NewsArticle", "author": {"name": "Ada Moll"}} -->',
        '/*<![CDATA[*/{"@type": "NewsArticle", "author": {"name": "Ada Moll"}};/*]]>*/',
        '{"@type": "NewsArticle", "datePublished": 2020-05-05, "author": {"name": "Ada Moll"}}',
    ],
)
def test_json_with_a_common_fault_is_understood(script):
    assert page(head=f"<script type='application/ld+json'>{script}</script>").authors == ("Ada Moll",)

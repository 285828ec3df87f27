"""The demonstration: what the invented round table holds and what its pages say."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from protego import Protego
from selectolax.lexbor import LexborHTMLParser

from archive.demo import site
from archive.demo.content import FOLLOWUP
from archive.demo.earlier import earlier
from archive.demo.site import HOST, canonical, content, pages, printed

WORDS = content()
OLDER = {page.path for page in earlier().all_pages}
HTML = {
    path: resource.body.decode()
    for path, resource in pages().items()
    if resource.mime == "text/html" and path not in OLDER
}
ARTICLES = {article.path: article for article in WORDS.articles}
QUESTIONS = {question.path: question for question in WORDS.questions}
VOID = {"meta", "link", "img", "br", "hr", "input"}


def tree(path: str) -> LexborHTMLParser:
    return LexborHTMLParser(HTML[path])


def texts(path: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree(path).css(selector)]


def stated(path: str) -> dict[str, Any]:
    """What the page's JSON-LD states."""
    (script,) = tree(path).css("script[type='application/ld+json']")
    read: dict[str, Any] = json.loads(script.text())
    return read


def entry_kinds() -> dict[str, str]:
    return {entry.name: entry.kind for entry in WORDS.entries}


# --- the words ---------------------------------------------------------------------------------


def test_the_line_up_holds_every_kind_of_name_that_is_hard_to_read() -> None:
    kinds = entry_kinds()
    assert len(kinds) == 9
    assert kinds["Parveen Lodhrai & Giles Thackbury"] == kinds["Hal Winterbrook & Sunniva Rostad"] == "pair"
    assert kinds["Cleaners & Porters’ Mutual Union"] == "organisation"
    assert {"Nghiêm Thu Lam", "Wietske van der Houtkamp", "Philippa Oyelaran-Stead", "Božena T. Vrbičková"} < set(kinds)
    affiliations = [entry.affiliation for entry in WORDS.entries]
    assert any("," in text for text in affiliations)
    assert any("(" in text for text in affiliations)
    assert any(";" in text for text in affiliations)


def test_the_announced_numbers_are_those_of_the_line_up() -> None:
    people = sum(len(entry.names) for entry in WORDS.entries if entry.kind != "organisation")
    table = WORDS.round_table
    assert (table.announced_people, table.announced_entries) == (people, len(WORDS.entries)) == (10, 9)
    assert table.announcement.startswith("Ten people and one trade union take part, in nine entries")


def test_all_answer_the_first_question_and_one_entry_is_silent_at_the_second() -> None:
    first, second = ([answer.entry for answer in question.answers] for question in WORDS.questions)
    assert first == list(WORDS.entries)
    assert [entry.name for entry in first if entry not in second] == ["Parveen Lodhrai & Giles Thackbury"]
    assert second == [entry for entry in first if entry in second]


def test_a_question_has_four_wordings_that_differ() -> None:
    for question in WORDS.questions:
        slug = question.path.rstrip("/").rpartition("/")[2].replace("-", " ")
        wordings = {question.short, question.title, question.full}
        assert len({wording.lower().strip("?") for wording in wordings} | {slug}) == 4


def test_an_answer_has_two_or_three_paragraphs_and_comments_come_from_other_entries() -> None:
    insets = 0
    for question in WORDS.questions:
        for answer in question.answers:
            assert 2 <= len(answer.paragraphs) <= 3
            for inset in answer.insets:
                insets += 1
                assert 1 <= inset.after <= len(answer.paragraphs)
                assert inset.speaker != answer.entry
                assert inset.label == (inset.speaker.name.upper() if inset.speaker else FOLLOWUP)
    assert insets == 5


def test_a_pull_quote_repeats_a_sentence_of_its_answer() -> None:
    quoted = [answer for question in WORDS.questions for answer in question.answers if answer.pull_quote]
    assert len(quoted) == len(WORDS.questions)
    for answer in quoted:
        assert answer.pull_quote
        assert any(answer.pull_quote.text in paragraph for paragraph in answer.paragraphs[: answer.pull_quote.after])


def test_the_response_is_by_somebody_who_is_not_in_the_line_up() -> None:
    names = {name for entry in WORDS.entries for name in entry.names}
    assert not names & {author.name for author in WORDS.article("response").authors}
    assert {author.name for author in WORDS.article("followup").authors} <= names
    assert WORDS.article("introduction").authors == WORDS.convenors


def test_the_calendar_runs_from_introduction_to_letters() -> None:
    moments = [WORDS.round_table.opened, *(question.published for question in WORDS.questions)]
    moments += [WORDS.article("followup").published, WORDS.article("response").published, WORDS.letters.published]
    assert moments == sorted(moments)
    assert WORDS.article("introduction").published == WORDS.round_table.opened
    assert {moment.utcoffset() for moment in moments} == {dt.timedelta(hours=1)}


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (9, 5, "14 May 2024, 9.05am"),
        (0, 1, "14 May 2024, 12.01am"),
        (12, 0, "14 May 2024, 12.00pm"),
        (16, 40, "14 May 2024, 4.40pm"),
    ],
)
def test_a_moment_is_printed_with_a_full_stop_and_no_zone(hour: int, minute: int, words: str) -> None:
    assert printed(dt.datetime(2024, 5, 14, hour, minute, tzinfo=dt.UTC)) == words


# --- the pages ---------------------------------------------------------------------------------


class Balance(HTMLParser):
    """Fails at the first end tag that closes something else than what was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert self.open[-1] == "svg" or "svg" in self.open, f"<{tag}/> outside a drawing"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", HTML)
def test_elements_are_nested_and_ids_are_unique(path: str) -> None:
    balance = Balance()
    balance.feed(HTML[path])
    balance.close()
    assert balance.open == []
    assert len(set(balance.ids)) == len(balance.ids)


@pytest.mark.parametrize("path", HTML)
def test_a_page_names_itself_by_its_own_host(path: str) -> None:
    parsed = tree(path)
    assert [node.attributes["href"] for node in parsed.css("link[rel=canonical]")] == [f"http://{HOST}{path}"]
    graph = {node.attributes["property"]: node.attributes["content"] for node in parsed.css("meta[property^='og:']")}
    assert graph["og:url"] == canonical(path)
    assert graph["og:site_name"] == "The Lamplighter"
    assert graph["og:locale"] == "en_GB"
    assert graph["og:type"] == ("article" if path in ARTICLES or path in QUESTIONS else "website")
    (title,) = texts(path, "head > title")
    assert title == f"{graph['og:title']} | The Lamplighter"
    assert len(parsed.css("h1")) == 1
    assert all(node.attributes["content"] for node in parsed.css("meta[name=description]"))


@pytest.mark.parametrize("path", HTML)
def test_a_page_names_no_port_and_loads_nothing_from_elsewhere(path: str) -> None:
    parsed = tree(path)
    assert not re.search(rf"(?:localhost|127\.0\.0\.1|{re.escape(HOST)}:)", HTML[path])
    loaded = [node.attributes["src"] for node in parsed.css("[src]")]
    loaded += [node.attributes["href"] for node in parsed.css("link[href]:not([rel=canonical])")]
    assert loaded
    assert all(address and address.startswith("/static/") for address in loaded)
    assert "url(" not in pages()["/static/style.css"].body.decode()


@pytest.mark.parametrize("path", HTML)
def test_every_internal_link_leads_somewhere(path: str) -> None:
    site_pages = pages()
    for node in tree(path).css("a[href], img[src], link[rel=icon], link[rel=stylesheet]"):
        target = urlsplit(urljoin(path, node.attributes.get("href") or node.attributes.get("src") or ""))
        if target.scheme:
            assert target.scheme == "mailto" or target.geturl() == WORDS.publication.licence_url
            continue
        assert target.path in site_pages
        if target.fragment:
            assert tree(target.path).css_first(f"[id='{target.fragment}']") is not None


@pytest.mark.parametrize("path", QUESTIONS)
def test_a_question_page_prints_the_question_the_list_and_each_answer_in_order(path: str) -> None:
    question = QUESTIONS[path]
    assert texts(path, ".piece__title") == [question.title]
    assert texts(path, ".piece__date") == [printed(question.published)]
    assert texts(path, ".question__text") == [question.full]
    assert texts(path, ".lineup__name") == [answer.entry.name for answer in question.answers]
    assert texts(path, ".lineup__affiliation") == [answer.entry.affiliation for answer in question.answers]
    assert texts(path, ".entry__name") == [answer.entry.name for answer in question.answers]
    assert texts(path, ".entry__bio") == [answer.entry.bio for answer in question.answers]
    assert texts(path, ".entry__answer > p") == [text for answer in question.answers for text in answer.paragraphs]
    insets = [inset for answer in question.answers for inset in answer.insets]
    assert texts(path, ".inset__label") == [inset.label for inset in insets]
    assert texts(path, ".inset__text") == [inset.text for inset in insets]
    photos = tree(path).css(".entry > img")
    assert [photo.attributes["alt"] for photo in photos] == ["respondent photo"] * len(question.answers)
    assert texts(path, ".artwork__credit, .artwork__rights") == [question.artwork.credit, "All rights reserved."]


@pytest.mark.parametrize("path", QUESTIONS)
def test_a_question_page_names_no_author(path: str) -> None:
    assert texts(path, ".piece__byline") == []
    assert stated(path)["@type"] == "WebPage"
    assert not {"author", "datePublished"} & set(stated(path))


@pytest.mark.parametrize("path", ARTICLES)
def test_an_article_states_its_authors_and_its_time_with_the_offset(path: str) -> None:
    article = ARTICLES[path]
    assert stated(path)["@type"] == "Article"
    assert stated(path)["headline"] == article.title
    assert [author["name"] for author in stated(path)["author"]] == [author.name for author in article.authors]
    assert stated(path)["datePublished"] == article.published.isoformat()
    assert stated(path)["datePublished"].endswith("+01:00")
    assert texts(path, ".piece__author") == [author.name for author in article.authors]
    assert texts(path, ".piece__date") == [printed(article.published)]
    assert texts(path, ".piece__standfirst") == [article.standfirst]
    assert texts(path, ".prose > p") == list(article.paragraphs)
    assert texts(path, ".funder-note") == [WORDS.round_table.funder_note] * article.funded
    linked = {node.text(): node.attributes["href"] for node in tree(path).css(".piece__standfirst a, .prose a")}
    assert linked == article.links


def test_the_landing_page_leads_to_everything_that_belongs_to_the_table() -> None:
    path = WORDS.round_table.path
    assert texts(path, ".announcement") == [WORDS.round_table.announcement]
    assert texts(path, ".lineup__name") == [entry.name for entry in WORDS.entries]
    assert texts(path, ".lineup__affiliation") == [entry.affiliation for entry in WORDS.entries]
    assert texts(path, ".piece__author") == [convenor.name for convenor in WORDS.convenors]
    questions = {node.text(): node.attributes["href"] for node in tree(path).css(".agenda__question a")}
    assert questions == {question.short: question.path for question in WORDS.questions}
    others = {node.attributes["href"] for node in tree(path).css(".agenda__piece a")}
    assert others == {*ARTICLES, WORDS.letters.path}


def test_the_letters_are_not_under_the_licence_of_the_other_pages() -> None:
    licensed = {path for path in HTML if tree(path).css_first("a[rel=license]") is not None}
    assert licensed == set(HTML) - {WORDS.letters.path}


def test_the_sitemap_lists_every_page_with_its_last_change() -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {
        row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod")
        for row in ET.fromstring(pages()["/sitemap.xml"].body)
    }
    assert listed == {canonical(path): f"{pages()[path].last_modified:%Y-%m-%dT%H:%M:%SZ}" for path in HTML}


def test_robots_txt_closes_the_letters_and_nothing_else() -> None:
    robots = Protego.parse(pages()["/robots.txt"].body.decode())
    assert [path for path in pages() if not robots.can_fetch(canonical(path), "anybody")] == [WORDS.letters.path]
    assert list(robots.sitemaps) == [canonical("/sitemap.xml")]
    assert not robots.crawl_delay("anybody")


def test_pages_are_the_same_bytes_each_time() -> None:
    once = pages()
    site._rendered.cache_clear()
    again = pages()
    assert once == again
    again.clear()
    assert pages() == once


@pytest.mark.parametrize("path", [path for path, resource in pages().items() if resource.mime == "image/svg+xml"])
def test_a_drawing_is_well_formed_and_self_contained(path: str) -> None:
    drawing = pages()[path].body
    assert ET.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert re.findall(rb"https?://[^\"]+", drawing) == [b"http://www.w3.org/2000/svg"]

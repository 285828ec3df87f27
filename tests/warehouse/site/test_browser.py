"""The site as people meet it, in Debian's headless Chromium: search, compare, copy; nothing is asked of other hosts."""

import datetime as dt
import functools
import http.server
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from archive.model import Contribution, ContributionVersion, Participation, Passage
from tests.warehouse import texts
from tests.warehouse.site import rows
from warehouse.site import addresses, build, search_index

pytestmark = pytest.mark.browser

TEXT = addresses.path_of("contributions", rows.REVISED)
KINDS = {
    "front": "",
    "round table": addresses.path_of("round-tables", "night-bus"),
    "round table of long ago": addresses.path_of("round-tables", "stairwell"),
    "round tables": "round-tables/",
    "prompt": addresses.path_of("prompts", "night-bus/q2"),
    "text": addresses.path_of("contributions", "night-bus/introduction"),
    "old version": addresses.version_path(rows.REVISED, 1),
    "changes": addresses.changes_path(rows.REVISED, 1),
    "hostile": addresses.path_of("contributions", rows.HOSTILE),
    "from the right": addresses.path_of("contributions", rows.ARABIC),
    "withdrawn": addresses.path_of("contributions", rows.WITHDRAWN),
    "people": "people/",
    "person": addresses.path_of("people", "night-bus/people/comfort-asabre"),
    "organisations": "organisations/",
    "publisher": addresses.path_of("publishers", "lamplighter"),
    "method": "method/",
    "rejections": "rejections/",
    "search": "search/?q=driver",
    "missing": "404.html",
}


IN_EVERY_LIGHT = ("front", "round table", "text", "changes", "withdrawn", "search")
"""Kinds that have all colours between them."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives
        pass


class Server(http.server.ThreadingHTTPServer):
    """Does not mind that a browser which moves on lets go of what it asked for."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), BrokenPipeError | ConnectionResetError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a plain file server on loopback."""
    with Server(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where a plain file server on loopback shows the site."""
    with served(site) as base:
        yield base


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which an error in the console, a breach of the policy or a request elsewhere fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith((address, "file:")) else complaints.append(one.url))
    page.on("requestfailed", lambda one: None if one.failure == "net::ERR_ABORTED" else complaints.append(one.url))
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("scheme", "width", "kinds"),
    [("light", 1280, KINDS), ("dark", 1280, IN_EVERY_LIGHT), ("light", 390, IN_EVERY_LIGHT)],
    ids=["by day", "by night", "phone"],
)
def test_no_kind_of_page_has_a_barrier(browser, address, scheme, width, kinds):
    # The checker adds a script of its own, which the policy of the pages would refuse.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for kind in kinds:
        page.goto(address + KINDS[kind])
        if kind == "search":
            expect(page.locator("#results li").first).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{kind}: {found.generate_report()}"
    context.close()


def test_no_kind_of_page_is_wider_than_a_phone(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for kind, path in KINDS.items():
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{kind} is {wide} pixels wider than the window"
    context.close()


@pytest.mark.parametrize("place", ["server", "disk"])
def test_search_finds_and_opens_a_text(page, address, site, place):
    base = address if place == "server" else site.as_uri() + "/"
    page.goto(f"{base}index.html")
    page.get_by_role("searchbox").fill("quinquéreme")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#status")).to_have_text("1 result")
    expect(page.locator("#results mark")).to_have_text(["quinquereme"])
    page.locator("#results a").click()
    expect(page.locator("h1")).to_contain_text("Who is the night bus for?")
    assert page.url == base + TEXT + ("" if place == "server" else "index.html")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("quinquereme", {TEXT}),
        ("QUINQUE*", {TEXT}),
        ("quinque", {TEXT}),
        ('"word for the search"', {TEXT}),
        ('"for word the search"', set()),
        ("“word for the search", {TEXT}),
        ("quinquereme -paragraph", set()),
        ('quinquereme -"a paragraph"', set()),
        ("quinquereme nowhereatall", set()),
        ("bozena vrbickova -who", None),
        ("comfort asabre", None),
        (
            "benefit society",
            {addresses.path_of("organisations", "stairwell/organisations/lift-engineers-benefit-society")},
        ),
        ("constructor __proto__", {addresses.path_of("contributions", rows.HOSTILE)}),
        ("الصغيرة", {addresses.path_of("contributions", rows.ARABIC)}),
        (rows.ONCE_WITHDRAWN, set()),
        (rows.ONLY_METADATA, set()),
        ("* - \" '", set()),
        ("<script>alert", None),
        ("word " * 2000, None),
    ],
)
def test_a_query_finds_what_it_asks_for(page, address, query, found):
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill(query)
    expect(page.locator("#status")).to_have_text(re.compile(r"results?$|Nothing was found|Type a word"))
    links = page.locator("#results a").evaluate_all("all => all.map(one => one.href)")
    if found is None:
        assert links
    else:
        assert {link.removeprefix(address).removesuffix("index.html") for link in links} == found
    assert page.locator("#results script").count() == 0


def test_words_are_split_in_the_browser_as_they_were_for_the_index(page, address):
    samples = [
        "Nghiêm Thu Lam, Božena T. Vrbičková", "ŁÓDŹ Ærø Straße İstanbul ıİ ΣΊΣΥΦΟΣ", "naïve café don’t",
        "東京とカタカナ 2024年 한국어", "السلامة على الطريق", "हिन्दी ภาษาไทย", "𝐁old ﬁne ½ ² x²", "a_b 1,000.5",
        "e\u0301 \ufeff \u200b zero", "Đorđe þing",
    ]  # fmt: skip
    page.goto(f"{address}search/")
    for sample in samples:
        assert page.evaluate("text => roundtableSearch.split(text)", sample) == search_index.words(sample), sample


def test_versions_are_compared_and_a_citation_is_copied(page, address):
    page.goto(address + TEXT)
    page.get_by_role("link", name="what changed").click()
    expect(page.locator("ins").filter(has_text="quinquereme")).to_be_visible()
    expect(page.locator("del").filter(has_text="nineteen")).to_be_visible()
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.get_by_role("note").first).to_contain_text("This is version 1 of 2")
    page.get_by_role("link", name="The current version").click()
    copy = page.get_by_role("button", name="Copy").first
    copy.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation__text").first.inner_text()
    assert "Asabre" in copied


SAID = (
    "First.\n\nThe bus comes at nine.\n\nSecond.\n\nThird.\n\nLast.",
    "First.\n\nThe bus comes at ten, \u202eperhaps</script><b>.\n\nSecond.\n\nThird.\n\nLast.",
    "First.\n\nThe bus comes at eleven.\n\nSecond.\n\nThird.\n\nLast.\n\nWe ask in vain.",
)
"""Three versions of a text."""


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one text in three versions."""
    folder = tmp_path_factory.mktemp("thrice")
    records = texts.records([texts.Text(name="talk/bus", passages=(SAID[2],), title="The bus", speaker="Ana Ruiz")])
    [version] = records.of(ContributionVersion)
    records.replace(
        ContributionVersion,
        [
            replace(version, version=number, text=text, first_captured_at=dt.datetime(2024, number, 1))
            for number, text in enumerate(SAID, start=1)
        ],
    )
    for kind in (Contribution, Passage):
        records.replace(kind, [replace(row, version=3) for row in records.of(kind)])
    records.replace(
        Participation, [replace(row, version=number) for row in records.of(Participation) for number in (1, 3)]
    )
    build.write(rows.published(records, folder / "home"), folder / "site")
    return folder / "site"


@pytest.mark.parametrize("place", ["server", "disk"])
def test_any_two_versions_are_compared_with_the_keyboard(browser, thrice, place):
    with served(thrice) as address:
        base = address if place == "server" else thrice.as_uri() + "/"
        context = browser.new_context()
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{base}{addresses.path_of('contributions', 'talk/bus')}index.html")
        page.get_by_role("link", name="compare any two").click()
        status, text = page.get_by_role("status"), page.locator("#compared")
        expect(status).to_have_text("Version 1 to version 3: 1 word taken out, 5 words put in.")
        expect(text.locator("del")).to_have_text(["nine"])
        expect(text.locator("ins")).to_have_text(["eleven", "We ask in vain."])
        expect(page.get_by_text("3 unchanged paragraphs")).to_be_visible()
        page.get_by_label("From").focus()
        page.keyboard.press("ArrowDown")
        expect(status).to_contain_text("Version 2 to version 3")
        expect(page.get_by_role("heading", name="Around the text")).to_be_visible()
        expect(page.locator("dd ins")).to_have_text(["Ana Ruiz"])
        expect(text.locator("del")).to_have_text(["ten, \u202eperhaps</script><b>"])
        page.get_by_label("to", exact=True).select_option("2")
        expect(status).to_contain_text("the words of the text are the same")
        if place == "server":
            page.goto(f"{page.url.partition('?')[0]}?from=3&to=1")
            expect(status).to_contain_text("Version 3 to version 1: 5 words taken out, 1 word put in.")
        assert complaints == []
        context.close()


def test_the_choice_of_versions_has_no_barrier_and_a_way_without_javascript(browser, thrice):
    path = f"{thrice.as_uri()}/{addresses.compare_path('talk/bus')}index.html"
    for width in (1280, 360):
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(path)
        expect(page.locator("#compared ins").first).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_label("From")).to_be_hidden()
    page.get_by_role("link", name="Version 2 to version 3").click()
    expect(page.locator("ins").filter(has_text="eleven")).to_be_visible()
    context.close()


def test_the_keyboard_alone_reaches_the_content(page, address):
    page.goto(address + TEXT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.goto(f"{address}{KINDS['round table']}")
    region = page.get_by_role("region", name="Who answered what")
    region.focus()
    assert region.evaluate("one => one === document.activeElement")


def test_without_javascript_everything_but_search_reads(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="The Long Table on the Night Bus").click()
    page.locator(".matrix").get_by_role("link", name="words").first.click()
    expect(page.locator(".text")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.goto(f"{address}search/index.html?q=bus")
    expect(page.get_by_text("Searching needs JavaScript")).to_be_visible()
    context.close()


def test_an_id_of_old_leads_on(page, address):
    page.goto(address + addresses.path_of("contributions", rows.ALIAS))
    page.wait_for_url(address + TEXT)


def test_paper_has_the_citation_and_where_it_comes_from(page, address):
    page.goto(address + TEXT)
    page.emulate_media(media="print")
    expect(page.locator(".citation__text").first).to_be_visible()
    expect(page.get_by_text("c-later")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy").first).to_be_hidden()

"""What is on the pages, and what is not: links lead somewhere, every page has its policy, everything is escaped."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.warehouse.site import rows
from warehouse.site import addresses, build

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


def html(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text()


def text_page(site: Path, name: str) -> str:
    return html(site, addresses.path_of("contributions", name))


def words(page: str) -> str:
    return " ".join(LexborHTMLParser(page).body.text(separator=" ").split())


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, LexborHTMLParser]:
    return {path.relative_to(site).as_posix(): LexborHTMLParser(path.read_text()) for path in site.rglob("*.html")}


def test_no_link_in_the_whole_site_leads_nowhere(site, parsed):
    anchors = {name: {node.attributes["id"] for node in page.css("[id]")} for name, page in parsed.items()}
    followed = 0
    for name, page in parsed.items():
        for node in page.css("[href], [src], [action], [data-index]"):
            for attribute in ("href", "src", "action", "data-index"):
                target = node.attributes.get(attribute)
                if not target or re.match(r"https?:", target):
                    continue
                parts = urlsplit(urljoin(f"http://site/{name}", target))
                assert parts.netloc == "site", (name, target)
                path = unquote(parts.path).lstrip("/") or name
                assert (site / path).exists(), (name, target)
                assert not parts.fragment or parts.fragment in anchors[path], (name, target)
                followed += 1
    assert followed > 2000


def test_every_page_is_sound(parsed):
    for name, page in parsed.items():
        (policy,) = page.css("meta[http-equiv='Content-Security-Policy']")
        assert policy.attributes["content"].startswith(POLICY), name
        assert not page.css("style, [style], script:not([src]), iframe, img, object, embed, base"), name
        assert not [key for node in page.css("*") for key in node.attributes if key.startswith("on")], name
        assert len(page.css("h1")) == 1, name
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), name


def test_nothing_is_loaded_from_elsewhere(site, parsed):
    for name, page in parsed.items():
        for node in page.css("script, link:not([rel=canonical])"):
            target = node.attributes.get("src") or node.attributes.get("href")
            assert target, name
            assert not urlsplit(target).netloc, (name, target)
    for path in [*site.rglob("*.css"), *site.glob("assets/*.js")]:
        assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|https?:", path.read_text()), path


def test_what_wants_to_be_markup_stays_text(site, parsed):
    for name, page in parsed.items():
        for node in page.css("a[href], form[action], meta[http-equiv=refresh]"):
            target = node.attributes.get("href") or node.attributes.get("action") or ""
            assert not re.match(r"\s*(javascript|data|vbscript):", target, re.IGNORECASE), (name, target)
        assert "alert(" not in "".join(script.text() for script in page.css("script")), name
    for kind in ("contributions", "round-tables", "prompts", "people", "organisations", "publishers"):
        page = html(site, addresses.path_of(kind, rows.HOSTILE))
        assert rows.SCRIPT not in page, kind
        assert rows.SCRIPT in words(page), kind
    page = text_page(site, rows.HOSTILE)
    assert "javascript:alert('to')" in words(page)
    assert "\x07" not in page


def test_of_a_withdrawn_text_only_a_tombstone_is_left_anywhere(site):
    for path in site.rglob("*"):
        if path.is_file():
            assert rows.ONCE_WITHDRAWN.lower() not in path.read_text().lower(), path
    for page in (text_page(site, rows.WITHDRAWN), html(site, addresses.version_path(rows.WITHDRAWN, 1))):
        assert "This text was withdrawn" in words(page)
        assert "the author asked for it" in words(page)
        assert "Ruaridh" not in page


def test_words_that_may_not_be_shown_are_nowhere(site):
    for path in site.rglob("*"):
        if path.is_file():
            assert rows.ONLY_METADATA.lower() not in path.read_text().lower(), path
    assert "may not be shown here" in words(text_page(site, rows.METADATA_ONLY))
    assert "Only an excerpt may be shown" in words(text_page(site, rows.EXCERPT))


def test_each_version_has_its_address_and_says_what_came_after(site):
    plain, first, second = (
        words(text_page(site, rows.REVISED)),
        words(html(site, addresses.version_path(rows.REVISED, 1))),
        words(html(site, addresses.version_path(rows.REVISED, 2))),
    )
    assert "quinquereme" in plain
    assert "quinquereme" in second
    assert "quinquereme" not in first
    assert "This is version 1 of 2" in first
    assert "This is version" not in second + plain
    changes = LexborHTMLParser(html(site, addresses.changes_path(rows.REVISED, 1)))
    assert any("quinquereme" in node.text() for node in changes.css("ins"))
    assert any("nineteen" in node.text() for node in changes.css("del"))
    assert any(node.text() == "15" for node in changes.css("dl ins"))


def test_a_text_shows_every_witness_the_capture_and_its_relations(site, records):
    page = words(text_page(site, rows.REVISED))
    assert "not believed" in words(text_page(site, "night-bus/introduction"))
    assert "c-later" in page
    assert "offset 77" in page
    assert "is commented on by" in page
    assert "is followed up by" in page


def test_a_stance_is_shown_beside_the_text_and_in_the_matrix(site):
    assert "“YES, mostly” yes, on the scale yes no confidence 8" in words(text_page(site, rows.REVISED))
    assert "Stance" not in words(html(site, addresses.version_path(rows.REVISED, 1)))
    assert "YES, mostly" in words(html(site, addresses.path_of("round-tables", "night-bus")))


def test_a_person_shows_their_identifiers_and_what_was_decided(site):
    page = words(html(site, addresses.path_of("people", "night-bus/people/comfort-asabre")))
    assert "A reviewed identity" in page
    assert "0000-0002-1825-0097" in page
    assert "her page gives it" in page
    assert "undone long ago" not in page


def test_an_id_that_is_no_longer_used_leads_on(site):
    page = LexborHTMLParser(text_page(site, rows.ALIAS))
    (refresh,) = page.css("meta[http-equiv=refresh]")
    target = refresh.attributes["content"].split("url=")[1]
    folder = site / addresses.path_of("contributions", rows.ALIAS)
    assert (folder / target).resolve() == (
        site / addresses.path_of("contributions", rows.REVISED) / "index.html"
    ).resolve()


def test_a_text_has_its_language_and_its_direction(site):
    page = LexborHTMLParser(text_page(site, rows.ARABIC))
    (node,) = page.css("div.text")
    assert (node.attributes["lang"], node.attributes["dir"]) == ("ar", "rtl")
    assert "Doubted" in words(page.html)


def test_the_matrix_tells_silence_from_what_is_not_known(site):
    page = LexborHTMLParser(html(site, addresses.path_of("round-tables", "night-bus")))
    lines = {
        row.css_first("th").text(): [cell.text(strip=True) for cell in row.css("td")]
        for row in page.css(".matrix tbody tr")
    }
    assert lines["Parveen Lodhrai & Giles Thackbury"][1] == "silent"
    assert lines["Ruaridh Pennock"][1] == "withdrawn"
    assert lines["Comfort Asabre"][0].startswith("37 words")


def test_the_same_release_makes_the_same_bytes(database, site, tmp_path):
    build.write(database, tmp_path / "again")
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(tmp_path / "again").as_posix() for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    for name in names:
        assert (site / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_the_manifest_names_every_file_with_its_digest(site):
    lines = dict(line.split("  ", 1)[::-1] for line in (site / build.MANIFEST).read_text().splitlines())
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert set(lines) == set(files) - {build.MANIFEST}
    for name, digest in lines.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest

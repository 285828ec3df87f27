"""`roundtable sources`: a landing page is fetched or taken from the captures, proposed, and accepted by a person."""

import json
import tomllib

import pytest

from archive.demo.content import content
from archive.demo.install import install
from archive.demo.site import canonical, pages
from archive.journal import Journal
from archive.model import Fetch, Run
from tests.pipelines.conftest import roundtable
from warehouse import query

LANDING = canonical(content().round_table.path)


@pytest.fixture
def home(tmp_path):
    """A home that knows the magazine, and neither of its round tables."""
    install(tmp_path / "home/curation")
    for path in (tmp_path / "home/curation/register/lamplighter/round_tables").glob("*.toml"):
        path.unlink()
    return tmp_path / "home"


def test_a_landing_page_is_fetched_politely_kept_proposed_accepted_and_ingested(home):
    shown = roundtable("sources", "propose", LANDING, "--home", home)
    assert shown.returncode == 0, shown.stderr
    written = tomllib.loads(shown.stdout)
    assert written["round_table"]["id"] == "night-bus"
    assert [one["url"] for one in written["targets"] if one.get("refused")] == [canonical(content().letters.path)]
    rows = Journal(home / "journal").read(Fetch)
    assert [(row.url, row.outcome) for row in rows] == [
        (canonical("/robots.txt"), "fetched"),
        (LANDING, "fetched"),
    ]
    (run,) = Journal(home / "journal").read(Run)
    assert (run.command, run.due, run.fetched, run.run_id) == ("sources propose", 1, 1, rows[0].run_id)

    # What is held is not asked for again.
    kept = roundtable("sources", "propose", LANDING, "--write", "--home", home)
    assert "sources accept night-bus" in kept.stdout
    assert len(Journal(home / "journal").read(Fetch)) == len(rows)
    waiting = home / "curation/register/lamplighter/proposed/night-bus.toml"
    assert waiting.read_text() == shown.stdout

    # A proposal is shown, and nothing comes of it until a person says so.
    listed = json.loads(roundtable("sources", "--json", "--home", home).stdout)
    (row,) = [row for row in listed if row["source"] == "lamplighter"]
    assert (row["proposed"], row["round_tables"]) == (["night-bus"], [])
    assert roundtable("ingest", "night-bus", "--home", home).returncode == 2

    accepted = roundtable("sources", "accept", "night-bus", "--home", home)
    assert accepted.returncode == 0, accepted.stderr
    assert not waiting.exists()
    ingested = roundtable("ingest", "night-bus", "--home", home)
    assert "7 pages were due: 5 fetched, 1 unchanged, 1 refused" in ingested.stdout, ingested.stderr
    found = query.run(
        home / "roundtable.duckdb",
        "SELECT count(*), count(DISTINCT entry) FROM contributions WHERE round_table_id = 'night-bus'",
    )
    assert found.rows == [(24, 9)]


def test_a_page_that_was_imported_is_not_asked_for(home, tmp_path):
    (tmp_path / "page.html").write_bytes(pages()[content().round_table.path].body)
    url = LANDING.replace("http://www.lamplighter.example", "https://www.opendemocracy.net/en")
    body = (
        (tmp_path / "page.html")
        .read_text()
        .replace("http://www.lamplighter.example/", "https://www.opendemocracy.net/en/")
    )
    (tmp_path / "page.html").write_text(body.replace('href="/long', 'href="/en/long'))
    assert roundtable("import", tmp_path / "page.html", "--url", url, "--home", home).returncode == 0
    # Nobody could be asked: no contact address is set.
    done = roundtable("sources", "propose", f"{url}?saved", "--json", "--home", home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["source"] == "opendemocracy"
    assert found["capture_id"].startswith("c-")
    assert found["origin"].endswith("captured at an unknown time")
    assert len(found["register"]["line_up"]) == 9


def test_a_saved_page_is_proposed_without_a_home_or_a_network(tmp_path):
    install(tmp_path / "home/curation")
    (tmp_path / "page.html").write_bytes(pages()[content().round_table.path].body)
    words = ["sources", "propose", LANDING, "--file", tmp_path / "page.html", "--home", tmp_path / "home"]
    found = json.loads(roundtable(*words, "--json").stdout)
    assert (found["round_table"], found["origin"], found["path"]) == ("night-bus", "the file page.html", None)
    assert found["register"]["round_table"]["announced_people"] == 10
    assert found["series"]["issn"] == "0000-0019"
    assert {
        key: value
        for one in found["witnesses"]
        if one["key"] == "announced_people"
        for key, value in one.items()
        if key != "witness"
    } == {"table": "[round_table]", "key": "announced_people", "value": 10}
    assert not (tmp_path / "home/journal").exists()
    # This one is in the register already.
    refused = roundtable(*words, "--write")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "[registered_already]" in refused.stderr


@pytest.mark.parametrize(
    ("words", "met"),
    [
        (["propose", "https://nobody.example/table/"], "[source_unknown]"),
        (["propose", "no address"], "[url_invalid]"),
        (["propose", canonical(content().letters.path)], "[robots_disallowed]"),
        (["propose", canonical("/no/such/page/")], "[not_found]"),
        (["propose", canonical("/about/")], "[not_a_landing_page]"),
        (["propose", LANDING, "--file", "missing.html"], "[file_missing]"),
        (["propose", "https://www.opendemocracy.net/en/x/"], "[contact_missing]"),
        (["accept", "nobody"], "[proposal_unknown]"),
        (["accept", "../night-bus"], "[proposal_unknown]"),
    ],
)
def test_what_cannot_be_proposed_or_accepted_is_one_line(home, words, met):
    done = roundtable("sources", *words, "--home", home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert met in done.stderr


def test_an_accepted_file_that_does_not_fit_goes_back_and_says_what_is_wrong(home):
    roundtable("sources", "propose", LANDING, "--write", "--home", home)
    waiting = home / "curation/register/lamplighter/proposed/night-bus.toml"
    waiting.write_text(waiting.read_text().replace('series = "long-table"', 'series = "short-table"'))
    done = roundtable("sources", "accept", "night-bus", "--home", home)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'short-table' is not among ['long-table']" in done.stderr
    assert waiting.exists()
    assert roundtable("sources", "--home", home).returncode == 0


def test_a_home_adds_round_tables_to_a_bundled_publisher(tmp_path):
    folder = tmp_path / "home/curation/register/opendemocracy/round_tables"
    folder.mkdir(parents=True)
    (folder / "wells.toml").write_text(
        '[round_table]\nid = "wells"\nseries = "beyond-slavery-debates"\ntitle = "Wells"\nstate = "announced"\n'
    )
    listed = json.loads(roundtable("sources", "--json", "--home", tmp_path / "home").stdout)
    assert listed[0]["round_tables"] == ["future-of-work", "wells"]
    folder.parent.rename(folder.parents[1] / "nobody")
    done = roundtable("sources", "--home", tmp_path / "home")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no source.toml" in done.stderr

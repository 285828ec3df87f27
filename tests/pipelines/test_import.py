"""Real pages, imported: the values of the seed are exact."""

import datetime as dt
import json

import pytest

from tests.pipelines.conftest import roundtable
from warehouse import query

URL = (
    "https://www.opendemocracy.net/en/beyond-trafficking-and-slavery/"
    "what-are-building-blocks-of-effective-transnational-alliance/"
)


def one(home, sql):
    result = query.run(home / "roundtable.duckdb", sql)
    (row,) = result.rows
    return dict(zip(result.columns, row, strict=True))


@pytest.fixture(scope="module")
def seed(shared):
    return next((shared / "seed").glob("*.txt"))


@pytest.fixture(scope="module")
def home(seed, tmp_path_factory):
    home = tmp_path_factory.mktemp("import") / "home"
    done = roundtable("import", seed, "--source", "opendemocracy", "--url", URL, "--home", home)
    assert done.returncode == 0, done.stderr
    return home


def test_the_seed_is_exactly_one_contribution(home, seed):
    found = one(home, "FROM contributions")
    text = seed.read_text()
    expected = {
        "role": "followup",
        "round_table_id": "future-of-work",
        "title": "What are the building blocks of an effective transnational alliance?",
        "kicker": "Beyond Trafficking and Slavery",
        "published_as_printed": "1 March 2019, 4.37pm",
        "published_at": dt.datetime(2019, 3, 1, 16, 37),
        "published_on": dt.date(2019, 3, 1),
        "published_basis": "displayed",
        "published_zone_source": "publisher_default",
        "published_offset_minutes": 0,
        "rights_statement": None,
        "license_uri": None,
        "language": "en",
        "entry": "shawna-bader-blau",
        "url": URL,
    }
    assert {name: found[name] for name in expected} == expected
    start, end = text.index("The Solidarity Center"), text.index("for each other.") + len("for each other.")
    assert found["text"] == text[start:end]
    assert found["standfirst"] == next(line for line in text.splitlines() if line.startswith("On 8 October 2018"))
    assert found["funding_statement"] == next(line for line in text.splitlines() if "Ford Foundation" in line)


def test_the_container_comes_from_the_register_and_the_seed_only_corroborates(home):
    table = one(
        home,
        "SELECT r.title, r.opened_on, s.title AS series FROM round_tables AS r JOIN series AS s USING (series_id)",
    )
    assert table == {
        "title": "BTS Round Table on the Future of Work",
        "opened_on": dt.date(2018, 10, 8),
        "series": "Beyond Slavery Debates & Roundtables",
    }
    witnesses = query.run(
        home / "roundtable.duckdb",
        "SELECT e.witness, e.value, e.chosen, c.record_type FROM evidence AS e JOIN captures AS c USING (capture_id) "
        "WHERE record_id = 'future-of-work' AND field = 'opened_on' ORDER BY chosen DESC",
    ).rows
    assert witnesses == [
        ("register", "2018-10-08", True, "resource"),
        ("running_text", "2018-10-08", False, "resource"),
    ]


def test_the_prompt_is_the_question_in_the_title(home):
    prompt = one(home, "SELECT p.* FROM prompts AS p JOIN contributions USING (prompt_id)")
    assert prompt["text"] == "What are the building blocks of an effective transnational alliance?"
    assert prompt["kind"] == "followup"


def test_the_speaker_is_the_entry_of_the_line_up(home):
    voice = one(home, "SELECT pa.name_as_printed, pe.* FROM participations AS pa JOIN people AS pe USING (person_id)")
    assert {key: voice[key] for key in ("name_as_printed", "given", "family", "sort_name", "status")} == {
        "name_as_printed": "Shawna Bader-Blau",
        "given": "Shawna",
        "family": "Bader-Blau",
        "sort_name": "Bader-Blau, Shawna",
        "status": "provisional",
    }
    entry = one(home, "FROM round_table_participants WHERE name_as_printed = 'Shawna Bader-Blau'")
    assert entry["person_id"] == voice["person_id"]


def test_the_file_is_kept_as_a_resource_whose_time_nobody_knows(home, seed):
    capture = one(home, "SELECT c.* FROM captures AS c JOIN contributions USING (capture_id)")
    assert (capture["record_type"], capture["origin"], capture["status"]) == ("resource", "import", None)
    assert capture["captured_at"] is None
    assert abs((capture["ingested_at"] - dt.datetime.now(dt.UTC).replace(tzinfo=None)).total_seconds()) < 600
    assert capture["payload_bytes"] == seed.stat().st_size


def test_every_printed_value_says_where_it_comes_from(home):
    fields = query.run(
        home / "roundtable.duckdb",
        "SELECT field, any_value(locator) FROM evidence WHERE record_type = 'contributions' AND chosen GROUP BY field",
    ).rows
    assert {
        "title", "standfirst", "kicker", "text", "role", "round_table_id", "prompt_id", "name_as_printed",
        "published_as_printed", "published_at", "published_on", "published_offset_minutes",
        "funding_statement", "language",
    } <= {field for field, _ in fields}  # fmt: skip
    assert dict(fields)["published_as_printed"] == "line 8"


def test_the_eleven_entries_and_twelve_people_are_known(home):
    counts = one(
        home,
        "SELECT count(DISTINCT entry) AS entries, count(*) AS people FROM round_table_participants "
        "WHERE role = 'respondent'",
    )
    assert counts == {"entries": 11, "people": 12}


def test_importing_again_changes_nothing_but_the_runs(home, seed):
    before = one(
        home, "SELECT (SELECT count(*) FROM captures) AS captures, (SELECT any_value(digest) FROM releases) AS digest"
    )
    done = roundtable("import", seed, "--source", "opendemocracy", "--url", URL, "--home", home)
    assert done.returncode == 0
    assert "0 new, 1 already kept" in done.stdout
    after = one(
        home, "SELECT (SELECT count(*) FROM captures) AS captures, (SELECT any_value(digest) FROM releases) AS digest"
    )
    assert after == before


def test_pages_of_no_known_round_table_are_kept_read_and_listed(shared, tmp_path):
    home = tmp_path / "home"
    for name, slug in (("article_2020-11-19_first", "one"), ("article_2021-04-08_newlayout", "two")):
        page = shared / "pages/opendemocracy" / f"{name}.html"
        url = f"https://www.opendemocracy.net/en/digitaliberties/{slug}/"
        done = roundtable("import", page, "--source", "opendemocracy", "--url", url, "--home", home)
        assert done.returncode == 0, done.stderr
        assert "no known round table" in done.stdout
    found = query.run(home / "roundtable.duckdb", "SELECT DISTINCT role, round_table_id FROM contributions").rows
    assert found == [("article", None)]
    listed = json.loads(roundtable("status", "--json", "--home", home).stdout)["without_round_table"]
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("make", "words", "code"),
    [
        (None, ["no/such/file.html", "--url", URL], "file_missing"),
        ("folder", ["{path}", "--url", URL], "folder_without_pages"),
        ("page", ["{path}", "--url", URL, "--source", "nobody"], "source_unknown"),
        ("page", ["{path}", "--url", "https://example.org/x", "--source", "opendemocracy"], "source_unknown"),
        ("page", ["{path}", "--url", "not a url"], "url_invalid"),
        ("page", ["{path}", "--url", "ftp://example.org/x"], "url_invalid"),
        ("two", ["{path}", "--url", URL], "url_of_many"),
        ("empty", ["{path}", "--url", URL], "empty_payload"),
        ("binary", ["{path}", "--url", URL], "not_text"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_line_and_leaves_nothing(tmp_path, make, words, code):
    path = tmp_path / "it.html"
    if make in {"folder", "two"}:
        path.mkdir()
        for name in ("a.html", "b.html") if make == "two" else ():
            (path / name).write_text("<h1>A</h1>")
    elif make:
        path.write_bytes(
            {"page": b"<html><h1>A</h1><p>b</p></html>", "empty": b"", "binary": bytes(range(256)) * 9}[make]
        )
    home = tmp_path / "home"
    done = roundtable("import", *(word.format(path=path) for word in words), "--home", home)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("roundtable: ")
    assert done.stderr.count("\n") == 1
    assert f"[{code}]" in done.stderr
    assert not list((home / "captures").glob("*")) if home.exists() else True


def test_a_page_that_is_no_article_is_kept_and_rejected_with_its_code(tmp_path):
    page = tmp_path / "menu.html"
    page.write_text("<html><body><h1>Menu</h1><p>Soup.</p></body></html>")
    home = tmp_path / "home"
    done = roundtable("import", page, "--url", "https://example.org/menu", "--home", home)
    assert done.returncode == 1
    assert "no_article" in done.stdout
    assert one(home, "SELECT code, url FROM rejections") == {"code": "no_article", "url": "https://example.org/menu"}


def test_a_page_whose_address_nobody_knows_is_placed_by_its_own_words(seed, tmp_path):
    home = tmp_path / "home"
    done = roundtable("import", seed, "--source", "opendemocracy", "--home", home)
    assert done.returncode == 0, done.stderr
    assert "its address is unknown" in done.stdout
    found = one(home, "SELECT contribution_id, role, round_table_id, entry, url FROM contributions")
    assert found["round_table_id"] == "future-of-work"
    assert found["role"] == "followup"
    assert found["entry"] == "shawna-bader-blau"
    assert found["url"].startswith("urn:sha256:")


def test_one_bad_file_of_many_is_a_row_and_the_others_are_read(tmp_path):
    folder = tmp_path / "saved"
    folder.mkdir()
    good = (
        "<html><head><link rel=canonical href='https://example.org/good'></head><body><h1>Good</h1><p>" + "word " * 40
    )
    (folder / "good.html").write_text(good + "</p></body></html>")
    (folder / "bad.html").write_text(
        "<html><head><link rel=canonical href='https://example.org/bad'></head><body></body></html>"
    )
    home = tmp_path / "home"
    done = roundtable("import", folder, "--home", home)
    assert done.returncode == 1
    assert one(home, "SELECT title FROM contributions") == {"title": "Good"}
    assert one(home, "SELECT code FROM rejections") == {"code": "no_article"}

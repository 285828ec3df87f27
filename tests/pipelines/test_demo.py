"""The demonstration, from pages to SQL, as its first user sees it."""

import json
import re
import shutil
import sqlite3
from contextlib import closing

import duckdb
import pytest

from archive.demo.content import content
from archive.demo.earlier import earlier
from archive.demo.site import canonical
from archive.journal import Journal
from archive.model import TABLES, Fetch
from tests.pipelines.conftest import roundtable
from warehouse import query


def rows(home, sql):
    return query.run(home / "roundtable.duckdb", sql).rows


def test_it_says_what_came_what_is_held_and_what_to_type_next(demo):
    _, done = demo
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for words in (
        "1 refused, 0 failed",
        "robots_disallowed",
        "readers-letters",
        "The archive knows of 4 round tables",
        "Who answered what",
        "roundtable.duckdb",
        "roundtable status",
    ):
        assert words in done.stdout, words


def test_every_word_that_was_written_is_in_the_database(demo):
    home, _ = demo
    for number, question in enumerate(content().questions, start=1):
        found = rows(
            home,
            "SELECT c.text, s.names, a.as_printed FROM contributions AS c JOIN speakers AS s USING (contribution_id) "
            "LEFT JOIN affiliations AS a "
            "ON (a.contribution_id, a.version, a.position) = (c.contribution_id, c.version, 1) "
            f"WHERE c.prompt_id = 'night-bus/q{number}' AND c.role = 'response' ORDER BY c.ordinal",
        )
        assert found == [
            ("\n\n".join(answer.paragraphs), ", ".join(answer.entry.names), answer.entry.affiliation)
            for answer in question.answers
        ]
        wordings = dict(rows(home, f"SELECT kind, text FROM prompt_wordings WHERE prompt_id = 'night-bus/q{number}'"))
        assert wordings == {
            "page": question.full,
            "title": question.title,
            "landing": question.short,
            "slug": question.path.rstrip("/").rpartition("/")[2],
        }


def test_people_of_a_joint_entry_are_two_and_a_union_is_no_person(demo):
    home, _ = demo
    assert rows(home, "SELECT count(*) FROM people WHERE name LIKE '%&%'") == [(0,)]
    kinds = dict(
        rows(home, "SELECT name_as_printed, agent_kind FROM participations WHERE contribution_id LIKE 'night-bus/q1/%'")
    )
    assert kinds["Cleaners & Porters’ Mutual Union"] in {"institution", "collective"}
    assert kinds["Giles Thackbury"] == "person"
    names = dict(rows(home, "SELECT name, sort_name FROM people"))
    assert names["Nghiêm Thu Lam"] == "Nghiêm Thu Lam"
    assert names["Philippa Oyelaran-Stead"] == "Oyelaran-Stead, Philippa"
    assert rows(
        home, "SELECT count(DISTINCT person_id) FROM participations WHERE name_as_printed = 'Comfort Asabre'"
    ) == [(1,)]


def test_silence_is_told_only_of_those_who_were_asked(demo):
    home, _ = demo
    assert rows(home, "SELECT prompt_id, names FROM who_answered_what WHERE state = 'silent'") == [
        ("night-bus/q2", "Parveen Lodhrai & Giles Thackbury")
    ]


def test_the_follow_up_is_linked_from_its_inset_and_known_as_a_prompt(demo):
    home, _ = demo
    followup = content().article("followup")
    found = rows(
        home,
        "SELECT r.from_id, r.to_id, p.kind, p.parent_prompt_id, p.text FROM relations AS r "
        "JOIN contributions AS c ON c.contribution_id = r.to_id JOIN prompts AS p ON p.prompt_id = c.prompt_id "
        "WHERE r.type = 'follows_up' AND r.to_kind = 'contribution' AND r.from_id LIKE 'night-bus/%'",
    )
    ((from_id, to_id, kind, parent, text),) = found
    assert from_id == "night-bus/q1/comfort-asabre"
    assert to_id.endswith("/comfort-asabre")
    assert (kind, parent, text) == ("followup", "night-bus/q1", followup.title)
    assert rows(home, f"SELECT role, entry FROM contributions WHERE contribution_id = '{to_id}'") == [
        ("followup", "comfort-asabre")
    ]


def test_no_port_of_the_loopback_server_stands_anywhere(demo):
    home, _ = demo
    connection = duckdb.connect(str(home / "roundtable.duckdb"), read_only=True)
    for name, table in TABLES.items():
        texts = [column.name for column in table.columns if column.type is str]
        for column in texts:
            found = connection.execute(
                f"SELECT {column} FROM {name} "
                f"WHERE regexp_matches({column}, '(localhost|127\\.0\\.0\\.1|\\.example):\\d')"
            ).fetchall()
            assert found == [], (name, column)


def test_every_value_leads_down_to_a_record(demo):
    home, _ = demo
    found = rows(
        home,
        "SELECT witness, value, warc_file, warc_offset FROM "
        "provenance('night-bus/q1/ruaridh-pennock', 'text') WHERE chosen",
    )
    ((witness, value, file, offset),) = found
    assert witness == "visible"
    assert value.startswith("sha256:")
    assert (home / "captures" / file).stat().st_size > offset


def test_run_again_it_changes_no_table_but_captures_fetches_and_runs(demo, tmp_path):
    first, _ = demo
    home = tmp_path / "home"
    shutil.copytree(first, home, symlinks=True)
    before = {name: (home / "tables/current" / f"{name}.parquet").read_bytes() for name in TABLES}
    again = roundtable("demo", "--home", home)
    assert again.returncode == 0, again.stderr
    after = {name: (home / "tables/current" / f"{name}.parquet").read_bytes() for name in TABLES}
    assert {name for name in TABLES if before[name] != after[name]} == {"captures", "fetches", "runs", "visits"}
    assert "Tables that changed: captures, fetches, runs, visits; all others are what they were" in again.stdout
    assert re.search(r"\b0 fetched, \d+ unchanged, 1 refused, 0 failed", again.stdout)


def test_all_but_the_truth_can_be_deleted_and_is_made_again(demo, tmp_path):
    first, _ = demo
    home = tmp_path / "elsewhere"
    home.mkdir()
    for folder in ("captures", "curation", "journal"):
        shutil.copytree(first / folder, home / folder)
    done = roundtable("rebuild", "--home", home)
    assert done.returncode == 0, done.stderr
    for name in TABLES:
        one, other = (folder / "tables/current" / f"{name}.parquet" for folder in (first, home))
        assert one.read_bytes() == other.read_bytes(), name
        differences = f"(FROM a.{name} EXCEPT ALL FROM b.{name}) UNION ALL (FROM b.{name} EXCEPT ALL FROM a.{name})"
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{first / 'roundtable.duckdb'}' AS a (READ_ONLY)")
            connection.execute(f"ATTACH '{home / 'roundtable.duckdb'}' AS b (READ_ONLY)")
            assert connection.execute(differences).fetchall() == [], name


def test_its_run_is_in_the_dagster_instance_of_the_home(demo):
    home, _ = demo
    with closing(sqlite3.connect(home / "dagster/history/runs.db")) as connection:
        assert connection.execute("SELECT pipeline_name, status FROM runs").fetchall() == [("ingest", "SUCCESS")]


def test_every_attempt_is_in_the_journal_with_its_outcome(demo):
    home, _ = demo
    kept = Journal(home / "journal").read(Fetch)
    assert {row.outcome for row in kept} == {"fetched", "redirected", "robots_disallowed"}
    assert [row.planned for row in kept if row.outcome == "robots_disallowed"] == [True]


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_sql_prints_every_form(demo, form):
    home, _ = demo
    done = roundtable("sql", "SELECT 1 AS one, 'ü' AS u", "--format", form, "--home", home)
    assert done.returncode == 0
    if form == "json":
        assert json.loads(done.stdout) == [{"one": 1, "u": "ü"}]
    else:
        assert "one" in done.stdout
        assert "ü" in done.stdout


def test_status_tells_of_what_only_warns(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    with duckdb.connect(str(home / "roundtable.duckdb")) as connection:
        connection.execute("UPDATE round_tables SET announced_entries = 12 WHERE round_table_id = 'night-bus'")
    (warning,) = json.loads(roundtable("status", "--json", "--home", home).stdout)["warnings"]
    assert (warning["warning"], warning["rows"]) == ("announced_is_found", 1)
    assert "announced_entries 12, entries 9" in warning["first"]
    assert "What only warns" in roundtable("status", "--home", home).stdout


def test_status_tells_how_far_each_address_got(demo):
    home, _ = demo
    done = roundtable("status", "--json", "--home", home)
    found = json.loads(done.stdout)
    statuses = {row["status"]: row["addresses"] for row in found["targets"] if row["round_table"] == "night-bus"}
    assert statuses["refused"] == 1
    assert found["round_tables"][0]["contributions"] > 0


def test_a_corrected_answer_has_two_versions_and_the_days_between_them_have_the_first(demo):
    home, _ = demo
    (answer,) = [one for question in content().questions for one in question.answers if one.correction]
    versions = rows(home, "SELECT contribution_id FROM contribution_versions WHERE version > 1 ORDER BY 1")
    changed = "night-bus/q1/wietske-van-der-houtkamp"
    assert versions == [("market-clock/leave-the-clock-wrong",), (changed,)]
    texts = dict(rows(home, f"SELECT version, text FROM contribution_versions WHERE contribution_id = '{changed}'"))
    assert texts == {1: "\n\n".join(answer.first_printed), 2: "\n\n".join(answer.paragraphs)}
    assert rows(home, f"SELECT version FROM as_of(DATE '2024-05-31') WHERE contribution_id = '{changed}'") == [(1,)]
    assert rows(home, f"SELECT version FROM as_of(DATE '2024-05-01') WHERE contribution_id = '{changed}'") == []


def test_a_page_that_moved_has_one_id_and_both_addresses(demo):
    home, _ = demo
    found = rows(home, "SELECT contribution_id, url FROM manifestations WHERE url LIKE '%leave-the-clock-wrong%'")
    assert {name for name, _ in found} == {"market-clock/leave-the-clock-wrong"}
    assert len({url for _, url in found}) == 2
    assert rows(home, "SELECT status FROM target_status WHERE url LIKE '%leave-the-clock-wrong%'") == [("captured",)]


def test_the_closing_reply_is_a_rejoinder_to_each_whom_it_names(demo):
    home, _ = demo
    reply = "market-clock/i-have-set-it-once"
    assert rows(home, f"SELECT role FROM contributions WHERE contribution_id = '{reply}'") == [("rejoinder",)]
    named = rows(home, f"SELECT to_as_printed FROM relations WHERE from_id = '{reply}' ORDER BY relation_id")
    assert [name for (name,) in named] == ["Harrowgill", "Stallard-Hythe", "Yewande Pellinor", "Marguerite Osei-Lund"]


def test_the_day_of_the_move_is_doubted_on_every_page_that_shows_it(demo):
    home, _ = demo
    found = rows(home, "SELECT url, published_on::VARCHAR FROM contributions WHERE published_doubt = 'migration'")
    moved = [page for page in earlier().all_pages if page.printed.startswith("1 March 2019")]
    assert sorted(found) == sorted((canonical(page.path), "2019-03-01") for page in moved)
    best = rows(home, "SELECT published_on::VARCHAR FROM best_dates WHERE contribution_id LIKE 'market-clock/leave-%'")
    assert best == [("2017-11-06",)]

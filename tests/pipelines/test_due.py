"""Ingestion by the agenda: what is due is fetched, what failed is told and tried again, what is absent is a failure."""

import datetime as dt
import json
from dataclasses import replace

import dagster as dg
import pytest

from archive.demo.content import content
from archive.demo.site import pages
from archive.home import Home
from archive.journal import Journal
from archive.model import Fetch, Run, Visit
from pipelines import asset_checks, heartbeat, ingest, schedules, steps, visits
from pipelines.opened import OpenedHome
from tests.pipelines.by_name import magazine_in, reached, typed
from warehouse import query

HOUR = dt.timedelta(hours=1)
ARTICLE = content().article("response").path


@pytest.fixture
def later(monkeypatch):
    """A clock that can be put forward."""
    passed = [dt.timedelta(0)]
    real = steps.now

    def now():
        return real() + passed[0]

    for module in (steps, ingest):
        monkeypatch.setattr(module, "now", now)

    def put_forward(time):
        passed[0] += time

    return put_forward


def visited(home):
    columns = "round_table_id, outcome, due, new, changed, unchanged, refused, failed, note"
    return query.run(home / "roundtable.duckdb", f"SELECT {columns} FROM visits ORDER BY began_at, 1").rows


def test_what_is_due_is_fetched_and_then_nothing_is_due_for_its_period(tmp_path, monkeypatch, capsys, later):
    home = magazine_in(tmp_path / "home")
    due = ("ingest", "--due", "long-table", "--home", home)
    with reached(monkeypatch):
        assert typed(capsys, *due)[0] == 0
        assert visited(home) == [
            ("market-clock", "succeeded", 9, 9, 0, 0, 0, 0, None),
            ("night-bus", "succeeded", 7, 6, 0, 0, 1, 0, None),
            ("stairwell", "succeeded", 5, 5, 0, 0, 0, 0, None),
        ]
        code, said = typed(capsys, *due)
        assert (code, said.startswith("Nothing is due; the next round table is due ")) == (0, True)
        later(dt.timedelta(days=8))
        # The open-ended one is due every week, the complete one every month.
        assert typed(capsys, *due)[0] == 0
    assert visited(home)[3:] == [("stairwell", "succeeded", 5, 0, 0, 5, 0, 0, None)]


def test_a_page_that_is_gone_makes_the_visit_fail_and_status_says_so(tmp_path, monkeypatch, capsys, later):
    home = magazine_in(tmp_path / "home")
    site = dict(pages())
    with reached(monkeypatch, site=site):
        assert typed(capsys, "ingest", "night-bus", "--home", home)[0] == 0
        del site[ARTICLE]
        later(dt.timedelta(days=31))
        assert typed(capsys, "ingest", "--due", "night-bus", "--home", home)[0] == 1
        assert visited(home)[-1] == ("night-bus", "failed", 7, 0, 0, 5, 1, 1, "1 × not_found")
        code, said = typed(capsys, "status", "--home", home)
        assert code == 1
        assert "night-bus: 1 × not_found" in said
        # Not at once, but within the hour.
        assert "Nothing is due" in typed(capsys, "ingest", "--due", "night-bus", "--home", home)[1]
        later(HOUR)
        assert typed(capsys, "ingest", "--due", "night-bus", "--home", home)[0] == 1
        site[ARTICLE] = pages()[ARTICLE]
        later(2 * HOUR)
        assert typed(capsys, "ingest", "--due", "night-bus", "--home", home)[0] == 0
    assert json.loads(typed(capsys, "status", "--json", "--home", home)[1])["failed_visits"] == []


def test_a_redirect_that_leads_to_nothing_is_no_success(tmp_path):
    opened = OpenedHome(Home.at(tmp_path / "home").prepare())
    visit = Visit(
        run_id="r", round_table_id="t", series_id="s", publisher_id="p", began_at=steps.now(), outcome="begun"
    )  # fmt: skip
    rows = [
        Fetch(url="http://m.example/a", attempted_at=steps.now(), outcome=outcome, kind=kind, run_id="r")
        for outcome, kind in (("redirected", "fetched"),)
    ]
    due = {"http://m.example/a": "t", "http://m.example/never-tried": "t", "http://m.example/other": "another"}
    (ended,) = visits.ended([visit], due, rows, opened.store, steps.now())
    assert (ended.outcome, ended.due, ended.failed) == ("failed", 2, 1)
    assert ended.note == "1 × absent"


def test_the_budget_of_a_run_is_shared_and_what_is_left_is_due_again(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    (home / "config.toml").write_text((home / "config.toml").read_text() + "requests_per_run = 9\n")
    with reached(monkeypatch):
        assert typed(capsys, "ingest", "--due", "long-table", "--home", home)[0] == 1
    assert sum(row.outcome != "stopped" for row in Journal(home / "journal").read(Fetch)) <= 10
    assert {row[1] for row in visited(home)} == {"failed"}
    assert all("stopped" in row[-1] for row in visited(home))


def other_table_in(home):
    """A second publisher of a home, with one round table of one page."""
    folder = home / "curation/register/other"
    (folder / "round_tables").mkdir(parents=True)
    (folder / "source.toml").write_text(
        '[publisher]\nid = "other"\nname = "Other"\nurl = "http://other.example/"\nhosts = ["other.example"]\n'
        'zone = "Europe/London"\nlanguage = "en"\nday_first = true\nquery_is_noise = true\n'
        '[[series]]\nid = "others"\ntitle = "Others"\nlanguage = "en"\nurl = "http://other.example/"\n'
    )
    (folder / "round_tables/elsewhere.toml").write_text(
        '[round_table]\nid = "elsewhere"\nseries = "others"\ntitle = "Other"\nstate = "complete"\n'
        'url = "http://other.example/"\n[[targets]]\nurl = "http://other.example/page/"\nrole = "response"\n'
    )


def test_whose_turn_never_comes_stands_in_the_report_and_is_due_before_all_that_was_asked(
    tmp_path, monkeypatch, capsys
):
    home = magazine_in(tmp_path / "home")
    other_table_in(home)
    (home / "config.toml").write_text((home / "config.toml").read_text() + "requests_per_run = 2\n")
    with reached(monkeypatch):
        code, said = typed(capsys, "ingest", "lamplighter", "other", "--home", home)
        assert code == 1, said
    assert visited(home)[-1] == ("elsewhere", "failed", 1, 0, 0, 0, 0, 1, "1 × stopped")
    lines = query.run(home / "roundtable.duckdb", "FROM run_report_lines WHERE round_table_id = 'elsewhere'").dicts()
    assert [(one["what"], one["code"]) for one in lines] == [("failed", "stopped")]
    assert query.run(home / "roundtable.duckdb", "SELECT due - failed, refused FROM run_reports").rows == [(1, 1)]
    code, said = typed(capsys, "status", "--home", home)
    assert (code, "elsewhere: 1 × stopped" in said) == (1, True)
    due = [table.id for table in visits.plan(OpenedHome(Home.at(home)), steps.now()).due()]
    assert due.index("elsewhere") < due.index("night-bus")


def absent(home):
    """What the check says that the last run did not have."""
    run_id = Journal(home / "journal").read(Run)[-1].run_id
    rows = asset_checks.nothing_absent(home / "roundtable.duckdb", run_id).metadata.get("rows")
    cells = [line.split(" | ") for line in rows.value.splitlines()[4:]] if rows else []
    return [(what, code) for _, what, code, _ in cells]


def test_an_answer_without_content_is_a_page_that_was_not_had(tmp_path, monkeypatch, capsys, later):
    home = magazine_in(tmp_path / "home")
    site = dict(pages())
    site[ARTICLE] = replace(site[ARTICLE], body=b"")
    with reached(monkeypatch, site=site):
        for _ in range(2):
            # What confirms an empty answer is as empty.
            assert typed(capsys, "ingest", "night-bus", "--home", home)[0] == 1
            assert visited(home)[-1][-2:] == (1, "1 × empty")
            assert absent(home) == [("failed", "empty")]
            later(2 * HOUR)
        # One without words is had, and nothing can be read in it.
        site[ARTICLE] = replace(pages()[ARTICLE], body=b"<html><title>Soon</title><body></body></html>")
        assert typed(capsys, "ingest", "--due", "night-bus", "--home", home)[0] == 0
        assert absent(home) == [("rejected", "no_article")]
        assert typed(capsys, "status", "--home", home)[0] == 1
        site[ARTICLE] = pages()[ARTICLE]
        assert typed(capsys, "ingest", "night-bus", "--home", home)[0] == 0
        assert absent(home) == []
    assert visited(home)[-1][1] == "succeeded"


def test_that_a_host_has_no_robots_txt_is_no_line_of_the_report(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    site = {path: page for path, page in pages().items() if path != "/robots.txt"}
    with reached(monkeypatch, site=site):
        assert typed(capsys, "ingest", "market-clock", "--home", home)[0] == 0
        # A page of it is reached by a redirect, and had as well as any.
        assert typed(capsys, "status", "--home", home)[0] == 0
    assert query.run(home / "roundtable.duckdb", "FROM run_report_lines WHERE what = 'failed'").rows == []
    found = query.run(home / "roundtable.duckdb", "FROM target_status WHERE round_table_id = 'market-clock'").dicts()
    assert {one["status"] for one in found} == {"captured"}
    assert "redirected" in {one["last_outcome"] for one in found}


def test_a_run_that_is_cut_off_leaves_a_trace_and_is_due_at_once(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    with reached(monkeypatch), monkeypatch.context() as broken:
        broken.setattr(ingest.Round, "step", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ingest.harvest_sources(
                OpenedHome(Home.at(home).prepare()), ["night-bus"], run_id="r", command="ingest", say=lambda _: None
            )
    plan = visits.plan(OpenedHome(Home.at(home)), steps.now())
    (entry,) = [one for one in plan.entries if one.table.id == "night-bus"]
    assert entry.last.outcome == "begun"
    assert [table.id for table in plan.due_among(["night-bus"])] == ["night-bus"]
    assert plan.why(entry) == entry.as_dict(plan.now)["note"] == "the last visit was cut off, or is going on"


def test_the_schedule_asks_for_one_run_or_says_why_not_and_notes_that_it_looked(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    Home.at(home).prepare()
    instance = dg.DagsterInstance.ephemeral()
    asked = schedules.look(Home.at(home), instance)
    assert instance.get_dynamic_partitions("series") == ["beyond-slavery-debates", "long-table"]
    assert isinstance(asked, dg.RunRequest)
    assert asked.run_config["ops"]["captures"]["config"]["due"]
    with reached(monkeypatch):
        assert typed(capsys, "ingest", "long-table", "--home", home)[0] == 0
    (home / "config.toml").write_text("")
    for path in (home / "curation/register/lamplighter").rglob("source.toml"):
        path.write_text(path.read_text().replace("[publisher]\n", "[publisher]\nbundled = true\n"))
    skipped = schedules.look(Home.at(home), instance)
    # Without a contact address a publisher on the web cannot be asked.
    assert instance.get_dynamic_partitions("series") == ["long-table"]
    instance.dispose()
    assert isinstance(skipped, dg.SkipReason)
    assert skipped.skip_message.startswith("nothing is due before ")
    beat = heartbeat.last(Home.at(home))
    assert (beat.due, beat.is_stale(steps.now()), beat.is_stale(steps.now() + 4 * HOUR)) == (0, False, True)


def test_what_is_due_cannot_be_asked_of_a_web_archive(tmp_path, capsys):
    code, said = typed(capsys, "ingest", "--due", "--from-wayback", "--home", tmp_path / "home")
    assert (code, said.count("\n")) == (2, 1)
    assert "[options_apart]" in said

"""Checks beside those in SQL: each passes on a sound home and names the rows on one that is not."""

import datetime as dt
import shutil

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from archive.home import Home
from archive.model import Visit
from pipelines import asset_checks, steps, visits
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome


@pytest.fixture
def opened(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    return OpenedHome(Home.at(home))


def current(opened):
    return (opened.home.tables / "current").resolve()


def shown(result):
    return result.metadata["rows"].value if "rows" in result.metadata else ""


def test_on_the_demonstration_all_of_them_pass(opened):
    release = current(opened)
    results = [
        asset_checks.series_continue(visits.plan(opened, steps.now())),
        asset_checks.fixity(opened.home.captures, dt.date(2026, 1, 1)),
        asset_checks.readers({"no_article": 3}),
        asset_checks.rows_as_before(release, release),
        asset_checks.fill_as_before(release, None),
        asset_checks.release_is_sealed(release),
        asset_checks.database_answers(opened),
        asset_checks.nothing_absent(opened.home.database, opened.journal.read(Visit)[0].run_id),
    ]
    assert [result.check_name for result in results if not result.passed] == []
    declared = {key.name for key in build_definitions().resolve_asset_graph().asset_check_keys}
    assert {result.check_name for result in results} <= declared
    assert set(asset_checks.DESCRIPTIONS) == {result.check_name for result in results}


def test_a_series_that_is_overdue_is_named_with_the_reason(opened):
    plan = visits.plan(opened, steps.now() + dt.timedelta(days=60))
    result = asset_checks.series_continue(plan)
    assert not result.passed
    assert "| long-table | night-bus | overdue |" in shown(result)
    assert "contact_missing" in shown(result)


def test_a_flipped_bit_is_found_on_the_day_of_its_file(opened):
    (warc,) = opened.home.captures.glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 1
    warc.write_bytes(content)
    for day in (dt.date(2026, 1, 1), dt.date(2026, 1, 2)):
        result = asset_checks.fixity(opened.home.captures, day)
        assert not result.passed
        assert warc.name in shown(result)


def test_all_files_have_their_turn(tmp_path):
    names = [f"{number:03}.warc.gz" for number in range(70)]
    for name in names:
        (tmp_path / f"{name}.jsonl").write_bytes(b"")
        (tmp_path / name).write_bytes(b"x")
    seen = [
        {finding.file for finding in asset_checks.verify.sample(tmp_path, day, asset_checks.SAMPLES).findings}
        for day in range(1000, 1000 + asset_checks.SAMPLES)
    ]
    assert set().union(*seen) == set(names)
    assert max(map(len, seen)) == 3


def test_a_table_that_shrinks_and_a_field_that_empties_are_named(opened, tmp_path):
    release, candidate = current(opened), tmp_path / "candidate"
    shutil.copytree(release, candidate)
    rows = pq.read_table(release / "contributions.parquet")
    title = pc.if_else(pc.equal(rows["role"], "response"), "", rows["title"])
    fewer = rows.set_column(rows.column_names.index("title"), "title", title).slice(0, 20)
    pq.write_table(fewer, candidate / "contributions.parquet")
    assert "| contributions | 41 | 20 |" in shown(asset_checks.rows_as_before(candidate, release))
    result = asset_checks.fill_as_before(candidate, release)
    assert "| title |" in shown(result)
    assert "| url |" not in shown(result)


def test_a_reader_that_failed_is_an_error():
    result = asset_checks.readers({"reader_failed": 2, "no_article": 1})
    assert not result.passed
    assert "| reader_failed | 2 |" in shown(result)


def test_a_release_that_is_not_what_it_was_and_a_database_of_another_are_told(opened):
    path = current(opened) / "people.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    assert not asset_checks.release_is_sealed(current(opened)).passed
    result = asset_checks.database_answers(opened)
    assert "people" in shown(result)

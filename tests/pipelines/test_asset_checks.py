"""Checks beside those in SQL: each passes on a sound home and names the rows on one that is not."""

import datetime as dt
import shutil

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from archive.home import Home
from archive.model import Event, Run, Visit
from pipelines import alerts, asset_checks, attention, keeping, steps, visits
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome
from tests.pipelines.conftest import roundtable
from warehouse import losses


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
        asset_checks.fixity(opened, dt.datetime(2026, 1, 1)),
        asset_checks.no_drift([]),
        asset_checks.sql(losses.CHECK, None, is_warning=False, is_repeated=True),
        asset_checks.readers({"no_article": 3}),
        *asset_checks.as_before(release, release),
        *asset_checks.as_before(release, None),
        asset_checks.release_is_sealed(release),
        asset_checks.database_answers(opened),
        asset_checks.nothing_absent(opened.home.database, opened.journal.read(Visit)[0].run_id),
        asset_checks.product_is_whole({"archive.bib": 1}),
    ]
    assert [result.check_name for result in results if not result.passed] == []
    assert {result.metadata[asset_checks.AMISS].value for result in results} == {0}
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
    for day in (dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 2)):
        result = asset_checks.fixity(opened, day)
        assert not result.passed
        assert warc.name in shown(result)


def test_damage_that_the_sample_found_stands_until_the_file_is_whole_again(opened):
    (warc,) = opened.home.captures.glob("*.warc.gz")
    whole = warc.read_bytes()
    warc.write_bytes(whole[:-9] + b"x" + whole[-8:])
    for _ in range(2):
        assert not asset_checks.fixity(opened, steps.now()).passed
    plan = visits.plan(opened, steps.now())
    (line,) = attention.lines(opened, plan)
    assert line.startswith(f"damaged: captures/{warc.name} (capture_damaged, in a sample, at byte ")
    assert alerts.of_state([line]).subject == "1 × damaged"
    # It is noted once, however often it is found.
    assert [event.object for event in opened.journal.read(Event)].count(f"captures/{warc.name}") == 1
    code, said = typed_status(opened)
    assert (code, line in said) == (1, True)
    warc.write_bytes(whole)
    assert asset_checks.fixity(opened, steps.now()).passed
    assert attention.lines(opened, plan) == []
    assert typed_status(opened)[0] == 0


def test_what_a_look_at_everything_found_is_not_taken_back_by_a_sample(opened):
    (manifest,) = opened.home.captures.glob("*.warc.gz.jsonl")
    whole = manifest.read_bytes()
    # Lines that are gone leave a manifest that is sound in itself.
    manifest.write_bytes(b"".join(whole.splitlines(keepends=True)[:-2]))
    keeping.note(opened.home, keeping.verify(opened.home), steps.now())
    asset_checks.fixity(opened, steps.now())
    plan = visits.plan(opened, steps.now())
    assert f"damaged: captures/{manifest.name}" in {line.partition(" (")[0] for line in attention.lines(opened, plan)}
    manifest.write_bytes(whole)
    keeping.note(opened.home, keeping.verify(opened.home), steps.now())
    assert attention.lines(opened, plan) == []


def typed_status(opened):
    done = roundtable("status", "--home", opened.home.root)
    return done.returncode, done.stdout


def test_what_was_brought_in_and_is_not_published_is_told_unless_a_run_is_going_on(opened):
    started = steps.now()
    run = Run(run_id="r", command="ingest --due", started_at=started, ended_at=started, due=0, fetched=0, unchanged=0,
              refused=0, failed=0)  # fmt: skip
    opened.journal.append(run)
    plan = visits.plan(opened, started)
    (line,) = attention.lines(opened, plan)
    assert line.startswith("not published: 1 × ingest")
    with opened.home.writing():
        assert attention.lines(opened, plan) == []


def test_a_database_that_cannot_be_asked_is_a_matter_like_others(opened):
    opened.home.database.write_bytes(b"no database")
    (line,) = attention.lines(opened, visits.plan(opened, steps.now()))
    assert line.startswith("the database cannot be asked: ")


def test_all_files_have_their_turn(tmp_path):
    names = [f"{number:03}.warc.gz" for number in range(70)]
    for name in names:
        (tmp_path / f"{name}.jsonl").write_bytes(b"")
    seen = [
        set(asset_checks.verify.sampled(tmp_path, day, asset_checks.SAMPLES))
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
    rows, fill = asset_checks.as_before(candidate, release)
    assert "| contributions | 41 | 20 |" in shown(rows)
    assert "| title |" in shown(fill)
    assert "| url |" not in shown(fill)


def test_a_damaged_release_is_told_and_nothing_is_held_against_it(opened, tmp_path):
    candidate = tmp_path / "candidate"
    shutil.copytree(current(opened), candidate)
    path = current(opened) / "contributions.parquet"
    pq.write_table(pq.read_table(path).slice(0, 20), path)
    for result in asset_checks.as_before(candidate, current(opened)):
        assert "is damaged" in shown(result)
        assert result.metadata[asset_checks.AMISS].value == 1


def test_a_file_of_a_product_that_is_empty_is_an_error():
    assert "| archive.ris | 0 |" in shown(asset_checks.product_is_whole({"archive.bib": 7, "archive.ris": 0}))


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

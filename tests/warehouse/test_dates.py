"""The views of dates: the best that is known, and what is doubted."""

import datetime as dt

import duckdb
import pytest

from archive.demo.site import canonical, pages
from tests import made
from tests.discussion.test_doubts import MOVED, older, page
from warehouse import parquet, publish


def published(readings, folder):
    written = parquet.write(made.records(readings), folder, [], now=made.AT, code_version="test")
    assert publish.failures(written.folder) == []
    connection = duckdb.connect()
    publish.load(connection, written.folder)
    return connection


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    readings = [page(number) for number in range(10)] + [older(number) for number in range(6)]
    with published(readings, tmp_path_factory.mktemp("tables")) as connection:
        yield connection


def test_the_best_date_of_a_moved_page_is_that_of_an_older_copy_and_without_one_there_is_none(loaded):
    found = loaded.execute("SELECT published_on, version, is_current FROM best_dates").fetchall()
    assert found == [(dt.date(2024, 2, 27), 1, False)] * 6


def test_doubted_dates_show_every_witness(loaded):
    found = loaded.execute("SELECT DISTINCT doubt, published_on FROM doubted_dates").fetchall()
    assert found == [("migration", MOVED)]
    witnesses = loaded.execute("SELECT DISTINCT witness FROM doubted_dates WHERE says IS NOT NULL ORDER BY 1")
    assert ("json_ld",) in witnesses.fetchall()


def test_what_contradicts_a_date_is_kept_with_its_witness_and_what_agrees_is_not(tmp_path):
    (followup,) = [path for path, one in pages().items() if b"On 3 October 2016 we opened" in one.body]
    late = pages()[followup].body.replace(b"On 3 October 2016 we opened", b"On 8 October 2016 we opened")
    readings = [
        page(1), page(2, dt.date(2024, 5, 20), stated=dt.date(2024, 5, 23)), made.reading(canonical(followup), late),
    ]  # fmt: skip
    with published(readings, tmp_path) as connection:
        found = connection.execute(
            "SELECT DISTINCT record_type, field, believed, contradicted_by, witness, days_apart "
            "FROM contradicting_dates WHERE url IS NOT NULL ORDER BY ALL"
        ).fetchall()
    shown, stated = dt.date(2024, 5, 20), dt.date(2024, 5, 23)
    assert [row for row in found if row[0] == "contributions"] == [
        ("contributions", "published_on", shown, stated, witness, 3) for witness in ("json_ld", "time_element")
    ]
    assert [row for row in found if row[0] == "round_tables"] == [
        ("round_tables", "opened_on", dt.date(2016, 10, 3), dt.date(2016, 10, 8), "running_text", 5)
    ]

"""The views of dates: the best that is known, and what is doubted."""

import datetime as dt

import duckdb
import pytest

from tests import made
from tests.discussion.test_doubts import MOVED, older, page
from warehouse import parquet, publish


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    readings = [page(number) for number in range(10)] + [older(number) for number in range(6)]
    written = parquet.write(
        made.records(readings), tmp_path_factory.mktemp("tables"), [], now=made.AT, code_version="test"
    )
    assert publish.failures(written.folder) == []
    with duckdb.connect() as connection:
        publish.load(connection, written.folder)
        yield connection


def test_the_best_date_of_a_moved_page_is_that_of_an_older_copy_and_without_one_there_is_none(loaded):
    found = loaded.execute("SELECT published_on, version, is_current FROM best_dates").fetchall()
    assert found == [(dt.date(2019, 2, 27), 1, False)] * 6


def test_doubted_dates_show_every_witness(loaded):
    found = loaded.execute("SELECT DISTINCT doubt, published_on FROM doubted_dates").fetchall()
    assert found == [("migration", MOVED)]
    witnesses = loaded.execute("SELECT DISTINCT witness FROM doubted_dates WHERE says IS NOT NULL ORDER BY 1")
    assert ("json_ld",) in witnesses.fetchall()

"""Rows are made a portion at a time: how large it is changes no row, and what is written depends on the rows alone."""

import datetime as dt
import random

import pytest

from archive import build
from archive.discussion.curation import Curation
from archive.discussion.ids import Ids
from archive.discussion.pages import HeldReadings
from archive.discussion.withdrawals import Decision, Withdrawals
from archive.model import TABLES, Contribution
from tests import made
from tests.discussion.invented import article, question, register, seen, text
from warehouse import parquet, release_folder

NOW = dt.datetime(2026, 1, 2)
GONE = "night-bus/q1/comfort-asabre"
CURATION = Curation(withdrawals=Withdrawals((Decision(GONE, "withdraw", "asked for", NOW),)))


@pytest.fixture(scope="module")
def whole():
    return made.records(made.demo_readings(), curation=CURATION).by_table()


@pytest.mark.parametrize("size", [1, 3, 10])
def test_the_size_of_a_portion_changes_no_row(whole, monkeypatch, size):
    monkeypatch.setattr(build, "_PORTION", size)
    assert made.records(made.demo_readings(), curation=CURATION).by_table() == whole


def written(readings, folder, known):
    folder.mkdir()
    captures = [one.capture for one in readings]
    parts = build.parts(HeldReadings(readings), known, Ids(), captures=captures)
    return parquet.write(parts, folder, [], now=NOW, code_version="test").folder


def test_parts_that_are_written_as_they_come_make_the_same_bytes_whatever_the_order_of_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_PORTION", 2)
    monkeypatch.setattr(parquet, "_GROUP", 3)
    known = register((("/q1", "question", "q1"), ("/anna", "response", "q2")))
    readings = [
        seen(
            "/q1", question({name: text(name) for name in ("Anna Lindqvist", "Bo Karlsen", "Cyra Dahlmann")}), 0, known
        ),
        seen("/anna", article("Anna Lindqvist", text("a")), 1, known),
        seen("/bo", article("Bo Karlsen", text("b")), 2, known),
    ]
    first = written(readings, tmp_path / "first", known)
    second = written(random.sample(readings, len(readings)), tmp_path / "second", known)
    for name in TABLES:
        assert (first / f"{name}.parquet").read_bytes() == (second / f"{name}.parquet").read_bytes(), name
    assert [row.contribution_id for row in release_folder.rows_of(first, Contribution)] == [
        "bridge/q1/anna-lind", "bridge/q1/bo-karl", "bridge/q1/cy-dahl", "bridge/q2/anna-lind", "gazette/bo",
    ]  # fmt: skip


def test_each_page_is_asked_for_once_more_to_make_rows_of_it():
    asked = []

    class Counted(HeldReadings):
        def again(self, captures):
            for reading in super().again(captures):
                asked.append(reading.capture.capture_id)
                yield reading

    readings = made.demo_readings()
    list(build.parts(Counted(readings), made.REGISTER, Ids(), captures=[one.capture for one in readings]))
    assert sorted(asked) == sorted(one.capture.capture_id for one in readings)

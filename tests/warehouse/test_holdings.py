"""Announced and found: what a round table said of itself, what was found, and what is known but not captured."""

import datetime as dt

import pytest

from tests import made
from tests.discussion.invented import PEOPLE, question, records, register, seen, text
from warehouse import parquet, publish, query

NAMES = list(PEOPLE.values())


def published(rows, folder):
    (folder / "tables").mkdir()
    written = parquet.write(rows, folder / "tables", [], now=dt.datetime(2026, 1, 2), code_version="test")
    publish.publish(written.folder, folder / "roundtable.duckdb")
    return folder / "roundtable.duckdb"


def one(database, sql):
    found = query.run(database, sql)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "cut"])
def test_somebody_is_silent_only_on_a_page_that_was_captured_whole(tmp_path, broken):
    known = register((("/q1", "question", "q1"), ("/never", "response", None)))
    page = question({name: text(name) for name in NAMES[:3]})
    rows = records([seen("/q1", page.replace(b"</body></html>", b"") if broken else page, known=known)], known)
    database = published(rows, tmp_path)
    silent = [row["entry"] for row in one(database, "FROM silences WHERE round_table_id = 'bridge'")]
    assert silent == ([] if broken else ["dora-ek"])
    states = {row["state"] for row in one(database, "FROM who_answered_what WHERE prompt_id = 'bridge/q2'")}
    assert states == {"unknown"}
    (told,) = one(database, "FROM round_table_holdings WHERE round_table_id = 'bridge'")
    expected = {"entries": 4, "people": 4, "entries_heard": 3, "answers": 3, "questions": 2, "known_addresses": 2}
    assert {name: told[name] for name in expected} == expected
    assert (told["questions_captured_whole"], told["not_captured"]) == (0 if broken else 1, 1)
    assert told["differs_from_announcement"] is False


def test_an_announcement_that_its_line_up_does_not_bear_out_is_told(tmp_path):
    known = register((("/q1", "question", "q1"),), announced=10)
    rows = records([seen("/q1", question({name: text(name) for name in NAMES}), known=known)], known)
    (told,) = one(published(rows, tmp_path), "FROM round_table_holdings WHERE round_table_id = 'bridge'")
    assert (told["announced_people"], told["people"], told["differs_from_announcement"]) == (10, 4, True)


def test_the_demonstration_found_what_it_announced(tmp_path):
    database = published(made.records(made.demo_readings()), tmp_path)
    (told,) = one(database, "FROM round_table_holdings WHERE round_table_id = 'night-bus'")
    assert (told["announced_people"], told["people"], told["organisations"]) == (10, 10, 1)
    assert (told["announced_entries"], told["entries"], told["entries_heard"]) == (9, 9, 9)
    # Ten people and one trade union take part: that is what was announced.
    assert told["differs_from_announcement"] is False

"""An id that became another one's alias goes on working wherever an id is asked for."""

import datetime as dt

import pytest

from archive.discussion.corrections import Correction, Located
from archive.discussion.curation import Curation
from archive.discussion.ids import Ids
from archive.discussion.withdrawals import Decision, Withdrawals
from archive.model import Contribution
from tests.discussion.invented import ELSEWHERE, article, records, register, seen, text
from warehouse import parquet, publish, query

OLD = "weekly-example/bridge"
PAGES = [
    seen("/bridge", article("Anna Lindqvist", text("shared"))),
    seen(f"{ELSEWHERE}/bridge", article("Anna Lindqvist", text("shared")), 1),
]
LATER = register((("/bridge", "response", "q1"), (f"{ELSEWHERE}/bridge", "response", "q1")))


def merged(**more):
    ids = Ids()
    records(PAGES, register(), ids)
    return records(PAGES, LATER, ids, **more)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    written = parquet.write(merged(), folder, [], now=dt.datetime(2026, 1, 2), code_version="test")
    assert publish.failures(written.folder) == []
    publish.publish(written.folder, folder / "roundtable.duckdb")
    return folder / "roundtable.duckdb"


@pytest.mark.parametrize(
    "macro",
    ["history('{}')", "cite('{}', 'plain')", "provenance('{}', 'text')", "version_at('{}', TIMESTAMP '2024-06-05')"],
)
def test_every_macro_that_takes_an_id_takes_its_aliases(database, macro):
    by_alias, by_id = (query.run(database, f"FROM {macro.format(name)}").rows for name in (OLD, "gazette/bridge"))
    assert by_alias == by_id != []


def test_what_a_person_decided_about_the_old_id_holds_for_the_new_one():
    when = dt.datetime(2026, 1, 2)
    gone = Withdrawals((Decision(OLD, "withdraw", "asked for by its author", when),))
    assert [row.state for row in merged(curation=Curation(withdrawals=gone)).of(Contribution)] == ["withdrawn"]
    value = {"contribution": OLD, "field": "title", "expect": "The bridge and the people who cross it",
             "value": "The bridge", "reason": "misprint", "source": "letter", "on": "2026-01-02"}  # fmt: skip
    mended = Located(Correction.model_validate(value), "corrections/a.toml", 0)
    assert [row.title for row in merged(curation=Curation((mended,))).of(Contribution)] == ["The bridge"]

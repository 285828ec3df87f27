"""`roundtable history`: versions, and what changed between them, as a person types it."""

import datetime as dt
import json

import pytest

from archive.discussion.ids import Ids
from pipelines.cli.main import main
from tests.discussion.invented import DAY, article, records, register, seen, text
from tests.made import AT
from warehouse import parquet, publish

NAME = "bridge/q1/anna-lind"
KNOWN = register((("/anna", "response", "q1"), ("/other", "response", "q1")))
BEFORE, AFTER = text("anna"), [*text("anna")[:3], text("anna")[3].replace("4 times", "forty times")]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    (folder / "tables").mkdir()
    pages = [
        seen("/anna", article("Anna Lindqvist", BEFORE), 0, KNOWN),
        seen("/anna", article("Anna L. Berg", AFTER, title="The bridge"), 9, KNOWN),
        seen("/anna", article("Anna Lindqvist", BEFORE), 20, KNOWN),
    ]
    ids = Ids.load(folder / "none")
    ids.mint(["page:gazette.example/anna"], NAME)
    ids.mint(["page:elsewhere"], "elsewhere/anna")
    ids.mint(["page:gazette.example/anna", "page:elsewhere"], NAME)
    written = parquet.write(
        records(pages, KNOWN, ids), folder / "tables", [], now=dt.datetime(2026, 1, 2), code_version="test"
    )
    publish.publish(written.folder, folder / "roundtable.duckdb")
    return folder


def typed(home, capsys, *words):
    code = main(["history", *words, "--home", str(home)])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_people_see_what_went_and_what_came(home, capsys):
    code, out, _ = typed(home, capsys, NAME)
    assert code == 0
    assert out.startswith(f"{NAME}: 3 versions\n")
    flat = " ".join(out.split())
    assert "names: Anna [-Lindqvist-] {+L. Berg+}" in flat
    assert "title: The bridge [-and the people who cross it-]" in flat
    assert "In anna the river rose [-4-] {+forty+} times, and in the year 1904 they carried …" in flat
    assert "{+4+}" in flat


def test_programs_get_each_version_with_its_changes_and_an_alias_is_as_good(home, capsys):
    _, out, _ = typed(home, capsys, NAME, "--json")
    versions = json.loads(out)
    assert [one["version"] for one in versions] == [1, 2, 3]
    assert [list(one["changes"]) for one in versions] == [[], ["names", "title", "text"], ["names", "title", "text"]]
    assert versions[0]["text"] == versions[2]["text"] == "\n\n".join(BEFORE)
    assert json.loads(typed(home, capsys, "elsewhere/anna", "--json")[1]) == versions
    assert f"{NAME}: 3 versions (asked for as elsewhere/anna)" in typed(home, capsys, "elsewhere/anna")[1]


@pytest.mark.parametrize(
    ("at", "version"),
    [
        ("1999-01-01", 1),
        (str(AT.date()), 1),
        ((AT + 9 * DAY - dt.timedelta(seconds=1)).isoformat(), 1),
        ((AT + 9 * DAY).isoformat(), 2),
        (f"{(AT + 9 * DAY).isoformat()}+02:00", 1),
        (str((AT + 9 * DAY).date()), 2),
        ("2999-01-01", 3),
    ],
)
def test_any_time_resolves_to_the_version_that_held_then(home, capsys, at, version):
    code, out, _ = typed(home, capsys, NAME, "--at", at, "--json")
    assert (code, json.loads(out)["version"]) == (0, version)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["no/such"], "no contribution 'no/such' is published"),
        ([NAME[:-1]], f"did you mean {NAME}?"),
        ([NAME, "--at", "yesterday"], "'yesterday' is neither a day nor a time (--at): give a day or a time"),
    ],
)
def test_what_cannot_be_shown_is_one_line(home, capsys, words, told):
    code, out, err = typed(home, capsys, *words)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1

"""`roundtable withdraw` on a home, and corrections on one: what is gone, what is kept, and how it is taken back."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from archive.captures.manifest import SUFFIX, entries_by_file
from archive.codes import Code, RoundtableError
from archive.discussion.curation import WITHDRAWALS
from archive.discussion.withdrawals import Decision, append
from archive.home import Home
from pipelines import exporting, steps
from pipelines.opened import OpenedHome
from tests.pipelines.conftest import roundtable
from warehouse import query

GUEST = "night-bus/the-last-mile-has-a-driver-too"
NAME, TITLE = "Coldbeck", "The last mile has a driver too"
WARC = "roundtable-00001.warc.gz"


@pytest.fixture
def home(demo, tmp_path: Path) -> Path:
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    return query.run(home / "roundtable.duckdb", sql).rows


def files_with(home: Path, words: bytes, folders: tuple[str, ...]) -> list[str]:
    """Files under `folders` whose plain bytes hold the words; Parquet and Zip are opened in other ways."""
    return [
        path.relative_to(home).as_posix()
        for folder in folders
        for path in sorted((home / folder).rglob("*"))
        if path.is_file() and words in path.read_bytes()
    ]


def everything(home: Path) -> str:
    names = [name for (name,) in rows(home, "SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY 1")]
    return "\n".join(repr(rows(home, f"FROM {name}")) for name in names)


def test_what_is_withdrawn_is_gone_from_all_that_is_shown_and_can_come_back(home):
    text = rows(home, f"SELECT text FROM contributions WHERE contribution_id = '{GUEST}'")[0][0]
    before = everything(home)
    captured = (home / "captures" / WARC).read_bytes()
    exported = json.loads(roundtable("export", "wacz", "--home", home, "--json").stdout)
    old = {path.name for path in (home / "tables").iterdir() if path.name[0] == "2"}

    done = roundtable("withdraw", GUEST, "--reason", "asked for by the author", "--by", "R. Arkiv", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{GUEST} is withdrawn: a tombstone stands in its place; 1 capture is sealed" in done.stdout
    assert "removed, as it may hold it: exports/archive.wacz" in done.stdout
    assert not (home / "exports/archive.wacz").exists()
    assert not any((home / "tables" / name).exists() for name in old)
    shown = everything(home)
    assert NAME in before
    for words in (NAME, TITLE, text[:40], text[-40:]):
        assert words not in shown
        assert files_with(home, words.encode(), ("cache", "dagster", "tables", "journal")) == []
    assert rows(home, f"SELECT state, withdrawal_reason FROM contributions WHERE contribution_id = '{GUEST}'") == [
        ("withdrawn", "asked for by the author")
    ]
    # What was captured stays as it was; the decision is kept behind it.
    assert (home / "captures" / WARC).read_bytes().startswith(captured)
    verified = roundtable("verify", "--home", home)
    assert verified.returncode == 0, verified.stdout

    again = roundtable("export", "wacz", "--home", home, "--json")
    assert json.loads(again.stdout)["captures"] == exported["captures"] - 1
    with ZipFile(home / "exports/archive.wacz") as package:
        assert b"the-last-mile-has-a-driver-too" not in package.read("indexes/index.cdx")
    assert "Withdrawn" in roundtable("status", "--home", home).stdout

    shutil.rmtree(home / "tables")
    (home / "roundtable.duckdb").unlink()
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert NAME not in everything(home)

    undone = roundtable("withdraw", GUEST, "--undo", "--home", home, "--json")
    assert json.loads(undone.stdout)["state"] == "available"
    assert rows(home, f"SELECT text FROM contributions WHERE contribution_id = '{GUEST}'") == [(text,)]
    assert [json.loads(line)["decision"] for line in (home / "curation" / WITHDRAWALS).read_text().splitlines()] == [
        "withdraw",
        "restore",
    ]
    assert rows(home, "SELECT DISTINCT access FROM captures WHERE url LIKE 'http%'") == [("open",)]


def test_nothing_is_exported_while_a_withdrawal_has_not_reached_the_tables(home):
    append(home / "curation" / WITHDRAWALS, Decision(GUEST, "withdraw", "asked for", steps.now()))
    with pytest.raises(RoundtableError) as caught:
        exporting.as_wacz(OpenedHome(Home.at(home)), [], None, lambda _: None)
    assert caught.value.code is Code.WITHDRAWAL_PENDING
    assert not (home / "exports").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nobody/said/this", "--reason", "x"), Code.CONTRIBUTION_UNKNOWN),
        ((GUEST, "--undo"), Code.CONTRIBUTION_UNKNOWN),
        ((GUEST,), Code.REASON_MISSING),
        ((GUEST, "--reason", "x", "--home", "nowhere"), Code.HOME_EMPTY),
    ],
    ids=["unknown", "not withdrawn", "no reason", "no home"],
)
def test_what_cannot_be_withdrawn_is_one_line(home, tmp_path, words, code):
    where = () if "--home" in words else ("--home", home)
    done = roundtable("withdraw", *words, *where, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.endswith(f"[{code}]\n")
    assert not (home / "curation" / WITHDRAWALS).exists()


def test_who_may_see_a_capture_is_no_part_of_what_is_kept_of_it(home):
    assert b"access" not in (home / "captures" / f"{WARC}{SUFFIX}").read_bytes()
    assert {one.capture.access for one in entries_by_file(home / "captures")[WARC] if one.capture} == {"open"}


def test_a_correction_reaches_the_database_and_an_outdated_one_the_status(home):
    (home / "curation/corrections").mkdir()
    file = home / "curation/corrections/issue-7.toml"
    file.write_text(
        f'[[corrections]]\ncontribution = "{GUEST}"\nfield = "title"\nexpect = "{TITLE}"\nvalue = "The last mile"\n'
        'reason = "misprinted"\nsource = "issue 7"\non = 2026-11-23\n'
    )
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert rows(home, f"SELECT chosen, value, witness FROM provenance('{GUEST}', 'title') LIMIT 1") == [
        (True, "The last mile", "correction")
    ]
    assert rows(home, f"SELECT title FROM contributions WHERE contribution_id = '{GUEST}'") == [("The last mile",)]
    file.write_text(file.read_text().replace(TITLE, "Another title"))
    rebuilt = roundtable("rebuild", "--home", home)
    assert rebuilt.returncode == 0
    assert "correction_outdated: corrections/issue-7.toml: corrections[0]" in rebuilt.stdout
    status = roundtable("status", "--home", home, "--json")
    assert status.returncode == 1
    assert [row["code"] for row in json.loads(status.stdout)["rejections"]] == ["correction_outdated"]
    file.write_text("[[corrections]]\ncontributor = 1\n")
    wrong = roundtable("rebuild", "--home", home)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert wrong.stderr.endswith("[curation_invalid]\n")


def test_what_was_decided_about_somebody_who_is_gone_is_told_no_more(home):
    (home / "curation/authority/people.toml").write_text(
        '[[decisions]]\nid = "m-1"\nkind = "identifier"\nperson = "night-bus/people/nasrin-coldbeck"\n'
        'identifier = "orcid:0000-0002-1825-0097"\nreason = "Nasrin Coldbeck told us"\nat = 2026-11-29\n'
    )
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert "told us" in everything(home)
    assert roundtable("withdraw", GUEST, "--reason", "asked for", "--home", home).returncode == 0
    shown = everything(home)
    assert NAME not in shown
    assert "0000-0002-1825-0097" not in shown
    assert rows(home, "SELECT state FROM authority_decisions WHERE decision_id = 'm-1'") == [("dormant",)]
    assert rows(home, "SELECT access FROM captures WHERE url LIKE '%authority/people.toml'") == [("restricted",)]

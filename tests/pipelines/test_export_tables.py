"""`roundtable export FORMAT` on a home: targets, reports, what is refused, and what a full disk leaves."""

import errno
import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import bagit
import pyarrow.parquet as pq
import pytest

from archive import durable
from archive.codes import Code, RoundtableError
from archive.discussion.curation import WITHDRAWALS
from archive.discussion.withdrawals import Decision, append
from archive.home import Home
from pipelines import exports, steps
from pipelines.cli.main import main
from pipelines.opened import OpenedHome
from warehouse.exports.formats import FORMATS


@pytest.fixture
def home(demo) -> Path:
    """The demonstration's home, which exports do not change."""
    return demo[0]


@pytest.fixture
def copy(demo, tmp_path: Path) -> Path:
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def export(home: Path, form: str, target: Path | None, *names: str) -> exports.Exported:
    return exports.export(OpenedHome(Home.at(home)), form, names, target)


@pytest.mark.parametrize("form", FORMATS)
def test_a_round_table_is_written_in_every_format_and_the_report_says_what(form, home, tmp_path, capsys):
    target = tmp_path / f"deep/er{FORMATS[form].suffix}"
    assert main(["export", form, "stairwell", "--to", str(target), "--json", "--home", str(home)]) == 0
    said = json.loads(capsys.readouterr().out)
    files = [path for path in target.rglob("*") if path.is_file()] or [target]
    assert said == {
        "format": form,
        "path": str(target),
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "round_tables": 1,
        "contributions": 8,
        "release_id": said["release_id"],
        "release_digest": said["release_digest"],
    }
    assert said["release_digest"].startswith("sha256:")
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]


def test_a_format_of_one_file_can_be_printed_and_nothing_else_is(home, tmp_path, capfdbinary):
    export(home, "bibtex", tmp_path / "a.bib")
    capfdbinary.readouterr()
    assert main(["export", "bibtex", "--to", "-", "--home", str(home)]) == 0
    assert capfdbinary.readouterr() == ((tmp_path / "a.bib").read_bytes(), b"")


def test_without_a_target_it_is_named_after_what_is_in_it(copy, capsys):
    assert main(["export", "ris", "stairwell", "night-bus", "--home", str(copy)]) == 0
    path = copy / "exports/night-bus+stairwell.ris"
    assert capsys.readouterr().out.startswith(f"{path}: 32 contributions of 2 round tables, 1 file, ")
    assert export(copy, "csv", None).path == str(copy / "exports/archive.csv")


def test_a_file_is_replaced_and_a_folder_is_only_filled_where_it_is_empty(home, tmp_path):
    (tmp_path / "a.bib").write_text("old")
    export(home, "bibtex", tmp_path / "a.bib")
    assert (tmp_path / "a.bib").read_text().startswith("@misc")
    (tmp_path / "csv").mkdir()
    export(home, "csv", tmp_path / "csv")
    before = {path: path.read_bytes() for path in (tmp_path / "csv").iterdir()}
    with pytest.raises(RoundtableError) as caught:
        export(home, "csv", tmp_path / "csv")
    assert caught.value.code is Code.TARGET_EXISTS
    assert {path: path.read_bytes() for path in (tmp_path / "csv").iterdir()} == before


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["bibtx"], Code.FORMAT_UNKNOWN, "did you mean bibtex?"),
        (["CSV2"], Code.FORMAT_UNKNOWN, "did you mean csv?"),
        (["docx-with-macros"], Code.FORMAT_UNKNOWN, "use one of bibtex, ris, "),
        (["bibtex", "nigth-bus"], Code.SOURCE_UNKNOWN, "did you mean night-bus?"),
        (["bibtex", "'; DROP TABLE"], Code.SOURCE_UNKNOWN, "`roundtable sources`"),
        (["bibtex", "future-of-work"], Code.HOME_EMPTY, "nothing of future-of-work was published yet"),
        (["bibtex", "--home", "nowhere"], Code.HOME_EMPTY, "nothing was published here yet"),
        (["bibtex", "--to", "."], Code.TARGET_UNUSABLE, "this is a folder"),
        (["csv", "--to", "file"], Code.TARGET_UNUSABLE, "this is a file"),
        (["csv", "--to", "-"], Code.TARGET_UNUSABLE, "a folder of files"),
        (["wacz", "--to", "-"], Code.TARGET_UNUSABLE, "name a file"),
        (["bibtex", "--to", "-", "--json"], Code.TARGET_UNUSABLE, "no report"),
        (["bibtex", "--to", "file/a.bib"], Code.DISK_REFUSED, "File exists (file)"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_no_file(words, code, hint, home, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    where = [] if "--home" in words else ["--home", str(home)]
    assert main(["export", *words, *where]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.endswith(f"[{code}]\n")
    assert hint in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_is_full_at_any_point_leaves_the_old_content_or_the_new(home, tmp_path, monkeypatch):
    target = tmp_path / "a.bib"
    export(home, "bibtex", target, "stairwell")
    whole = target.read_bytes()
    calls = 0

    def struck(number, real):
        def operation(*arguments):
            nonlocal calls
            calls += 1
            if calls == number:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments)

        return operation

    ended, number = False, 0
    while not ended:
        number, calls = number + 1, 0
        target.write_bytes(b"old")
        with monkeypatch.context() as patch:
            for name in ("write", "fsync", "fsync_folder"):
                patch.setattr(durable, name, struck(number, getattr(durable, name)))
            try:
                export(home, "bibtex", target, "stairwell")
                ended = True
            except OSError:
                assert target.read_bytes() in {b"old", whole}
                assert list(tmp_path.iterdir()) == [target]
    assert number > 8
    assert target.read_bytes() == whole


def test_what_a_killed_export_left_is_removed_by_the_next(home, tmp_path):
    (tmp_path / ".csv.killed.tmp").mkdir()
    (tmp_path / ".csv.killed.tmp/half.csv").write_text("half")
    export(home, "csv", tmp_path / "csv", "stairwell")
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def test_a_damaged_table_is_told_and_nothing_is_written(copy, tmp_path):
    table = copy / "tables/current/passages.parquet"
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)
    with pytest.raises(RoundtableError) as caught:
        export(copy, "bibtex", tmp_path / "out/a.bib")
    assert caught.value.code is Code.TABLES_DAMAGED
    assert not (tmp_path / "out").exists()


def test_a_bag_holds_captures_curation_journal_and_tables_and_proves_itself(home, tmp_path):
    written = export(home, "bagit", tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["External-Identifier"] == f"{written.release_id} {written.release_digest}"
    for folder in ("journal", "curation"):
        ours = {path.relative_to(home): path.read_bytes() for path in (home / folder).rglob("*") if path.is_file()}
        data = tmp_path / "bag/data"
        assert ours == {
            path.relative_to(data): path.read_bytes() for path in (data / folder).rglob("*") if path.is_file()
        }
    assert main(["export", "wacz", "--to", str(tmp_path / "all.wacz"), "--home", str(home)]) == 0
    assert (tmp_path / "bag/data/captures/captures.wacz").read_bytes() == (tmp_path / "all.wacz").read_bytes()
    (tmp_path / "bag/data/tables/people.parquet").write_bytes(b"other")
    with pytest.raises(bagit.BagValidationError):
        bag.validate()


def test_a_bag_of_a_round_table_holds_its_captures_and_tables_alone(home, tmp_path):
    export(home, "bagit", tmp_path / "bag", "stairwell")
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert sorted(path.name for path in (tmp_path / "bag/data").iterdir()) == ["captures", "tables"]
    with ZipFile(tmp_path / "bag/data/captures/captures.wacz") as package:
        index = package.read("indexes/index.cdx").decode()
    assert "night-bus" not in index
    assert "stairwell" in index


def test_in_a_bag_is_nothing_of_what_may_not_leave(copy, tmp_path):
    name, guest = "night-bus/the-last-mile-has-a-driver-too", "Coldbeck"
    (copy / "curation/corrections").mkdir()
    correction = """[[corrections]]
contribution = "{}"
field = "title"
expect = "{}"
value = "Mended"
reason = "r"
source = "s"
on = 2026-11-23
"""
    text = correction.format(name, "The last mile has a driver too")
    (copy / "curation/corrections/gone.toml").write_text(text)
    text = correction.format("stairwell/the-stairs-are-a-room", "The stairs are a room")
    (copy / "curation/corrections/kept.toml").write_text(text)
    register = copy / "curation/register/lamplighter/round_tables/stairwell.toml"
    register.write_text(register.read_text().replace("[round_table]", '[round_table]\nstorage_policy = "excerpt"', 1))
    assert main(["withdraw", name, "--reason", "asked for", "--home", str(copy)]) == 0
    export(copy, "bagit", tmp_path / "bag")
    bagit.Bag(str(tmp_path / "bag")).validate()
    data = tmp_path / "bag/data"
    assert list((data / "curation/corrections").iterdir()) == []
    with ZipFile(data / "captures/captures.wacz") as package:
        index = package.read("indexes/index.cdx").decode()
    assert "who-is-the-night-bus-for" in index
    assert "the-last-mile" not in index
    assert "whose-are-the-stairs" not in index
    for path in (*(data / "curation/ids").iterdir(), *(data / "journal").iterdir()):
        assert guest.lower() not in path.read_text().lower()
    shown = "".join(repr(pq.read_table(path).to_pylist()) for path in (data / "tables").iterdir())
    assert guest not in shown


def test_while_a_withdrawal_is_pending_nothing_leaves_and_then_older_exports_are_gone(copy, tmp_path):
    export(copy, "csv", None)
    export(copy, "bibtex", None, "stairwell")
    (copy / "exports/notes.txt").write_text("mine")
    name = "night-bus/q2/wietske-van-der-houtkamp"
    append(copy / "curation" / WITHDRAWALS, Decision(name, "withdraw", "asked for", steps.now()))
    for form in FORMATS:
        with pytest.raises(RoundtableError) as caught:
            export(copy, form, tmp_path / form)
        assert caught.value.code is Code.WITHDRAWAL_PENDING
    assert main(["withdraw", name, "--reason", "asked for", "--home", str(copy)]) == 0
    assert [path.name for path in (copy / "exports").iterdir()] == ["notes.txt"]
    assert export(copy, "csv", tmp_path / "csv").contributions == 41

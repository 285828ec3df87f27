"""Every cut and every flipped bit of a release is seen; what a copy still has is put back."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from archive.codes import Code
from archive.model import TABLES, Release
from archive.model.records import Records
from tests import made
from tests.flips import missed_cuts, missed_flips
from warehouse import parquet, release_folder, sealing
from warehouse.verify import published_rows, repair, verify

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def records() -> Records:
    return made.records(made.demo_readings())


@pytest.fixture(scope="module")
def original(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "tables"
    folder.mkdir()
    written = parquet.write(records, folder, [], now=NOW, code_version="test")
    parquet.point_to(folder, written.folder)
    return folder, written.release


@pytest.fixture
def tables(original, tmp_path):
    shutil.copytree(original[0], tmp_path / "tables", symlinks=True)
    return tmp_path / "tables"


@pytest.fixture
def release(original):
    return original[1]


def test_a_whole_release_is_whole(tables, release):
    found = verify(tables, [release])
    assert found.findings == []
    assert found.files == len(TABLES) + 1
    assert found.records > 500


def test_no_tables_and_no_release_is_whole_and_a_release_without_tables_is_not(tmp_path, release):
    assert verify(tmp_path / "nothing", []).findings == []
    assert [one.code for one in verify(tmp_path / "nothing", [release]).damage] == [Code.TABLES_DAMAGED]


def test_the_manifest_depends_on_the_tables_alone(records, original, tmp_path):
    again = parquet.write(records, tmp_path, [], now=NOW, code_version="test")
    manifest = (again.folder / sealing.MANIFEST).read_bytes()
    assert manifest == ((original[0] / "current") / sealing.MANIFEST).read_bytes()
    assert sealing.read(manifest).content_digest == again.release.digest


@pytest.mark.parametrize("name", ["id_aliases.parquet", sealing.MANIFEST])
def test_every_cut_is_seen(tables, release, name):
    path = tables / "current" / name
    small = keep_small(tables, release)

    def sees(path: Path) -> bool:
        (named,) = verify(tables, [small]).damage
        return named.file.endswith(f"/{path.name}") and named.offset <= path.stat().st_size

    assert verify(tables, [small]).findings == []
    assert missed_cuts(path.resolve(), sees) == []


def keep_small(tables: Path, release: Release) -> Release:
    """Leave only small tables in the release, so that every cut can be looked at; the release that they make."""
    folder = (tables / "current").resolve()
    for path in folder.glob("*.parquet"):
        if path.stem not in {"id_aliases", "publishers"}:
            path.unlink()
    sealing.seal(folder)
    return replace(release, digest=release_folder.content_digest(folder))


def test_every_flipped_bit_is_seen_and_its_place_is_told(tables, release):
    folder = (tables / "current").resolve()

    def sees(path: Path) -> bool:
        return [one.file for one in verify(tables, [release]).damage] == [f"{folder.name}/{path.name}"]

    assert missed_flips(sorted(folder.iterdir()), sees) == []


def test_the_block_that_is_damaged_is_named(tables, release):
    path = max((tables / "current").resolve().glob("*.parquet"), key=lambda one: one.stat().st_size)
    content = path.read_bytes()
    for place in (0, sealing.BLOCK - 1, sealing.BLOCK, 3 * sealing.BLOCK + 5, len(content) - 1):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        (found,) = verify(tables, [release]).damage
        assert found.offset == place - place % sealing.BLOCK


def test_missing_and_foreign_files_and_folders_are_named(tables, release):
    folder = (tables / "current").resolve()
    (folder / "people.parquet").unlink()
    (folder / "mine.parquet").write_text("mine")
    (tables / "notes.txt").write_text("mine")
    (tables / "2020-01-01-1").mkdir()
    found = {one.file: one.code for one in verify(tables, [release]).findings}
    assert found == {
        f"{folder.name}/people.parquet": Code.TABLES_DAMAGED,
        f"{folder.name}/mine.parquet": Code.FOREIGN_FILE,
        "notes.txt": Code.FOREIGN_FILE,
        "2020-01-01-1": Code.TORN_TAIL,
    }


def test_tables_that_are_sealed_anew_are_still_not_the_release_that_the_journal_names(tables, release):
    folder = (tables / "current").resolve()
    (folder / "people.parquet").write_bytes((folder / "organisations.parquet").read_bytes())
    sealing.seal(folder)
    assert [one.file for one in verify(tables, [release]).damage] == [f"{folder.name}/{sealing.MANIFEST}"]


def test_a_pointer_that_leads_nowhere_is_seen(tables, release):
    (tables / "current").unlink()
    assert [one.file for one in verify(tables, [release]).damage] == ["current"]


@pytest.mark.parametrize("names", [["people.parquet"], [sealing.MANIFEST], ["people.parquet", sealing.MANIFEST]])
@pytest.mark.parametrize("how", ["flip", "cut", "gone"])
def test_what_a_copy_still_has_is_put_back(original, tables, release, names, how):
    folder = (tables / "current").resolve()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in names:
        content = before[name]
        if how == "gone":
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content[:-30] + (bytes([content[-30] ^ 1]) + content[-29:]) * (how == "flip"))
    told = repair(tables, original[0], verify(tables, [release]).damage, [release])
    assert len(told) == len(names)
    assert verify(tables, [release]).findings == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_is_damaged_in_both_stays_as_it_is(tables, release, tmp_path):
    path = (tables / "current").resolve() / "people.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    shutil.copytree(tables, tmp_path / "copy", symlinks=True)
    damage = verify(tables, [release]).damage
    assert repair(tables, tmp_path / "copy", damage, [release]) == []
    assert verify(tables, [release]).damage == damage


def test_rows_of_a_published_table_are_given_only_where_its_seal_is_whole(tables):
    assert len(published_rows(tables, "publishers", ["publisher_id"])) > 0
    path = (tables / "current").resolve() / "publishers.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    assert published_rows(tables, "publishers", ["publisher_id"]) == []
    assert published_rows(tables / "nothing", "publishers", ["publisher_id"]) == []


def test_a_damaged_folder_is_not_kept_once_it_is_superseded(records, tables, release):
    folder = (tables / "current").resolve()
    (folder / "people.parquet").write_bytes(b"no parquet")
    written = parquet.write(records, tables, [release], now=NOW, code_version="test")
    parquet.point_to(tables, written.folder)
    assert written.folder != folder
    assert not folder.exists()
    assert verify(tables, [release]).findings == []

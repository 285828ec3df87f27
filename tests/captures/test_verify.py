"""Every cut and every flipped bit of the captures is seen, told apart from a torn tail, and mended from a copy."""

import shutil
from pathlib import Path

import pytest

from archive.captures import index
from archive.captures.memento import Memento
from archive.captures.repair import repair
from archive.captures.verify import verify
from archive.codes import Code
from tests.captures.made import WARC, contents, exchange, not_modified, store_in
from tests.flips import missed_cuts, missed_flips

MANIFEST = f"{WARC}.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three captures with their index."""
    store = store_in(tmp_path / "captures")
    store.keep(exchange(b"page", tls="TLSv1.3 AES sha256:00"), run_id="run-1")
    store.keep(not_modified(minute=1), run_id="run-1")
    store.keep_resource("http://a.test/", b"third", Memento(), mime=None, run_id=None)
    index.rebuild(tmp_path / "captures")
    return tmp_path / "captures"


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy"


def sees(path: Path) -> bool:
    """True where the damaged file is named with a place that is in it, and as damage."""
    named = [one for one in verify(path.parent).damage if one.file == path.name]
    return bool(named) and all(one.offset <= path.stat().st_size for one in named)


def test_a_whole_store_is_whole(folder):
    found = verify(folder)
    assert found.findings == []
    assert (found.files, found.records) == (4, 8)
    assert found.bytes == sum(path.stat().st_size for path in folder.iterdir())


def test_a_folder_in_which_nothing_was_kept_is_whole(tmp_path):
    assert verify(tmp_path / "nothing").findings == []


@pytest.mark.parametrize("name", [WARC, MANIFEST, index.INDEX, index.DIGEST])
def test_every_cut_is_seen(folder, name):
    assert missed_cuts(folder / name, sees) == []
    assert verify(folder).findings == []


def test_every_flipped_bit_is_seen(folder):
    assert missed_flips(sorted(folder.iterdir()), sees) == []


@pytest.mark.parametrize("name", [WARC, MANIFEST, index.INDEX, index.DIGEST])
def test_a_missing_file_is_seen(folder, name):
    (folder / name).unlink()
    assert name in {one.file for one in verify(folder).damage}


def test_a_damaged_record_is_named_with_its_offset_and_the_others_are_not(folder):
    content = bytearray((folder / WARC).read_bytes())
    offset = store_in(folder).captures()[1].warc_offset
    content[offset] ^= 1
    (folder / WARC).write_bytes(content)
    (found,) = verify(folder).findings
    assert (found.code, found.file, found.offset) == (Code.CAPTURE_DAMAGED, WARC, offset)


def test_what_an_interrupted_write_left_is_told_as_that_and_not_as_damage(folder):
    whole, manifest = (folder / WARC).read_bytes(), (folder / MANIFEST).read_bytes()
    store_in(folder).keep(exchange(b"more", minute=9), run_id="run-2")
    after = (folder / WARC).read_bytes(), (folder / MANIFEST).read_bytes()
    for length in range(len(whole) + 1, len(after[0]), 11):
        (folder / WARC).write_bytes(after[0][:length])
        (folder / MANIFEST).write_bytes(manifest)
        assert [(one.code, one.file, one.offset) for one in verify(folder).findings] == [
            (Code.TORN_TAIL, WARC, len(whole))
        ]
    for length in range(len(manifest) + 1, len(after[1]), 11):
        (folder / WARC).write_bytes(after[0])
        (folder / MANIFEST).write_bytes(after[1][:length])
        assert {one.file: one.code for one in verify(folder).findings} == {
            WARC: Code.TORN_TAIL,
            MANIFEST: Code.TORN_TAIL,
        }
    (folder / f".{index.INDEX}.abc.tmp").write_bytes(b"half")
    assert verify(folder).damage == []


def test_a_capture_that_a_published_table_remembers_is_missed_without_an_index(folder):
    published = {capture.capture_id: capture.warc_file for capture in store_in(folder).captures()}
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:-1])
    for name in (index.INDEX, index.DIGEST):
        (folder / name).unlink()
    assert (Code.CAPTURE_DAMAGED, MANIFEST) in {(one.code, one.file) for one in verify(folder, published).damage}


def test_an_index_that_lags_behind_and_a_stranger_are_told_as_that(folder):
    store_in(folder).keep(exchange(b"more", minute=9), run_id="run-2")
    assert [one.code for one in verify(folder).findings] == [Code.INDEX_BEHIND]
    index.rebuild(folder)
    (folder / "notes.txt").write_text("mine")
    assert [(one.code, one.file) for one in verify(folder).findings] == [(Code.FOREIGN_FILE, "notes.txt")]


def damage_in(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 16
    path.write_bytes(content)


@pytest.mark.parametrize("place", [0, 700, -1])
@pytest.mark.parametrize("name", [WARC, MANIFEST, index.INDEX, index.DIGEST])
def test_a_flipped_bit_is_mended_from_a_copy(folder, copy, name, place):
    before = contents(folder)
    damage_in(folder / name, min(place, (folder / name).stat().st_size - 1))
    assert repair(folder, copy, verify(folder).damage)
    assert verify(folder).findings == []
    assert contents(folder) == before


@pytest.mark.parametrize("length", [None, 0, 400, 1300])
@pytest.mark.parametrize("name", [WARC, MANIFEST])
def test_what_is_cut_off_or_gone_is_mended_from_a_copy(folder, copy, name, length):
    before = contents(folder)
    if length is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes((folder / name).read_bytes()[:length])
    repair(folder, copy, verify(folder).damage)
    assert verify(folder).findings == []
    assert contents(folder) == before


def test_both_files_damaged_at_many_places_are_mended(folder, copy):
    before = contents(folder)
    for name in (WARC, MANIFEST):
        for place in range(5, (folder / name).stat().st_size, 401):
            damage_in(folder / name, place)
    repair(folder, copy, verify(folder).damage)
    assert contents(folder) == before


def test_an_older_copy_gives_what_it_has_and_what_is_newer_here_stays(folder, copy):
    store_in(folder).keep(exchange(b"more", minute=9), run_id="run-2")
    index.rebuild(folder)
    before = contents(folder)
    for name in (WARC, MANIFEST):
        damage_in(folder / name, 30)
    repair(folder, copy, verify(folder).damage)
    assert contents(folder) == before


def test_two_copies_that_are_damaged_at_different_places_make_one_whole(folder, copy):
    before = contents(folder)
    for name in (WARC, MANIFEST):
        damage_in(folder / name, 30)
        damage_in(copy / name, -30)
    repair(folder, copy, verify(folder).damage)
    assert contents(folder) == before


def test_a_copy_that_is_damaged_at_the_same_place_gives_nothing(folder, copy):
    for place in (folder, copy):
        damage_in(place / WARC, 30)
        damage_in(place / WARC, -30)
    damage_in(copy / WARC, -30)
    before = verify(folder).damage
    repair(folder, copy, before)
    (left,) = verify(folder).damage
    assert left == before[0]


def test_a_copy_of_another_archive_changes_nothing(folder, tmp_path):
    store_in(tmp_path / "other").keep(exchange(b"other", minute=7), run_id="run-1")
    damage_in(folder / MANIFEST, 30)
    damage_in(folder / WARC, -30)
    before = contents(folder)
    repair(folder, tmp_path / "other", verify(folder).damage)
    assert contents(folder) == before

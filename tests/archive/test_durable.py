import contextlib
import errno
import json
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import durable
from tests import faults


def test_a_failed_replacement_leaves_the_old_content_and_no_litter(tmp_path):
    path = tmp_path / "file"
    durable.write_text(path, "old")

    def half():
        with durable.replacing(path) as temporary:
            temporary.write_text("half of the new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@given(cut=st.integers(min_value=0, max_value=200), rows=st.integers(min_value=1, max_value=6))
def test_whatever_was_torn_is_cut_and_every_whole_line_stays(tmp_path_factory, cut, rows):
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    durable.append_json(path, [{"n": n, "text": "ü" * n} for n in range(rows)])
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])
    kept = path.read_bytes().count(b"\n")
    durable.append_json(path, [{"n": "next"}])
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["n"] for line in lines] == [*range(kept), "next"]


def test_a_link_is_moved_without_a_moment_in_which_it_is_missing(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    durable.point(tmp_path / "current", "a")
    durable.point(tmp_path / "current", "b")
    assert (tmp_path / "current").resolve() == tmp_path / "b"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "current"]


def test_a_folder_takes_its_name_when_it_is_whole_or_leaves_nothing(tmp_path, monkeypatch):
    def built() -> None:
        with durable.building(tmp_path / "out/made") as draft:
            (draft / "inner").mkdir()
            (draft / "inner/a.txt").write_text("a")
            (draft / "b.txt").write_text("b")

    real, calls, number = os.fsync, 0, 0

    def struck(descriptor):
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", struck)
    while not calls or calls >= number:
        calls, number = 0, number + 1
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        with contextlib.suppress(OSError):
            built()
        whole = ["b.txt", "inner", "inner/a.txt"]
        for made in (tmp_path / "out").iterdir() if (tmp_path / "out").exists() else ():
            assert made.name == "made"
            assert sorted(path.relative_to(made).as_posix() for path in made.rglob("*")) == whole
    assert number > 5
    monkeypatch.undo()
    with pytest.raises(OSError, match="not empty"):
        built()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["made"]


def _swapped(folder):
    """Put a new folder of two files in the place of the old one."""
    with durable.replacing_folder(folder / "site") as draft:
        (draft / "inner").mkdir()
        for name in ("inner/a.txt", "b.txt"):
            with (draft / name).open("xb") as handle:
                durable.write(handle, b"new")


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", [faults.KILL, "ENOSPC", "EIO"])
def test_a_folder_is_the_old_one_or_the_new_one_whatever_is_struck(tmp_path, fault):
    (tmp_path / "template/site").mkdir(parents=True)
    (tmp_path / "template/site/old.txt").write_bytes(b"old")
    old, new = {"old.txt": b"old"}, {"inner/a.txt": b"new", "b.txt": b"new"}
    (tmp_path / "scratch").mkdir()
    struck = 0
    for attempt in faults.loop(tmp_path / "template", tmp_path / "scratch", _swapped, fault):
        struck += attempt.ended != "done"
        assert _files(attempt.folder / "site") in (old, new)
        _swapped(attempt.folder)
        assert _files(attempt.folder) == {f"site/{name}": content for name, content in new.items()}
    assert struck > 5


def test_a_folder_that_another_process_fills_is_left_to_it(tmp_path):
    with durable.replacing_folder(tmp_path / "site") as first:
        (first / "a.txt").write_text("first")
        with durable.replacing_folder(tmp_path / "site") as second:
            (second / "a.txt").write_text("second")
    assert _files(tmp_path) == {"site/a.txt": b"first"}


def test_folders_are_exchanged_where_the_file_system_cannot_do_it_in_one_step(tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old.txt").write_bytes(b"old")
    monkeypatch.setattr(durable.ctypes, "CDLL", lambda *_, **__: object())
    _swapped(tmp_path)
    assert _files(tmp_path) == {"site/inner/a.txt": b"new", "site/b.txt": b"new"}

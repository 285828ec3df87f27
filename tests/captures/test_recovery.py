"""After a crash: nothing committed is lost, nothing is doubled, what is torn is cut and said."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from archive import durable
from archive.captures.memento import Memento
from archive.captures.recovery import Cut
from archive.captures.store import CaptureStore
from archive.codes import Code, RoundtableError
from tests.captures.made import exchange, not_modified, read_by_others, store_in

WARC = "roundtable-00001.warc.gz"
MANIFEST = f"{WARC}.jsonl"
Written = tuple[Path, int, int]
SECOND = exchange(b"the second page", minute=1, tls="TLSv1.3 AES sha256:00")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """A folder with two captures, and how long its files were before the second."""
    folder = tmp_path_factory.mktemp("captures")
    store = store_in(folder)
    store.keep(exchange(), run_id="run-1")
    before = (folder / WARC).stat().st_size, (folder / MANIFEST).stat().st_size
    store.keep(SECOND, run_id="run-1")
    return folder, *before


def check(folder: Path, expected: list[bytes]) -> list[Cut]:
    """Open for reading and for writing: the committed captures are there, and the next one is kept after them."""
    reader = store_in(folder)
    assert [reader.payload(capture) for capture in reader.captures()] == expected
    store = store_in(folder)
    cuts = store.recover()
    assert {cut.code for cut in cuts} <= {Code.TORN_TAIL}
    assert store.recover() == []
    store.keep(exchange(b"the next page", minute=2), run_id="run-2")
    assert [store.payload(capture) for capture in store_in(folder).captures()] == [*expected, b"the next page"]
    return cuts


def test_a_crash_while_the_records_are_written_is_cut_at_every_byte(written: Written, tmp_path: Path) -> None:
    folder, warc_before, manifest_before = written
    content, manifest = (folder / WARC).read_bytes(), (folder / MANIFEST).read_bytes()
    for length in range(warc_before, len(content) + 1):
        (tmp_path / WARC).write_bytes(content[:length])
        (tmp_path / MANIFEST).write_bytes(manifest[:manifest_before])
        cuts = check(tmp_path, [b"page"])
        surplus = length - warc_before
        assert cuts == ([Cut(WARC, warc_before, surplus)] if surplus else [])
    read_by_others(tmp_path / WARC)


def test_a_crash_while_the_manifest_is_written_is_cut_at_every_byte(written: Written, tmp_path: Path) -> None:
    folder, warc_before, manifest_before = written
    content, manifest = (folder / WARC).read_bytes(), (folder / MANIFEST).read_bytes()
    for length in range(manifest_before, len(manifest) + 1):
        (tmp_path / WARC).write_bytes(content)
        (tmp_path / MANIFEST).write_bytes(manifest[:length])
        if length == len(manifest):
            assert check(tmp_path, [b"page", b"the second page"]) == []
        else:
            cuts = check(tmp_path, [b"page"])
            assert Cut(WARC, warc_before, len(content) - warc_before) in cuts
            assert (Cut(MANIFEST, manifest_before, length - manifest_before) in cuts) == (length > manifest_before)
    read_by_others(tmp_path / WARC)


def test_a_crash_at_the_very_first_write_leaves_an_empty_store(written: Written, tmp_path: Path) -> None:
    content, manifest = (written[0] / WARC).read_bytes(), (written[0] / MANIFEST).read_bytes()
    first_line = manifest.index(b"\n") + 1
    for length in range(0, 200, 7):
        (tmp_path / WARC).write_bytes(content[:length])
        (tmp_path / MANIFEST).unlink(missing_ok=True)
        check(tmp_path, [])
    for length in range(0, first_line, 7):
        (tmp_path / WARC).write_bytes(content[:200])
        (tmp_path / MANIFEST).write_bytes(manifest[:length])
        check(tmp_path, [])
    read_by_others(tmp_path / WARC)


def test_a_file_that_is_shorter_than_its_manifest_says_is_damage_and_is_not_touched(
    written: Written, tmp_path: Path
) -> None:
    content = (written[0] / WARC).read_bytes()
    shutil.copy(written[0] / MANIFEST, tmp_path)
    for length in range(0, len(content), 41):
        (tmp_path / WARC).write_bytes(content[:length])
        with pytest.raises(RoundtableError) as caught:
            store_in(tmp_path).keep(exchange(minute=3), run_id="run-2")
        assert caught.value.code is Code.CAPTURE_DAMAGED
        assert caught.value.where == f"{WARC}@{length}"
        assert (tmp_path / WARC).stat().st_size == length


@pytest.mark.parametrize("lines", [0, 1])
def test_a_manifest_that_lost_lines_is_damage_and_no_capture_is_cut(
    written: Written, tmp_path: Path, lines: int
) -> None:
    content, manifest = (written[0] / WARC).read_bytes(), (written[0] / MANIFEST).read_bytes()
    (tmp_path / WARC).write_bytes(content)
    (tmp_path / MANIFEST).write_bytes(b"".join(manifest.splitlines(keepends=True)[:lines]))
    with pytest.raises(RoundtableError, match="lines are missing") as caught:
        store_in(tmp_path).recover()
    assert caught.value.code is Code.CAPTURE_DAMAGED
    assert (tmp_path / WARC).read_bytes() == content


# --- the fault loop: the n-th operation on the disk fails, for n = 1, 2, 3 … until none is left to fail ----


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


class Faults:
    """Lets the n-th operation go wrong, and where the process was killed, every later one too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, nth: int, fault: str) -> None:
        self.count = 0
        self.nth = nth
        self.fault = fault
        for name in ("write", "fsync", "fsync_folder", "cut"):
            monkeypatch.setattr(durable, name, self.wrapped(getattr(durable, name), tears=name == "write"))

    def wrapped(self, real: Callable[..., Any], *, tears: bool) -> Callable[..., Any]:
        def operation(*arguments: Any) -> Any:
            self.count += 1
            if self.count > self.nth and self.fault == "kill":
                raise Killed
            if self.count != self.nth:
                return real(*arguments)
            if tears:
                handle: BinaryIO = arguments[0]
                handle.write(arguments[1][: len(arguments[1]) // 2])
                handle.flush()
            if self.fault == "kill":
                raise Killed
            raise OSError(errno.ENOSPC if self.fault == "full" else errno.EIO, "the disk refuses")

        return operation


def act_on(store: CaptureStore, done: list[bytes]) -> None:
    """Keep four things; the payload of each is added to `done` once it has been kept."""
    store.keep(exchange(b"first", tls="TLSv1.3 AES sha256:00"), run_id="run-1")
    done.append(b"first")
    store.keep(not_modified(minute=1), run_id="run-1")
    done.append(b"first")
    store.keep(exchange(b"second", minute=2, url="http://a.test/second"), run_id="run-1")
    done.append(b"second")
    store.keep_resource("http://a.test/", b"third", Memento(), mime=None, run_id=None)
    done.append(b"third")


ALL = [b"first", b"first", b"second", b"third"]


@pytest.mark.parametrize("fault", ["kill", "full", "broken"])
@pytest.mark.parametrize("max_bytes", [10**9, 1_500], ids=["one file", "several files"])
def test_whichever_operation_fails_what_was_kept_stays_and_the_rest_can_be_kept_again(
    tmp_path: Path, fault: str, max_bytes: int
) -> None:
    nth = 0
    failed = True
    while failed:
        nth += 1
        folder = tmp_path / str(nth)
        done: list[bytes] = []
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, nth, fault)
            try:
                act_on(store_in(folder, max_bytes), done)
                failed = False
            except (Killed, OSError):
                pass
        assert failed == (faults.count >= nth)
        store = store_in(folder, max_bytes)
        found = [store.payload(capture) for capture in store.captures()]
        assert found in (done, ALL[: len(done) + 1])
        act_on(store, [])
        again = store_in(folder, max_bytes)
        assert [again.payload(capture) for capture in again.captures()] == ALL
        for path in sorted(folder.glob("*.warc.gz")):
            read_by_others(path)
    assert nth > 12


@pytest.mark.parametrize("fault", ["full", "broken"])
def test_the_same_store_goes_on_after_a_failure(tmp_path: Path, fault: str) -> None:
    for nth in range(1, 14):
        store = store_in(tmp_path / str(nth))
        with pytest.MonkeyPatch.context() as patch:
            Faults(patch, nth, fault)
            with pytest.raises(OSError, match="the disk refuses"):
                act_on(store, [])
        act_on(store, [])
        assert [store.payload(capture) for capture in store.captures()] == ALL


def test_a_failure_while_cutting_is_made_good_the_next_time(written: Written, tmp_path: Path) -> None:
    for nth in (1, 2, 3, 4):
        shutil.copy(written[0] / WARC, tmp_path)
        (tmp_path / MANIFEST).write_bytes((written[0] / MANIFEST).read_bytes()[:-1])
        with pytest.MonkeyPatch.context() as patch:
            Faults(patch, nth, "kill")
            with pytest.raises(Killed):
                store_in(tmp_path).keep(SECOND, run_id="run-2")
        check(tmp_path, [b"page"])

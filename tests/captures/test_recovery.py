"""After a crash: nothing committed is lost, nothing is doubled, what is torn is cut and said."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.captures.recovery import Cut
from archive.codes import Code, RoundtableError
from tests.captures.made import WARC, exchange, read_by_others, store_in
from tests.conftest import ROOT

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


@pytest.mark.parametrize("fault", ["kill", "ENOSPC", "EIO", "ENOSPC-same-store", "EIO-same-store"])
def test_every_operation_of_the_store_may_be_the_last(tmp_path: Path, fault: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.captures.striking", fault, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["struck"] > 40
    assert told["wrong"] == []

"""A WACZ file holds the very records, is the same whenever it is made, and is not made of damaged ones."""

import hashlib
import json
import random
import shutil
import struct
import subprocess
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.captures import index, wacz
from archive.codes import Code, RoundtableError
from tests.captures.answers import Kept, brought, keep_every_kind
from tests.captures.made import contents, read_by_others, store_in
from tests.faults import KILL, loop
from tests.flips import missed_flips
from tests.peers import peer

FIRST = "roundtable-00001.warc.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "captures"


@pytest.fixture
def kept(folder: Path) -> dict[str, Kept]:
    return {one.name: one for one in keep_every_kind(folder)}


def export(folder: Path, path: Path, chosen: list[str] | None = None, pages: tuple[Kept, ...] = ()) -> wacz.Written:
    if chosen is None:
        chosen = [capture.capture_id for capture in store_in(folder).captures()]
    return wacz.write(
        path,
        folder,
        chosen,
        pages=[wacz.ListedPage(one.capture, None if one.name == "plain" else f"Seite „{one.name}“") for one in pages],
        title="Round tables",
        description="All of them.",
        software="roundtable-archive/test",
    )


def records(path: Path, into: Path) -> list[dict[str, str]]:
    """The WARC headers of every record inside, once warcio and fastwarc have read and checked them all."""
    with ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("archive/")]
        return [headers for name in names for headers, _ in read_by_others(Path(package.extract(name, into)))]


def test_it_is_laid_out_as_the_format_says_and_everything_in_it_has_its_digest(folder, kept, tmp_path):
    pages = (kept["plain"], kept["chunked"])
    written = export(folder, tmp_path / "out/all.wacz", pages=pages)
    with ZipFile(tmp_path / "out/all.wacz") as package:
        assert package.testzip() is None
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        content = {name: package.read(name) for name in package.namelist()}
    about, seal = json.loads(content.pop("datapackage.json")), json.loads(content.pop("datapackage-digest.json"))
    warcs = sorted(path.name for path in folder.glob("*.warc.gz"))
    assert list(content) == [*(f"archive/{name}" for name in warcs), "indexes/index.cdx", "pages/pages.jsonl"]
    assert {key: about[key] for key in ("profile", "wacz_version", "title", "description", "software")} == {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": "Round tables",
        "description": "All of them.",
        "software": "roundtable-archive/test",
    }
    assert about["created"] == max(one.capture.ingested_at for one in kept.values()).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert about["resources"] == [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in content.items()
    ]
    assert seal == {"path": "datapackage.json", "hash": written.digest}
    head, *lines = map(json.loads, content["pages/pages.jsonl"].splitlines())
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert lines == [
        {"id": pages[0].capture.capture_id, "url": pages[0].capture.url, "ts": "2018-10-08T09:00:00Z"},
        {
            "id": pages[1].capture.capture_id,
            "url": pages[1].capture.url,
            "ts": "2018-10-08T09:02:00Z",
            "title": "Seite „chunked“",
        },
    ]
    assert (written.captures, written.pages) == (10, 2)
    assert written.records == len(records(written.path, tmp_path))
    assert written.bytes == written.path.stat().st_size


def test_of_a_whole_home_it_holds_the_very_files_and_the_index_without_answers_that_show_nothing(
    folder, kept, tmp_path
):
    export(folder, tmp_path / "all.wacz")
    with ZipFile(tmp_path / "all.wacz") as package:
        for path in folder.glob("*.warc.gz"):
            assert package.read(f"archive/{path.name}") == path.read_bytes()
        lines = (folder / index.INDEX).read_bytes().splitlines(keepends=True)
        played = [line for line in lines if b'"status": "304"' not in line]
        assert len(played) == len(lines) - 1
        assert package.read("indexes/index.cdx") == b"".join(played)


def test_what_an_interrupted_write_left_is_not_in_it(folder, kept, tmp_path):
    export(folder, tmp_path / "before.wacz")
    for path in (folder / FIRST, folder / f"{FIRST}.jsonl"):
        with path.open("ab") as handle:
            handle.write(b'{"torn')
    export(folder, tmp_path / "after.wacz")
    assert (tmp_path / "after.wacz").read_bytes() == (tmp_path / "before.wacz").read_bytes()


def test_a_revisit_brings_what_it_refers_to_and_every_capture_its_own_records(folder, kept, tmp_path):
    chosen = [kept[name].capture for name in ("revisit", "not-modified", "gone")]
    written = export(folder, tmp_path / "some.wacz", [capture.capture_id for capture in chosen])
    found = records(written.path, tmp_path)
    of = {headers["WARC-Record-ID"]: headers for headers in found}
    assert (written.captures, written.records) == (4, len(found))
    own = [headers for headers in found if headers["WARC-Type"] in {"response", "revisit", "resource"}]
    assert sorted(headers["WARC-Date"] for headers in own) == [
        f"2018-10-08T09:0{minute}:00.000250Z" for minute in (0, 4, 6, 8)
    ]
    for headers in own:
        assert of[headers["WARC-Warcinfo-ID"]]["WARC-Type"] == "warcinfo"
        if headers["WARC-Type"] == "revisit":
            assert of[headers["WARC-Refers-To"]]["WARC-Payload-Digest"] == headers["WARC-Payload-Digest"]
    beside = [headers for headers in found if "WARC-Concurrent-To" in headers]
    assert sorted(headers["WARC-Type"] for headers in beside) == ["metadata", *["request"] * 4]
    assert {headers["WARC-Concurrent-To"] for headers in beside} == {headers["WARC-Record-ID"] for headers in own}
    with ZipFile(written.path) as package:
        for name in package.namelist():
            if name.startswith("archive/"):
                with package.open(name) as handle:
                    assert next(iter(ArchiveIterator(handle))).rec_type == "warcinfo"


@pytest.mark.parametrize("names", [None, ["revisit-gzip"], ["brought", "gone", "moved"]], ids=str)
def test_every_line_of_its_index_leads_to_the_record_inside(folder, kept, tmp_path, names):
    written = export(folder, tmp_path / "some.wacz", names and [kept[name].capture.capture_id for name in names])
    with ZipFile(written.path) as package:
        lines = package.read("indexes/index.cdx").decode().splitlines()
        assert lines == sorted(lines)
        assert len(lines) == written.captures - (names is None)
        for line in lines:
            block = json.loads(line.split(" ", 2)[2])
            start = int(block["offset"])
            member = package.read(f"archive/{block['filename']}")[start : start + int(block["length"])]
            record = next(iter(FastIterator(BytesIO(member))))
            assert record.headers["WARC-Target-URI"] == block["url"]
            assert record.headers["WARC-Payload-Digest"] == block["digest"]


def test_the_same_captures_make_the_same_bytes(folder, kept, tmp_path):
    chosen = [one.capture.capture_id for one in kept.values()]
    export(folder, tmp_path / "one.wacz", chosen)
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    random.Random(1).shuffle(chosen)
    export(tmp_path / "copy", tmp_path / "two.wacz", chosen)
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()


def test_a_flipped_bit_of_records_or_manifests_is_never_exported_and_leaves_no_file(folder, kept, tmp_path):
    paths = [*folder.glob("*.warc.gz"), *folder.glob("*.jsonl")]
    (tmp_path / "out").mkdir()
    chosen = [one.capture.capture_id for one in kept.values()]

    def refused(path: Path) -> bool:
        with pytest.raises(RoundtableError) as caught:
            export(folder, tmp_path / "out/all.wacz", chosen)
        return caught.value.code is Code.CAPTURE_DAMAGED and caught.value.where.startswith(path.name)

    assert missed_flips(paths, refused) == []
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("fault", ["flipped", "cut", "missing"])
def test_damage_names_file_and_offset_and_leaves_the_file_of_before(folder, kept, tmp_path, fault):
    export(folder, tmp_path / "out/all.wacz")
    before = contents(tmp_path / "out")
    capture = kept["gzip"].capture
    path = folder / capture.warc_file
    content = bytearray(path.read_bytes())
    content[capture.warc_offset + 20] ^= 1
    if fault == "flipped":
        path.write_bytes(content)
    elif fault == "cut":
        path.write_bytes(content[: capture.warc_offset + 20])
    else:
        path.unlink()
    with pytest.raises(RoundtableError) as caught:
        export(folder, tmp_path / "out/all.wacz")
    place = 0 if fault == "missing" else capture.warc_offset
    assert (caught.value.code, caught.value.where) == (Code.CAPTURE_DAMAGED, f"{path.name}@{place}")
    assert "\n" not in str(caught.value)
    assert contents(tmp_path / "out") == before


def test_a_revisit_whose_original_is_lost_is_damage(folder, kept, tmp_path):
    original, revisit = kept["plain"].capture, kept["not-modified"].capture
    assert original.warc_file != revisit.warc_file
    (folder / f"{original.warc_file}.jsonl").unlink()
    with pytest.raises(RoundtableError) as caught:
        export(folder, tmp_path / "all.wacz", [revisit.capture_id])
    assert caught.value.where == f"{revisit.warc_file}@{revisit.warc_offset}"


@pytest.mark.parametrize("fault", [KILL, "ENOSPC"])
def test_whatever_operation_is_struck_the_name_means_the_old_file_or_the_new_one(folder, kept, tmp_path, fault):
    chosen = [one.capture.capture_id for one in kept.values()]
    export(folder, folder / "out/all.wacz", chosen[:1])
    export(folder, tmp_path / "new.wacz", chosen)
    old, new = (folder / "out/all.wacz").read_bytes(), (tmp_path / "new.wacz").read_bytes()
    attempts = 0
    for attempt in loop(folder, tmp_path, lambda copy: export(copy, copy / "out/all.wacz", chosen) and None, fault):
        attempts += 1
        assert attempt.ended in {"done", "killed" if fault == KILL else "refused"}
        assert (attempt.folder / "out/all.wacz").read_bytes() in (old, new)
        export(attempt.folder, attempt.folder / "out/all.wacz", chosen)
        assert [path.name for path in (attempt.folder / "out").iterdir()] == ["all.wacz"]
        assert (attempt.folder / "out/all.wacz").read_bytes() == new
    assert attempts > 5


def test_memory_does_not_grow_with_the_records(folder, tmp_path):
    store = store_in(folder)
    for number in range(3):
        brought(store, f"http://www.example.test/{number}", random.Random(number).randbytes(16_000_000))
    tracemalloc.start()
    written = export(folder, tmp_path / "all.wacz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written.bytes > 48_000_000
    assert peak < 8_000_000


@pytest.mark.parametrize("limit", [0.5, 0.99, 1, 1.01, 1.04, 20])
def test_readers_that_trust_the_directory_of_the_zip_find_every_file(folder, kept, tmp_path, monkeypatch, limit):
    # ReplayWeb.page reckons where a file begins from the directory alone, unless an extra field stands there.
    at = round(limit * (folder / FIRST).stat().st_size)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", at)
    monkeypatch.setattr(wacz, "ZIP64_LIMIT", at)
    export(folder, tmp_path / "all.wacz")
    content = (tmp_path / "all.wacz").read_bytes()
    with ZipFile(tmp_path / "all.wacz") as package:
        assert package.testzip() is None
        for info in package.infolist():
            (extra,) = struct.unpack_from("<H", content, info.header_offset + 28)
            assert info.extra or not extra, info.filename


def test_the_usual_tool_finds_it_valid(folder, kept, tmp_path):
    tool = peer("ROUNDTABLE_WACZ", "wacz", "wacz")
    for name, chosen in (("all", None), ("some", [kept["revisit"].capture.capture_id])):
        written = export(folder, tmp_path / f"{name}.wacz", chosen, pages=(kept["plain"], kept["chunked"]))
        words = [tool, "validate", "-f", written.path]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Validation succeeded, the passed WACZ is valid" in done.stdout

"""What is kept can be played back by others: pywb gives every answer with the very bytes that were sent."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from archive.captures import index, wacz
from tests.captures.answers import PAGE, Kept, keep_every_kind
from tests.peers import peer

CHOSEN = ("revisit", "revisit-gzip", "chunked")


@pytest.fixture(scope="module")
def pywb() -> Path:
    """The folder of pywb's programs."""
    return Path(peer("ROUNDTABLE_PYWB", "wayback", "pywb")).parent


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Kept]]:
    folder = tmp_path_factory.mktemp("captures")
    return folder, {one.name: one for one in keep_every_kind(folder)}


@pytest.fixture(scope="module")
def archive(pywb, kept, tmp_path_factory) -> Iterator[str]:
    """The address of a pywb with three collections: our WARC files, a WACZ of them, and a WACZ of some captures."""
    folder, answers = kept
    root = tmp_path_factory.mktemp("pywb")
    packed(folder, root / "all.wacz", list(answers.values()))
    packed(folder, root / "some.wacz", [answers[name] for name in CHOSEN])
    manager = pywb / "wb-manager"
    for collection, words in (
        ("store", sorted(folder.glob("*.warc.gz"))),
        ("all", ["--unpack-wacz", root / "all.wacz"]),
        ("some", ["--unpack-wacz", root / "some.wacz"]),
    ):
        for command in (["init", collection], ["add", collection, *words]):
            subprocess.run([manager, *command], cwd=root, check=True, capture_output=True, timeout=60)
    port = free_port()
    with (root / "log").open("wb") as log:
        words = [pywb / "wayback", "--bind", "127.0.0.1", "--port", str(port), "--directory", root]
        process = subprocess.Popen(words, cwd=root, stdout=log, stderr=log)
        try:
            wait_for(process, port, root / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def packed(folder: Path, path: Path, chosen: list[Kept]) -> None:
    ids = [one.capture.capture_id for one in chosen]
    wacz.write(path, folder, ids, pages=[], title="Pages", description="Some.", software="roundtable-archive/test")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the server listens; one that ended, or does not begin within a minute, fails with what it said."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"pywb does not answer:\n{log.read_text()}")


def asked(archive: str, collection: str, one: Kept) -> tuple[requests.Response, bytes]:
    """The raw form of a capture, as it is played back, and its body before its content coding is undone."""
    capture = one.capture
    moment = (capture.captured_at or capture.ingested_at).strftime("%Y%m%d%H%M%S")
    with requests.Session() as session:
        # Whatever proxies somebody's machine has are not asked for what lies on loopback.
        session.trust_env = False
        with session.get(
            f"{archive}/{collection}/{moment}id_/{capture.url}", stream=True, allow_redirects=False, timeout=30
        ) as answer:
            return answer, answer.raw.read(decode_content=False)


@pytest.mark.parametrize("collection", ["store", "all", "some"])
def test_every_answer_is_played_back_as_it_was(archive, kept, collection):
    _, answers = kept
    names = {"store": list(answers), "all": [name for name in answers if name != "not-modified"], "some": CHOSEN}
    for name in names[collection]:
        one = answers[name]
        answer, body = asked(archive, collection, one)
        moment = one.capture.captured_at or one.capture.ingested_at
        assert answer.headers["Memento-Datetime"] == moment.strftime("%a, %d %b %Y %H:%M:%S GMT"), name
        assert answer.status_code == (one.capture.status or 200), name
        assert body == one.body, name
        assert answer.headers.get("Content-Encoding") == ("gzip" if "gzip" in name else None), name


def test_in_a_wacz_the_moment_of_an_answer_304_shows_the_page_that_it_confirms(archive, kept):
    answer, body = asked(archive, "all", kept[1]["not-modified"])
    assert (answer.status_code, body) == (200, PAGE)


def test_a_redirect_leads_where_it_led(archive, kept):
    answer, _ = asked(archive, "store", kept[1]["moved"])
    assert answer.headers["Location"] == "http://www.example.test/other"


def test_a_selection_holds_the_originals_of_its_revisits_and_nothing_else(archive, kept):
    _, answers = kept
    assert asked(archive, "some", answers["plain"])[1] == PAGE
    for name in ("gone", "moved", "brought", "gzip-chunked"):
        answer, _ = asked(archive, "some", answers[name])
        assert (answer.status_code, answer.headers.get("Memento-Datetime")) == (404, None), name


def test_its_indexer_reads_every_file_and_finds_what_our_index_says(pywb, kept):
    folder, _ = kept
    files = sorted(map(str, folder.glob("*.warc.gz")))
    done = subprocess.run(
        [pywb / "cdx-indexer", "--cdxj", "--sort", *files], capture_output=True, check=True, timeout=60
    )

    def places(content: bytes) -> list[tuple[str, ...]]:
        found = []
        for line in content.decode().splitlines():
            key, moment, block = line.split(" ", 2)
            values = json.loads(block)
            digest = values["digest"].removeprefix("sha1:")
            found.append((key, moment, digest, *(values[name] for name in ("url", "filename", "offset", "length"))))
        return found

    assert places(done.stdout) == places((folder / index.INDEX).read_bytes())

"""Whatever a server does ends in an outcome, in records that others can read, and in little memory."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

import archive
from archive.captures.harvest import Budget, Due, Found, Round
from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session
from archive.fetch.wire import Limits
from archive.model.captures import Fetch
from tests.conftest import ROOT
from tests.fetch.behaviours import ALL, WIRE, Behaviour
from tests.fetch.hostile import AGENT, serving
from tests.memory import MOST_GROWTH, peak

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def met(behaviour: Behaviour, folder: Path) -> list[Fetch]:
    """Harvest from the host, read what was kept, and look at it as others do."""
    store = CaptureStore(folder, software="roundtable-archive/test")
    patience = 0.3 if behaviour.never_ends else 20.0
    limits = Limits(
        WIRE, 2 * WIRE, 50.0, 65_536, connect_seconds=5, first_byte_seconds=patience, total_seconds=patience
    )
    time = [0.0]

    def sleep(seconds: float) -> None:
        assert seconds < 1_000
        time[0] += seconds

    def follow(found: Found) -> Iterable[Due]:
        yield from (Due(url, sitemap=True) for url in found.sitemaps)
        yield from map(Due, found.pages)

    answers = {behaviour.host + path: answer for path, answer in behaviour.answers.items()}
    with serving(answers) as server:
        rows = Round(
            [Due(behaviour.url, sitemap=behaviour.kind == "sitemap", feed=behaviour.kind == "feed")],
            session=Session(AGENT, resolver=Resolver({behaviour.host: server.address}), limits=limits),
            store=store,
            politeness=Politeness(1.0, jitter=0, clock=lambda: time[0], sleep=sleep),
            journal=lambda row: None,
            run_id="run-1",
            expand=follow,
            budget=Budget(50),
        ).go()
    for capture in store.captures():
        archive.read(store.payload(capture), capture.url).as_dict()
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as handle:
            for record in ArchiveIterator(handle, check_digests="raise"):
                record.content_stream().read()
                assert not any(CONTROL.search(value) for _, value in record.rec_headers.headers)
    return rows


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_behaviour_ends_in_its_outcome(name: str, tmp_path: Path) -> None:
    rows = met(ALL[name], tmp_path)
    assert rows[-1].outcome == ALL[name].outcome, rows[-1].detail
    assert all(row.detail is None or not CONTROL.search(row.detail) for row in rows)


def test_there_are_many_ways_to_misbehave() -> None:
    assert len(ALL) >= 80


def test_all_of_them_together_take_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetch.test_hostile"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names, grown = done.stdout.split()
    assert int(names) == len(ALL)
    assert int(grown) <= MOST_GROWTH


def main() -> None:
    """Meet all behaviours; print their number and by how many bytes the peak has grown meanwhile."""
    archive.read(b"<html><h1>A title</h1><p>" + b"words " * 50, "https://a.test/")
    before = peak()
    for behaviour in ALL.values():
        with tempfile.TemporaryDirectory() as folder:
            rows = met(behaviour, Path(folder))
        if Outcome(rows[-1].outcome) is not behaviour.outcome:
            sys.exit(f"{behaviour.name}: {rows[-1].outcome}, not {behaviour.outcome}")
    print(len(ALL), peak() - before)


if __name__ == "__main__":
    main()

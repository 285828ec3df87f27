"""SIGKILL at any moment of the demonstration: nothing is lost or doubled, and the next run ends as it should."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import duckdb
import pytest

from archive.model import TABLES
from tests.pipelines.conftest import ROUNDTABLE, roundtable

KILLS = 20 if os.environ.get("ROUNDTABLE_SOAK") else 3
BOOKKEEPING = {"captures", "fetches", "runs", "visits", "events", "releases", "stage_counts"}
CAPTURE = re.compile(r"\bc-[0-9a-f]{20}\b")
COINCIDENCE = {"capture_id", "first_captured_at", "last_captured_at"}
"""Columns in which two runs may differ although they say the same: names and times of captures."""


def content(home):
    """Every row of the content tables, without what depends on when somebody looked."""
    found = {}
    with duckdb.connect(str(home / "roundtable.duckdb"), read_only=True) as connection:
        for name, table in TABLES.items():
            if name in BOOKKEEPING:
                continue
            columns = [column.name for column in table.columns if column.name not in COINCIDENCE]
            chosen = ", ".join(f'"{column}"' for column in columns)
            rows = connection.execute(f"SELECT {chosen} FROM {name} ORDER BY ALL").fetchall()
            # A reference names the capture that it was read from.
            found[name] = [
                tuple(CAPTURE.sub("c-", one) if isinstance(one, str) else one for one in row) for row in rows
            ]
    return found


@pytest.mark.parametrize("number", range(KILLS))
def test_a_demonstration_that_was_killed_goes_on_as_if_it_had_not_been(demo, tmp_path, number):
    home = tmp_path / "home"
    moment = random.uniform(0.8, 5.0)
    process = subprocess.Popen(
        [ROUNDTABLE, "demo", "--home", home],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    again = roundtable("demo", "--home", home)
    assert again.returncode == 0, f"killed after {moment:.2f} s\n{again.stderr}"
    assert content(home) == content(demo[0])
    with duckdb.connect(str(home / "roundtable.duckdb"), read_only=True) as connection:
        doubled = (
            "SELECT url FROM captures WHERE record_type = 'response' GROUP BY url, payload_sha256 HAVING count(*) > 1"
        )
        assert connection.execute(doubled).fetchall() == []
    with closing(sqlite3.connect(home / "dagster/history/runs.db")) as connection:
        statuses = {status for (status,) in connection.execute("SELECT status FROM runs")}
    assert statuses <= {"SUCCESS", "FAILURE"}
    assert not [path for path in home.rglob("*") if path.name.endswith(".tmp") and "dagster" not in path.parts]


def test_a_torn_tail_is_cut_reported_and_stands_in_the_events(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    (warc,) = (home / "captures").glob("*.warc.gz")
    before = warc.read_bytes()
    # The beginning of a record, as a killed write leaves it.
    warc.write_bytes(before + before[:300])
    done = roundtable("rebuild", "--home", home)
    assert done.returncode == 0, done.stderr
    assert f"torn_tail: {warc.name}: 300 bytes" in done.stdout
    assert warc.read_bytes() == before
    with duckdb.connect(str(home / "roundtable.duckdb"), read_only=True) as connection:
        told = connection.execute("SELECT object, outcome FROM events WHERE type = 'fixity_check'").fetchall()
    assert told == [(warc.name, "torn_tail")]

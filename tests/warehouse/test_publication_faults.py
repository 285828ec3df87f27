"""Whatever happens to the disk or the process while a release is published: readers have the old one or the new one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


SHARES = 4
"""Processes among which the operations of one fault are divided, so that they go side by side."""
# All operations are killed every time, and some refused; the long run refuses all.
SOME = [("kill", SHARES, first) for first in range(1, SHARES + 1)] + [("ENOSPC", 6, 1), ("EIO", 7, 1)]
ALL = [(fault, SHARES, first) for fault in ("kill", "ENOSPC", "EIO") for first in range(1, SHARES + 1)]


@pytest.mark.parametrize(("fault", "every", "first"), ALL if os.environ.get("ROUNDTABLE_SOAK") else SOME)
def test_every_operation_of_a_publication_may_be_the_last(tmp_path, fault, every, first):
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "tests.warehouse.publication",
            fault,
            str(every),
            str(first),
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["struck"] > 40 / every
    assert told["wrong"] == []

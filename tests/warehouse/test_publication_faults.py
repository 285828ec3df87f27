"""Whatever happens to the disk or the process while a release is published: readers have the old one or the new one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("fault", "every"), [("kill", 1), ("ENOSPC", 6), ("EIO", 7)])
def test_every_operation_of_a_publication_may_be_the_last(tmp_path, fault, every):
    every = 1 if os.environ.get("ROUNDTABLE_SOAK") else every
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.warehouse.publication", fault, str(every), str(tmp_path)],
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

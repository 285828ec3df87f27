"""The command line as people use it: in a process of its own, on a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROUNDTABLE = Path(sys.executable).with_name("roundtable")
Roundtable = Callable[..., subprocess.CompletedProcess[str]]


def roundtable(*words: object, cwd: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Type `roundtable words…` and return what came of it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ROUNDTABLE_", "DAGSTER_"))}
    return subprocess.run(
        [ROUNDTABLE, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={**kept, "COLUMNS": "110", **environ},
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A home in which the demonstration has run once; tests only look at it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    return home, roundtable("demo", "--home", home)

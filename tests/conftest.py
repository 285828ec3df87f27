"""What tests share: where test data lies, a home of one's own, and what is skipped where something is missing."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# Machines are shared and noisy: no test fails because one example took long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages beside the project; it is never part of it."""
    folder = Path(os.environ.get("ROUNDTABLE_SHARED") or ROOT.parent / "shared")
    if not (folder / "seed").is_dir():
        pytest.skip("the folder of real pages (../shared) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's headless browser."""
    found = shutil.which("chromium")
    if not found:
        if os.environ.get("ROUNDTABLE_CI"):
            pytest.fail("CI installs chromium before the tests, and it is not there")
        pytest.skip("chromium is not installed on this machine")
    return found


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the home, the contact or the Dagster folder of whoever runs it."""
    for name in ("ROUNDTABLE_CONTACT", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ROUNDTABLE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "110")

"""A disk that takes no more: one line says so, readers have what they had, and the next run is whole."""

import resource
import shutil
import subprocess

import pytest

from tests.pipelines.conftest import ROUNDTABLE, roundtable


def limited(home, most):
    """Type `roundtable rebuild` where no file may become longer than that."""
    return subprocess.run(
        [ROUNDTABLE, "rebuild", "--home", home],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )


@pytest.mark.parametrize(("refused", "most"), [("Dagster's storage", 100_000), ("the database", 1_500_000)])
def test_whatever_file_is_refused_it_is_one_line_and_the_release_stays(demo, tmp_path, refused, most):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    if refused == "the database":
        (home / "cache/database.json").unlink()
    before = (home / "roundtable.duckdb").read_bytes()
    found = limited(home, most)
    assert found.returncode == 2, found.stderr
    *_, last = found.stderr.splitlines()
    assert last.startswith("roundtable: ")
    assert "[disk_refused]" in last
    assert "Traceback" not in found.stderr
    assert (home / "roundtable.duckdb").read_bytes() == before
    assert roundtable("sql", "SELECT count(*) FROM contributions", "--home", home).returncode == 0
    whole = roundtable("rebuild", "--home", home)
    assert whole.returncode == 0, whole.stderr
    assert roundtable("verify", "--home", home).returncode == 0

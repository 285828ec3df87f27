"""The handbook: complete, and what it promises of backup, update and services is so."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import dagster as dg
import pytest
from packaging.specifiers import SpecifierSet

from archive.codes import Code, Outcome, RoundtableError
from archive.home import LAYOUT, Home
from archive.model import TABLES
from pipelines import asset_checks
from pipelines.definitions import build_definitions
from tests.pipelines.conftest import roundtable

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "docs/operations.md").read_text()


def rows_of(title):
    section = HANDBOOK.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_every_code_is_explained_with_its_own_advice():
    rows = rows_of("Codes")
    assert list(rows) == [str(code) for code in Code]
    for code in Code:
        meaning, advice = rows[code]
        assert meaning
        assert advice.replace("\\|", "|") == code.advice


def test_every_outcome_is_explained():
    rows = rows_of("Outcomes of fetching")
    assert list(rows) == [str(outcome) for outcome in Outcome]
    for outcome in Outcome:
        assert rows[outcome][0] == f"{outcome.meaning} ({outcome.kind})"
        assert rows[outcome][1]


def test_every_check_is_explained():
    rows = rows_of("Checks")
    assert {name: row[1] for name, row in rows.items()} == dict(asset_checks.DESCRIPTIONS)


def test_everything_that_runs_by_itself_is_listed():
    definitions = build_definitions()
    listed = set(re.findall(r"^\| (?:schedule|sensor) `(\w+)`", HANDBOOK, re.MULTILINE))
    assert listed == {one.name for one in [*definitions.schedules, *definitions.sensors]}
    for one in definitions.schedules:
        assert one.default_status == dg.DefaultScheduleStatus.RUNNING


def test_a_backup_waits_for_the_run_and_no_run_begins_within_it(tmp_path):
    block = re.search(r"## Backup and restore.*?```sh\n(.*?)```", HANDBOOK, re.DOTALL)[1]
    lock = block.splitlines()[0].replace("/srv/archive", str(tmp_path)).split()[:2]
    home = Home.at(tmp_path).prepare()
    with home.writing():
        assert subprocess.run([lock[0], "--nonblock", lock[1], "true"], check=False).returncode == 1
    with subprocess.Popen([*lock, "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as copying:
        # What comes back tells that it has begun.
        copying.stdin.write(b"begun\n")
        copying.stdin.flush()
        copying.stdout.readline()
        with pytest.raises(RoundtableError, match="unknown") as caught, home.writing():
            pytest.fail("a run began within the backup")
        assert caught.value.code is Code.HOME_BUSY
    with home.writing():
        pass


def test_backup_and_restore_are_the_three_commands_of_the_handbook(demo, tmp_path):
    block = re.search(r"## Backup and restore.*?```sh\n(.*?)```", HANDBOOK, re.DOTALL)[1]
    copy, restore, rebuild = block.splitlines()
    source, restored, backup = demo[0], tmp_path / "restored", tmp_path / "backup"
    if shutil.which("rsync"):
        for command in (copy, restore):
            words = command.replace("/srv/archive", str(source)).replace("/mnt/backup/archive", str(backup))
            backup.mkdir(exist_ok=True)
            subprocess.run(words.replace("/srv/restored", str(restored)).split(), check=True)
    else:
        # What rsync would do; the machine has none.
        for folder in re.findall(r"/srv/archive/\./(\w+)", copy):
            shutil.copytree(source / folder, restored / folder)
    done = roundtable(*rebuild.replace("/srv/restored", str(restored)).split()[1:])
    assert done.returncode == 0, done.stderr
    for name in TABLES:
        one, other = (home / "tables/current" / f"{name}.parquet" for home in (source, restored))
        assert one.read_bytes() == other.read_bytes(), name
    assert roundtable("verify", "--home", restored).returncode == 0


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy/systemd").glob("*.service")), ids=lambda path: path.stem)
def test_a_unit_starts_what_the_command_line_has(unit):
    (words,) = re.findall(r"^ExecStart=\S+/roundtable (.*)$", unit.read_text(), re.MULTILINE)
    done = roundtable(*words.split(), "--help")
    assert done.returncode == 0, done.stderr
    assert f"--only {unit.stem.removeprefix('roundtable-')}" in words
    assert unit.name in HANDBOOK or "deploy/systemd/*.service" in HANDBOOK


def test_a_home_of_a_newer_version_is_refused_in_one_line_and_an_older_one_is_brought_up_by_rebuild(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    (home / "layout").write_text(f"{LAYOUT + 1}\n")
    for words in (["status"], ["rebuild"], ["ui"]):
        done = roundtable(*words, "--home", home)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "[home_newer]" in done.stderr
    (home / "layout").write_text(f"{LAYOUT - 1}\n")
    shutil.rmtree(home / "inbox")
    done = roundtable("ingest", "lamplighter", "--home", home)
    assert (done.returncode, "[home_older]" in done.stderr) == (2, True)
    assert roundtable("sql", "SELECT 1", "--home", home).returncode == 0
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert (home / "layout").read_text() == f"{LAYOUT}\n"
    assert (home / "inbox").is_dir()
    assert roundtable("ingest", "lamplighter", "--home", home).returncode == 0


@pytest.mark.parametrize("mark", ["", "x", "-1", "1.5"])
def test_a_layout_that_nobody_understands_is_refused(tmp_path, mark):
    (tmp_path / "layout").write_text(mark)
    with pytest.raises(RoundtableError, match="home_newer"):
        Home.at(tmp_path)


def test_our_own_state_is_no_pickle(demo):
    ours = [path for path in demo[0].rglob("*") if path.is_file() and "dagster" not in path.relative_to(demo[0]).parts]
    assert ours
    for path in ours:
        assert path.read_bytes()[:1] != b"\x80" or path.suffix == ".gz", path


def test_no_secret_of_the_environment_reaches_the_home(tmp_path):
    secret = "s3cr3t-of-the-test"
    secrets = {"ROUNDTABLE_SMTP_USER": secret, "ROUNDTABLE_SMTP_PASSWORD": secret}
    done = roundtable(
        "rebuild", "--home", tmp_path / "home", **secrets, ROUNDTABLE_ALERT_WEBHOOK=f"http://127.0.0.1:9/{secret}"
    )
    assert done.returncode == 0, done.stderr
    assert secret not in done.stdout + done.stderr
    held = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert held
    assert not [path for path in held if secret.encode() in path.read_bytes()]
    assert os.environ.get("ROUNDTABLE_SMTP_USER") is None


def test_what_is_pinned_can_be_installed_with_the_oldest_python_that_is_named():
    # Distributions keep the Python that they began with: Debian 12 has 3.11.2.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    pinned = [line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines()]
    wanted = {name: metadata.metadata(name).get("Requires-Python") for name in pinned}
    assert {name: python for name, python in wanted.items() if not SpecifierSet(python or "").contains(oldest)} == {}

"""`roundtable releases`: what was published when, and what that changed."""

import json
import shutil

from archive.home import Home
from archive.journal import Journal
from archive.model import Release, ReleaseChange
from pipelines.cli.main import main
from tests.pipelines.conftest import roundtable
from warehouse import release_folder

ANSWER = "night-bus/q1/comfort-asabre"


def test_people_read_the_notes_and_a_rebuilt_home_has_them_again(demo, tmp_path, capsys):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    done = roundtable("withdraw", ANSWER, "--reason", "asked for", "--home", home)
    assert done.returncode == 0
    (first, last) = Journal(Home.at(home).journal).read(Release)
    assert main(["releases", "--home", str(home), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["release_id"], row["withdrawn"]) for row in listed] == [(last.release_id, 1), (first.release_id, 0)]
    assert main(["releases", last.release_id, "--home", str(home)]) == 0
    page = capsys.readouterr().out
    assert f"## Withdrawn (1)\n\n- `{ANSWER}`" in page
    kept = release_folder.rows_of(home / "tables/current", ReleaseChange)
    shutil.rmtree(home / "tables")
    assert roundtable("rebuild", "--home", home).returncode == 0
    assert release_folder.rows_of(home / "tables/current", ReleaseChange) == kept
    assert main(["releases", "2020-01-01-1", "--home", str(home)]) == 2
    assert "there is no release '2020-01-01-1' (releases): use one of" in capsys.readouterr().err

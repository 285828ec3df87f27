"""`roundtable people` on a home: what is listed and proposed; that a decision reaches the tables and can be undone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.authority.decisions import FILE, FOLDER
from archive.codes import Code, RoundtableError
from archive.home import Home
from pipelines import deciding
from pipelines.deciding import Asked
from tests.pipelines.conftest import roundtable
from warehouse import query

SAMIR = ("stairwell/people/samir-tolland", "night-bus/people/samir-tolland")
ASABRE = "night-bus/people/comfort-asabre"
ANSWER = "night-bus/q1/comfort-asabre"


@pytest.fixture
def home(demo, tmp_path: Path) -> Home:
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return Home.at(tmp_path / "home")


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    return query.run(home.database, sql).rows


def typed(home: Home, *words: str):
    return roundtable("people", *words, "--home", home.root)


def quiet(_: str) -> None:
    pass


def test_one_person_of_two_round_tables_is_found_in_both_by_the_demonstrations_own_decision(demo):
    home = Home.at(demo[0])
    found = rows(home, "SELECT DISTINCT name, round_table_id FROM by_person('harcastle') ORDER BY ALL")
    assert found == [("Leonie Harcastle", "night-bus"), ("Leonie Harcastle", "stairwell")]
    assert rows(home, "SELECT id, reason FROM id_aliases WHERE alias = 'stairwell/people/leonie-harcastle'") == [
        ("night-bus/people/leonie-harcastle", "merge, by lamplighter-1")
    ]
    where = rows(
        home,
        "SELECT c.url, c.access FROM authority_decisions JOIN captures AS c USING (capture_id)",
    )
    assert where == [("urn:roundtable:authority/lamplighter.toml", "restricted")]


def test_people_and_organisations_are_listed_where_they_are_filed(demo):
    listed = json.loads(roundtable("people", "--home", demo[0], "--json").stdout)
    names = [one["filed_under"] for one in listed]
    assert "Han Dongfang" in names
    assert "van der Houtkamp, Wietske" in names
    assert names == sorted(names, key=lambda name: name.lower())
    leonie = next(one for one in listed if one["id"] == "night-bus/people/leonie-harcastle")
    assert (leonie["status"], leonie["round_tables"], leonie["contributions"]) == ("reviewed", 2, 3)
    done = roundtable("people", "--organisations", "--home", demo[0])
    assert "Lift Engineers’" in done.stdout
    shown = roundtable("people", "show", "samir", "--home", demo[0])
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in SAMIR)


def test_a_proposal_is_accepted_reaches_the_tables_and_is_undone(home):
    proposed = json.loads(typed(home, "propose", "--json").stdout)
    samir = next(one for one in proposed if set(one["members"]) == set(SAMIR))
    assert samir["for"] == ["Leonie Harcastle is beside both", "both are convenor in the series long-table"]
    ids = rows(home, "SELECT contribution_id, position, person_id FROM participations ORDER BY ALL")
    done = typed(home, "accept", samir["id"], "--by", "R. Arkiv", "--json")
    assert done.returncode == 0, done.stderr
    (written,) = json.loads(done.stdout)
    assert (written["kind"], written["state"]) == ("same", "standing")
    tables = "SELECT DISTINCT round_table_id FROM by_person('Tolland') ORDER BY ALL"
    assert rows(home, tables) == [("night-bus",), ("stairwell",)]
    assert len(rows(home, "SELECT DISTINCT person_id FROM people WHERE name = 'Samir Tolland'")) == 1
    name = written["decision_id"]
    assert rows(home, f"SELECT state, decided_by, evidence FROM authority_decisions WHERE decision_id = '{name}'") == [
        ("standing", "R. Arkiv", "\n".join([samir["alike"], *samir["for"]]))
    ]
    assert rows(home, f"SELECT outcome FROM events WHERE event_id = 'authority {name}'") == [("standing",)]
    assert not [one for one in json.loads(typed(home, "propose", "--json").stdout) if one["id"] == samir["id"]]

    assert typed(home, "undo", name, "--reason", "they are two after all").returncode == 0
    assert rows(home, "SELECT contribution_id, position, person_id FROM participations ORDER BY ALL") == ids
    assert "they are two after all" in typed(home, "decisions").stdout


def test_a_split_mints_an_id_that_nobody_had(home):
    (written,) = deciding.split(home, ASABRE, [ANSWER], Asked("a namesake", "R. Arkiv"), quiet)
    assert written.state == "standing"
    found = rows(home, f"SELECT contribution_id, person_id FROM participations WHERE person_id = '{ASABRE}-2'")
    assert found == [(ANSWER, f"{ASABRE}-2")]
    assert not [one for one in deciding.proposed(home) if f"{ASABRE}-2" in one.members]


def test_a_slip_in_the_file_costs_no_other_decision_and_is_told_in_one_line(home):
    file = home.curation / FOLDER / FILE
    file.write_text('[[decisions]]\nid = "b-1\nkind = "same"\n')
    organisations = next(one for one in deciding.proposed(home) if one.about == "organisations")
    (written,) = deciding.accept(home, [organisations.id], Asked(), quiet)
    assert written.state == "standing"
    rebuilt = roundtable("rebuild", "--home", home.root)
    told = [line.strip() for line in rebuilt.stdout.splitlines() if "authority_unreadable" in line]
    assert told == [
        "authority_unreadable: authority/decisions.toml: line 2: id = \"b-1: not valid TOML: Illegal character '\\n'"
    ]
    status = roundtable("status", "--home", home.root, "--json")
    assert status.returncode == 1
    assert [row["code"] for row in json.loads(status.stdout)["rejections"]] == ["authority_unreadable"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda home: deciding.accept(home, ["p0000000"], Asked(), quiet), Code.PROPOSAL_UNKNOWN),
        (lambda home: deciding.reject(home, ["p0000000"], Asked("x"), quiet), Code.PROPOSAL_UNKNOWN),
        (lambda home: deciding.undo(home, "x", Asked("x"), quiet), Code.DECISION_UNKNOWN),
        (lambda home: deciding.undo(home, "lamplighter-1", Asked(" "), quiet), Code.REASON_MISSING),
        (lambda home: deciding.split(home, "x", ["y"], Asked("x"), quiet), Code.PERSON_UNKNOWN),
        (lambda home: deciding.split(home, ASABRE, ["y"], Asked("x"), quiet), Code.CONTRIBUTION_UNKNOWN),
        (lambda home: deciding.split(home, ASABRE, [ANSWER], Asked(), quiet), Code.REASON_MISSING),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_one_line_and_nothing_is_written(demo, act, code):
    home = Home.at(demo[0])
    with pytest.raises(RoundtableError) as caught:
        act(home)
    assert caught.value.code is code
    assert "\n" not in str(caught.value)
    assert not (home.curation / FOLDER / FILE).exists()


def test_what_nothing_but_a_name_speaks_for_needs_a_reason_of_ones_own(home, monkeypatch):
    real = deciding.proposed(home)
    bare = [type(one)(one.kind, one.about, one.members, one.alike) for one in real if one.about == "people"]
    monkeypatch.setattr(deciding, "proposed", lambda _: bare)
    with pytest.raises(RoundtableError, match="nothing is joined on a name alone") as caught:
        deciding.accept(home, [bare[0].id], Asked(rebuild=False), quiet)
    assert caught.value.code is Code.REASON_MISSING
    (written,) = deciding.accept(home, [bare[0].id], Asked("her own letter", rebuild=False), quiet)
    assert 'reason = "her own letter"' in written.file.read_text()
    deciding.undo(home, written.decision_id, Asked("no", rebuild=False), quiet)
    with pytest.raises(RoundtableError, match="is undone by") as caught:
        deciding.undo(home, written.decision_id, Asked("no", rebuild=False), quiet)
    assert caught.value.code is Code.DECISION_UNKNOWN


def test_looking_never_waits_for_dagster_and_makes_no_home(demo, tmp_path):
    for words in ([], ["show", "Samir"], ["propose"], ["decisions"]):
        code = (
            "import sys; from pipelines.cli.main import main; "
            f"main(['people', *{words!r}, '--home', {str(demo[0])!r}]); sys.exit('dagster' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, words
    done = roundtable("people", "accept", "p0", "--home", tmp_path / "nothing")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "nothing").exists()


def test_where_somebody_is_filed_can_be_proposed_and_is_changed_by_a_decision_only(home, monkeypatch):
    who = "night-bus/people/wietske-van-der-houtkamp"
    filed = f"SELECT sort_name, given, family FROM people WHERE person_id = '{who}'"
    assert rows(home, filed) == [("van der Houtkamp, Wietske", "Wietske", "van der Houtkamp")]
    assert not any(one.kind == "name" for one in deciding.proposed(home))
    known = deciding.known

    def in_dutch(folder):
        found = known(folder)
        for one in found.people:
            one.languages = ("nl",)
        return found

    monkeypatch.setattr(deciding, "known", in_dutch)
    (proposal,) = [one for one in deciding.proposed(home) if one.kind == "name"]
    (written,) = deciding.accept(home, [proposal.id], Asked("she is Dutch", "R. Arkiv"), quiet)
    assert (written.kind, written.state) == ("name", "standing")
    assert rows(home, filed) == [("Houtkamp, Wietske van der", "Wietske", "van der Houtkamp")]
    assert not any(one.kind == "name" for one in deciding.proposed(home))

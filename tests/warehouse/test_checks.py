"""Each check finds what it is there for: statements of `sabotage.sql` break the tables, and one check must see it."""

import re
from pathlib import Path

import duckdb
import pytest

from archive.authority.decisions import Ledger
from tests import made
from tests.authority.invented import decision
from warehouse import parquet, publish

LEONIE = ["night-bus/people/leonie-harcastle", "stairwell/people/leonie-harcastle"]
DECISIONS = (
    decision("same", id="a-1", people=LEONIE, evidence=["both introductions are signed by her and Samir Tolland"])
    + decision("identifier", id="i-1", person=LEONIE[1], identifier="orcid:0000-0002-1825-0097")
    + decision("affiliation", id="o-1", organisation="organisations/early-house", name="Early House Bakery").replace(
        "at =", 'printed = [{ within = "night-bus", words = "Early House Bakery" }]\nat ='
    )
)
_BLOCK = re.compile(r"^-- (\w+)\n((?:(?!--).*\n)+)", re.MULTILINE)
SABOTAGE = _BLOCK.findall(Path(__file__).with_name("sabotage.sql").read_text())


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    records = made.records(made.demo_readings(), authority=Ledger.of({"decisions.toml": DECISIONS.encode()}))
    folder = tmp_path_factory.mktemp("tables")
    return parquet.write(records, folder, [], now=made.AT, code_version="test").folder


@pytest.fixture(scope="module")
def connection(release):
    with duckdb.connect() as connected:
        publish.load(connected, release)
        yield connected


def test_the_demonstration_passes_every_check(release):
    assert publish.failures(release) == []


@pytest.mark.parametrize(("check", "sabotage"), SABOTAGE, ids=[f"{name}-{n}" for n, (name, _) in enumerate(SABOTAGE)])
def test_every_check_fails_where_it_should(connection, check, sabotage):
    (wanted,) = [one for one in publish.checks() if one.name == check]
    assert connection.execute(wanted.sql).fetchall() == []
    connection.execute("BEGIN")
    try:
        connection.execute(sabotage)
        assert connection.execute(wanted.sql).fetchall()
    finally:
        connection.execute("ROLLBACK")


def test_every_check_is_made_to_fail_and_says_what_it_demands():
    assert {check.name for check in publish.checks()} == {name for name, _ in SABOTAGE}
    assert all(check.comment.endswith(".") for check in publish.checks())


def test_a_warning_is_told_as_one(release, tmp_path):
    warnings = {check.name for check in publish.checks() if check.is_warning}
    assert warnings == {"announced_is_found", "a_page_never_loses_answers"}
    with duckdb.connect() as connected:
        publish.load(connected, release)
        connected.execute("UPDATE round_tables SET announced_people = 12")
        found = list(publish._failures(connected))
    assert [(one.check, one.is_warning) for one in found] == [("announced_is_found", True)]

"""Inside one round table a voice is one provisional person, however its name is spelt; nothing joins across."""

import dataclasses

import pytest

from archive.discussion.ids import Ids
from archive.model import Affiliation, Evidence, IdAlias, Participant, Participation, Person, Rejection, StageCount
from archive.model.records import Records
from archive.sources.register import Register
from tests.authority.invented import contribution, participant, reconciled

DEBACA = ("Luis C.deBaca", "LUIS C.DEBACA", "Ambassador Luis C.deBaca (retired)", "C.deBaca, Luis")


@pytest.mark.parametrize("in_line_up", [True, False])
def test_one_voice_is_one_person_however_it_is_spelt(in_line_up):
    records = Records()
    if in_line_up:
        records.add(participant("stairs", "luis", DEBACA[0]))
    for number, spelling in enumerate(DEBACA):
        contribution(records, f"stairs/{number}", [spelling], table="stairs")
    found = reconciled(records)
    assert {row.person_id for row in found.of(Participation)} == {"stairs/people/luis-c-debaca"}
    assert [(row.name, row.family) for row in found.of(Person)] == [("Luis C.deBaca", "C.deBaca")]
    assert [row.name_as_printed for row in found.of(Participation)] == list(DEBACA)


def test_a_spelling_in_capitals_that_comes_first_is_not_how_a_person_is_called():
    records = Records()
    contribution(records, "stairs/1", ["LUIS C.DEBACA"], table="stairs")
    contribution(records, "stairs/2", ["Luis C.deBaca"], table="stairs")
    assert [row.name for row in reconciled(records).of(Person)] == ["Luis C.deBaca"]


def test_the_same_name_in_two_round_tables_and_in_a_loose_article_are_three_people():
    records = Records()
    contribution(records, "stairs/1", ["Ada Lind"], table="stairs")
    contribution(records, "roofs/1", ["Ada Lind"], table="roofs")
    contribution(records, "magazine/an-article", ["Ada Lind"])
    assert len({row.person_id for row in reconciled(records).of(Participation)}) == 3


def test_two_entries_of_one_name_are_two_people_and_a_byline_that_fits_both_is_nobody_s():
    records = Records()
    records.add(participant("stairs", "ada-lind", "Ada Lind"), participant("stairs", "ada-lind-cook", "Ada Lind"))
    contribution(records, "stairs/1", ["Ada Lind"], table="stairs", entry="ada-lind-cook")
    contribution(records, "stairs/2", ["Ada Lind"], table="stairs")
    found = reconciled(records)
    first, second = found.of(Participant)
    assert first.person_id != second.person_id
    assert [row.person_id for row in found.of(Participation)] == [second.person_id, None]
    (rejection,) = found.of(Rejection)
    assert (rejection.stage, rejection.code, rejection.locator) == (
        "reconcile", "name_shared", "byline of stairs/2, version 1, position 1",
    )  # fmt: skip
    (count,) = [row for row in found.of(StageCount) if row.stage == "reconcile"]
    assert (count.input, count.output, count.rejected) == (2, 1, 1)


def test_an_entry_keeps_its_person_when_its_name_is_spelt_otherwise_and_when_a_namesake_comes():
    ids = Ids()
    records = Records()
    records.add(participant("stairs", "ada", "Ada Lind"))
    before = reconciled(records, ids=ids).of(Participant)[0].person_id
    renamed = Records()
    renamed.add(participant("stairs", "ada", "Ada Lind-Moore"), participant("stairs", "ada-2", "Ada Lind-Moore"))
    first, second = reconciled(renamed, ids=ids).of(Participant)
    assert first.person_id == before
    assert second.person_id != before


def test_an_organisation_that_answers_is_none_that_somebody_belongs_to():
    records = Records()
    contribution(records, "stairs/1", ["Ada Lind"], table="stairs", affiliation="Lift Engineers’ Society")
    contribution(records, "stairs/2", ["Lift Engineers’ Society"], table="stairs", kind="institution")
    found = reconciled(records)
    person, agent = found.of(Participation)
    assert (person.organisation_id, agent.person_id) == (None, None)
    assert agent.organisation_id == "stairs/organisations/lift-engineers-society"
    assert [(row.as_printed, row.organisation_id) for row in found.of(Affiliation)] == [
        ("Lift Engineers’ Society", None)
    ]


def test_han_is_filed_under_h_because_the_register_says_so():
    records = Records()
    table = next(iter(Register.load().round_tables()))
    assert table.id == "future-of-work"
    records.add(participant(table.id, "han-dongfang", "Han Dongfang"))
    contribution(records, "future-of-work/1", ["HAN DONGFANG"], table=table.id)
    found = reconciled(records)
    (person,) = found.of(Person)
    assert (person.family, person.given, person.sort_name) == ("Han", "Dongfang", "Han Dongfang")
    (why,) = [row for row in found.of(Evidence) if row.field == "sort_name"]
    assert (why.witness, why.chosen) == ("register", True)
    assert "the register says that the family name stands first" in why.rule
    assert why.locator.startswith("register/opendemocracy/round_tables/future-of-work.toml")


@pytest.mark.parametrize(
    ("name", "sort_name"),
    [
        ("Shawna Bader-Blau", "Bader-Blau, Shawna"),
        ("Sebastian Köhn", "Köhn, Sebastian"),
        ("Annelies van der Meer", "van der Meer, Annelies"),
        ("Dr Prabha Kotiswaran", "Kotiswaran, Prabha"),
    ],
)
def test_where_a_person_is_filed_without_a_decision(name, sort_name):
    records = Records()
    contribution(records, "stairs/1", [name], table="stairs")
    found = reconciled(records)
    assert [row.sort_name for row in found.of(Person)] == [sort_name]
    assert {row.rule for row in found.of(Evidence) if row.field == "sort_name"} == {
        "filed under the last word of the name, with the particles before it"
    }


def test_identities_are_the_same_in_whatever_order_contributions_come():
    ids = Ids()
    rows = Records()
    for number, spelling in enumerate(DEBACA):
        contribution(rows, f"stairs/{number}", [spelling], table="stairs")
    first = {row.contribution_id: row.person_id for row in reconciled(rows, ids=ids).of(Participation)}
    turned = Records()
    for number, spelling in reversed(list(enumerate(DEBACA))):
        contribution(turned, f"stairs/{number}", [spelling], table="stairs")
    again = reconciled(turned, ids=ids)
    assert {row.contribution_id: row.person_id for row in again.of(Participation)} == first
    assert dataclasses.asdict(again.of(Person)[0])["person_id"] == "stairs/people/luis-c-debaca"


def test_an_author_whose_contribution_is_assigned_later_leads_to_who_speaks_there():
    ids = Ids()
    before = Records()
    contribution(before, "magazine/an-article", ["Ada Lind"])
    (loose,) = reconciled(before, ids=ids).of(Person)
    after = Records()
    contribution(after, "stairs/1", ["Ada Lind"], table="stairs")
    contribution(after, "magazine/an-article", ["Ada Lind"], table="stairs")
    found = reconciled(after, ids=ids)
    (person,) = found.of(Person)
    assert {person.person_id} == {row.person_id for row in found.of(Participation)}
    assert loose.person_id in {person.person_id, *(row.alias for row in found.of(IdAlias))}

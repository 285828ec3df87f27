"""What decisions do to the rows: they join, split, name, identify; some are undone, and some cannot hold."""

import pytest

from archive.discussion.ids import Ids
from archive.model import (
    Affiliation,
    AuthorityDecision,
    AuthoritySubject,
    Event,
    Evidence,
    IdAlias,
    Identifier,
    Organisation,
    Participation,
    Person,
    Rejection,
    StageCount,
)
from archive.model.records import Records
from tests.authority.invented import contribution, decision, participant, reconciled

A, B, C = "stairs/people/ada-lind", "roofs/people/ada-lind", "doors/people/a-lind"
SAME = decision("same", id="a-1", people=[A, B], evidence=["her own page lists both"], by="R. Arkiv")
ORCID = "orcid:0000-0002-1825-0097"


def rows() -> Records:
    """Ada Lind in three round tables, and her neighbours."""
    records = Records()
    records.add(participant("stairs", "ada", "Ada Lind"), participant("stairs", "bo", "Bo Ek"))
    contribution(records, "stairs/1", ["Ada Lind"], table="stairs", entry="ada", affiliation="Lift Society")
    contribution(records, "roofs/1", ["Ada Lind", "Cy Dahl"], table="roofs", affiliation="The Lift Society")
    contribution(records, "roofs/2", ["Ada Lind"], table="roofs")
    contribution(records, "doors/1", ["A. Lind"], table="doors")
    contribution(records, "doors/2", ["Lift Society"], table="doors", kind="institution")
    return records


def people(records: Records) -> dict[str, str | None]:
    return {f"{row.contribution_id}#{row.position}": row.person_id for row in records.of(Participation)}


def refusals(records: Records) -> dict[str, str]:
    return {row.excerpt: row.reason for row in records.of(Rejection) if row.stage == "authority"}


def state(records: Records) -> dict[str, str]:
    return {row.decision_id: row.state for row in records.of(AuthorityDecision)}


def test_a_decision_joins_across_round_tables_and_says_why_in_rows():
    found = reconciled(rows(), SAME)
    assert people(found)["roofs/1#1"] == people(found)["stairs/1#1"] == A
    assert people(found)["doors/1#1"] == C
    assert {row.person_id: row.status for row in found.of(Person)}[A] == "reviewed"
    assert B not in {row.person_id for row in found.of(Person)}
    assert [(row.alias, row.id, row.reason) for row in found.of(IdAlias)] == [(B, A, "merge, by a-1")]
    (row,) = found.of(AuthorityDecision)
    assert (row.kind, row.state, row.reason, row.evidence, row.decided_by) == (
        "same", "standing", "because", "her own page lists both", "R. Arkiv",
    )  # fmt: skip
    assert (row.locator, row.problem) == ("authority/decisions.toml: a-1", None)
    assert [(row.entity_id, row.part) for row in found.of(AuthoritySubject)] == [(A, "stays"), (B, "joins")]
    (event,) = found.of(Event)
    assert (event.type, event.object, event.outcome, event.note) == (
        "authority", A, "standing", "same: because, by R. Arkiv",
    )  # fmt: skip
    names = [row for row in found.of(Evidence) if row.record_id == A and row.field == "name"]
    assert [row.chosen for row in names] == [True, False]


def test_a_merge_that_is_undone_gives_the_former_ids_back_and_an_undone_undo_takes_them_again():
    ids = Ids()
    before = people(reconciled(rows(), "", ids))
    assert people(reconciled(rows(), SAME, ids)) != before
    undo = decision("undo", id="a-2", undoes="a-1")
    undone = reconciled(rows(), SAME + undo, ids)
    assert people(undone) == before
    assert undone.of(IdAlias) == []
    assert state(undone) == {"a-1": "undone", "a-2": "standing"}
    assert undone.of(AuthorityDecision)[0].undone_by == "a-2"
    again = reconciled(rows(), SAME + undo + decision("undo", id="a-3", undoes="a-2"), ids)
    assert people(again)["roofs/1#1"] == A
    assert state(again) == {"a-1": "standing", "a-2": "undone", "a-3": "standing"}


def test_a_chain_of_merges_ends_in_one_id():
    chain = decision("same", id="a-2", people=[C, A], evidence=["x"])
    found = reconciled(rows(), SAME + chain)
    assert {people(found)[name] for name in ("stairs/1#1", "roofs/1#1", "doors/1#1")} == {C}
    assert {(row.alias, row.id) for row in found.of(IdAlias)} == {(A, C), (B, C)}
    assert [row.name for row in found.of(Person) if row.person_id == C] == ["A. Lind"]


def test_a_split_gives_one_of_two_namesakes_an_id_of_her_own_and_an_alias_when_it_is_undone():
    ids = Ids()
    split = decision("split", id="s-1", person=B, contributions=["roofs/2"], into="roofs/people/ada-lind-the-cook")
    found = reconciled(rows(), split, ids)
    assert (people(found)["roofs/1#1"], people(found)["roofs/2#1"]) == (B, "roofs/people/ada-lind-the-cook")
    assert {row.person_id for row in found.of(Person)} >= {B, "roofs/people/ada-lind-the-cook"}
    undone = reconciled(rows(), split + decision("undo", id="s-2", undoes="s-1"), ids)
    assert people(undone)["roofs/2#1"] == B
    assert [(row.alias, row.id, row.reason) for row in undone.of(IdAlias)] == [
        ("roofs/people/ada-lind-the-cook", B, "split undone, by s-2")
    ]


def test_those_who_were_split_can_be_joined_elsewhere():
    split = decision("split", id="s-1", person=B, contributions=["roofs/2"], into="roofs/people/cook")
    join = decision("same", id="a-1", people=[C, "roofs/people/cook"], evidence=["x"])
    found = reconciled(rows(), split + join)
    assert (people(found)["roofs/1#1"], people(found)["roofs/2#1"]) == (B, C)


def test_a_name_is_filed_by_decision_with_its_evidence():
    records = Records()
    contribution(records, "stairs/1", ["Anna de Courcy Wheeler"], table="stairs")
    who = "stairs/people/anna-de-courcy-wheeler"
    named = decision(
        "name", id="n-1", person=who, name="Anna de Courcy Wheeler", given="Anna de Courcy", family="Wheeler",
        sort_name="Wheeler, Anna de Courcy", reason="the publisher files her under W",
    )  # fmt: skip
    (by_rule,) = reconciled(records).of(Person)
    assert by_rule.sort_name == "de Courcy Wheeler, Anna"
    found = reconciled(records_of_one("Anna de Courcy Wheeler"), named)
    (person,) = found.of(Person)
    assert (person.sort_name, person.family, person.status) == ("Wheeler, Anna de Courcy", "Wheeler", "reviewed")
    believed = [row for row in found.of(Evidence) if row.field == "sort_name" and row.chosen]
    assert [(row.witness, row.rule) for row in believed] == [
        ("authority", "a decision: the publisher files her under W")
    ]
    assert [row.value for row in found.of(Evidence) if row.field == "sort_name" and not row.chosen] == [
        "de Courcy Wheeler, Anna"
    ]


def records_of_one(name: str) -> Records:
    records = Records()
    contribution(records, "stairs/1", [name], table="stairs")
    return records


def test_identifiers_belong_to_whoever_stays():
    found = reconciled(rows(), decision("identifier", id="i-1", person=B, identifier=ORCID) + SAME)
    assert [(row.entity_id, row.scheme, row.value, row.status) for row in found.of(Identifier)] == [
        (A, "orcid", "0000-0002-1825-0097", "reviewed")
    ]


def test_an_affiliation_names_an_organisation_only_by_decision():
    ids = Ids()
    agent = "doors/organisations/lift-society"
    assert {row.organisation_id for row in reconciled(rows(), "", ids).of(Affiliation)} == {None}
    printed = [{"within": "stairs", "words": "Lift  Society"}, {"within": "roofs", "words": "The Lift Society"}]
    told = ", ".join(f'{{ within = "{one["within"]}", words = "{one["words"]}" }}' for one in printed)
    block = decision("affiliation", id="o-1", organisation="X").replace('"X"', f'"{agent}"\nprinted = [{told}]')
    found = reconciled(rows(), block, ids)
    assert {(row.contribution_id, row.organisation_id) for row in found.of(Affiliation)} == {
        ("stairs/1", agent), ("roofs/1", agent),
    }  # fmt: skip
    assert [row.status for row in found.of(Organisation)] == ["reviewed"]
    new = block.replace(agent, "organisations/lift-society").replace("printed", 'name = "The Lift Society"\nprinted')
    found = reconciled(rows(), new, ids)
    assert {row.organisation_id for row in found.of(Affiliation)} == {"organisations/lift-society"}
    assert {(row.organisation_id, row.name) for row in found.of(Organisation)} == {
        (agent, "Lift Society"), ("organisations/lift-society", "The Lift Society"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "refused", "reason"),
    [
        ([("same", {"people": [A, "nobody"]})], "b-1", "there is no person 'nobody'"),
        ([("same", {"people": [A, "doors/organisations/lift-society"]})], "b-1", "is the id of an organisation"),
        ([("same", {"organisations": [A, B]})], "b-1", "is the id of a person"),
        ([("same", {"people": [A, "stairs/people/bo-ek"]})], "b-1", "both stand in the line-up of stairs"),
        ([("same", {"people": [B, "roofs/people/cy-dahl"]})], "b-1", "both sign roofs/1"),
        ([("same", {"people": [A, B]}), ("same", {"people": [A, B]})], "b-2", "they are one already by b-1"),
        ([("same", {"people": [A, B]}), ("same", {"people": [B, A]})], "b-2", "this would be a merge cycle"),
        (
            [("same", {"people": [A, B]}), ("same", {"people": [B, C]}), ("same", {"people": [C, A]})],
            "b-3", "this would be a merge cycle",
        ),
        ([("distinct", {"people": [A, B]}), ("same", {"people": [A, B]})], "b-2", "b-1 says that"),
        (
            [("distinct", {"people": [A, C]}), ("same", {"people": [B, C]}), ("same", {"people": [A, B]})],
            "b-3", "b-1 says that",
        ),
        ([("same", {"people": [A, B]}), ("distinct", {"people": [A, B]})], "b-2", "one by b-1: undo that first"),
        ([("undo", {"undoes": "x"})], "b-1", "there is no decision 'x'"),
        ([("undo", {"undoes": "b-1"})], "b-1", "it undoes itself"),
        ([("undo", {"undoes": "b-2"}), ("undo", {"undoes": "b-1"})], "b-1", "or a decision that undoes it"),
        (
            [("identifier", {"person": A, "identifier": ORCID}), ("identifier", {"person": C, "identifier": ORCID})],
            "b-2", f"{ORCID}: it is that of '{A}' by b-1",
        ),
        (
            [
                ("identifier", {"person": A, "identifier": ORCID}),
                ("identifier", {"person": A, "identifier": "orcid:0000-0001-5109-3700"}),
            ],
            "b-2", "and nobody has two",
        ),
        ([("identifier", {"person": "nobody", "identifier": ORCID})], "b-1", "there is no person 'nobody'"),
        (
            [
                ("name", {"person": A, "name": "Ada", "sort_name": "Ada"}),
                ("name", {"person": A, "name": "Eda", "sort_name": "Eda"}),
            ],
            "b-2", "is named by b-1: undo that first",
        ),
        ([("split", {"person": B, "contributions": ["doors/1"], "into": "x"})], "b-1", "does not speak in 'doors/1'"),
        ([("split", {"person": B, "contributions": ["roofs/2"], "into": A})], "b-1", "is taken: choose another id"),
        (
            [
                ("split", {"person": B, "contributions": ["roofs/2"], "into": "x"}),
                ("split", {"person": B, "contributions": ["roofs/2"], "into": "y"}),
            ],
            "b-2", "'roofs/2' is given to 'x' already",
        ),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_hold_is_refused_with_a_reason_and_changes_nothing(blocks, refused, reason):
    ids = Ids()
    reconciled(rows(), "", ids)
    told = {
        f"b-{number}": decision(kind, id=f"b-{number}", **({"evidence": ["x"]} if kind == "same" else {}), **keys)
        for number, (kind, keys) in enumerate(blocks, start=1)
    }
    found = reconciled(rows(), "".join(told.values()), ids)
    assert reason in refusals(found)[refused]
    row = next(row for row in found.of(AuthorityDecision) if row.decision_id == refused)
    assert (row.state, row.problem) == ("refused", refusals(found)[refused])
    assert people(found) == people(
        reconciled(rows(), "".join(block for name, block in told.items() if name != refused), ids)
    )
    (count,) = [row for row in found.of(StageCount) if row.stage == "authority"]
    assert count.input == len(blocks) == count.output + count.rejected
    assert count.rejected == len(refusals(found))


@pytest.mark.parametrize("words", ["Lift Club", "The Lift Society"])
def test_words_that_nobody_printed_there_name_nobody(words):
    block = decision("affiliation", id="o-1", organisation="doors/organisations/lift-society").replace(
        "at =", f'printed = [{{ within = "stairs", words = "{words}" }}]\nat ='
    )
    found = reconciled(rows(), block)
    assert refusals(found) == {"o-1": "printed[0]: no affiliation in 'stairs' is printed like that"}


def test_of_a_decision_about_people_who_are_gone_nothing_is_told():
    ids = Ids()
    reconciled(rows(), "", ids)
    rest = Records()
    contribution(rest, "windows/1", ["Di Falk"], table="windows")
    told = decision("identifier", id="i-1", person=B, identifier=ORCID, reason="Ada Lind told us")
    found = reconciled(rest, told + SAME + decision("undo", id="u-1", undoes="i-1", reason="Ada Lind again"), ids)
    assert state(found) == {"a-1": "dormant", "i-1": "undone", "u-1": "standing"}
    assert "ada" not in repr(found.by_table()).lower()
    assert found.of(Rejection) == []


def test_an_unreadable_decision_is_a_rejection_with_its_line():
    found = reconciled(rows(), SAME + '[[decisions]]\nid = "x\n')
    (rejection,) = found.of(Rejection)
    line = SAME.count("\n") + 2
    assert (rejection.stage, rejection.code, rejection.url, rejection.locator) == (
        "authority", "authority_unreadable", "urn:roundtable:authority/decisions.toml", f"line {line}",
    )  # fmt: skip
    assert people(found)["roofs/1#1"] == A
    (count,) = [row for row in found.of(StageCount) if row.stage == "authority"]
    assert (count.input, count.output, count.rejected) == (2, 1, 1)


def test_whose_name_is_spelt_anew_gets_the_former_id_back_by_decision():
    ids = Ids()
    reconciled(records_of_one("Ada Lind"), "", ids)
    same = decision("same", id="a-1", people=[A, f"{A}-moore"], evidence=["her letter"])
    found = reconciled(records_of_one("Ada Lind-Moore"), same, ids)
    assert people(found) == {"stairs/1#1": A}
    assert [(row.person_id, row.name) for row in found.of(Person)] == [(A, "Ada Lind-Moore")]
    assert [(row.alias, row.id) for row in found.of(IdAlias)] == [(f"{A}-moore", A)]

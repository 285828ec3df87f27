import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.codes import Code, RoundtableError
from archive.discussion.ids import Ids

KEYS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3)


@given(mints=st.lists(st.tuples(KEYS, st.sampled_from(["x", "y", "x-2"])), max_size=12))
def test_an_id_is_found_again_by_any_of_its_keys_and_by_itself_after_saving(tmp_path_factory, mints):
    path = tmp_path_factory.mktemp("ids") / "minted.jsonl"
    ids = Ids.load(path)
    given_ids = [(keys, ids.mint(keys, proposal)) for keys, proposal in mints]
    ids.save(path)
    again = Ids.load(path)
    for keys, minted in given_ids:
        now = ids.resolve(minted)
        assert {ids.of_key(key) for key in keys} == {now}
        assert again.resolve(minted) == again.mint(keys, "something else") == now
    assert not again.fresh
    assert not again.fresh_aliases
    assert again.rows() == ids.rows()


def test_of_two_ids_for_one_thing_the_first_stays_and_the_other_leads_to_it(tmp_path):
    ids = Ids()
    first, second, third = (ids.mint([key], f"table/{key}") for key in "abc")
    assert ids.mint(["b", "c"], "table/new") == second
    assert ids.mint(["c", "a"], "table/new") == first
    assert [(row.alias, row.id) for row in ids.rows()] == [(second, first), (third, first)]
    assert sorted(ids.aliases_of(first)) == [second, third]
    ids.save(tmp_path / "minted.jsonl")
    assert Ids.load(tmp_path / "minted.jsonl").mint(["d"], third) == f"{third}-2"


def test_aliases_in_a_circle_and_a_torn_line_are_told_apart(tmp_path):
    ledger = tmp_path / "minted.jsonl"
    ledger.write_text('{"key": "a", "id": "b"}\n{"key": "c", "i')
    assert Ids.load(ledger).by_key == {"a": "b"}
    aliases = tmp_path / "aliases.jsonl"
    aliases.write_text('{"alias": "x", "id": "b", "reason": "split"}\n{"alias": "b", "id": "x", "reason": "merge"}\n')
    with pytest.raises(RoundtableError) as caught:
        Ids.load(ledger)
    assert caught.value.code is Code.CURATION_DAMAGED
    assert "aliases.jsonl, line 2" in str(caught.value)


def test_two_things_that_would_look_alike_get_two_ids():
    ids = Ids()
    assert [ids.mint([key], "night-bus/people/a") for key in ("one", "two", "one")] == [
        "night-bus/people/a",
        "night-bus/people/a-2",
        "night-bus/people/a",
    ]


def test_a_damaged_ledger_names_its_line(tmp_path):
    (tmp_path / "minted.jsonl").write_text('{"key": "a", "id": "b"}\nnonsense\n')
    with pytest.raises(RoundtableError) as caught:
        Ids.load(tmp_path / "minted.jsonl")
    assert caught.value.code is Code.CURATION_DAMAGED
    assert "line 2" in str(caught.value)

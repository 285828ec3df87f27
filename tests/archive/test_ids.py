import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.codes import Code, RoundtableError
from archive.discussion.ids import Ids

KEYS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3)


@given(mints=st.lists(st.tuples(KEYS, st.sampled_from(["x", "y", "x-2"])), max_size=12))
def test_an_id_is_found_again_by_any_of_its_keys_after_saving(tmp_path_factory, mints):
    path = tmp_path_factory.mktemp("ids") / "minted.jsonl"
    ids = Ids.load(path)
    given_ids = [(keys, ids.mint(keys, proposal)) for keys, proposal in mints]
    ids.save(path)
    again = Ids.load(path)
    for keys, minted in given_ids:
        assert minted in {ids.by_key[key] for key in keys}
        assert again.mint(keys, "something else") == next(ids.by_key[key] for key in keys if key in ids.by_key)
    assert not again.fresh


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
    assert caught.value.code is Code.JOURNAL_DAMAGED
    assert "line 2" in str(caught.value)

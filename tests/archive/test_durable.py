import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import durable


def test_a_failed_replacement_leaves_the_old_content_and_no_litter(tmp_path):
    path = tmp_path / "file"
    durable.write_text(path, "old")

    def half():
        with durable.replacing(path) as temporary:
            temporary.write_text("half of the new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@given(cut=st.integers(min_value=0, max_value=200), rows=st.integers(min_value=1, max_value=6))
def test_whatever_was_torn_is_cut_and_every_whole_line_stays(tmp_path_factory, cut, rows):
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    durable.append_json(path, [{"n": n, "text": "ü" * n} for n in range(rows)])
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])
    kept = path.read_bytes().count(b"\n")
    durable.append_json(path, [{"n": "next"}])
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert [line["n"] for line in lines] == [*range(kept), "next"]


def test_a_link_is_moved_without_a_moment_in_which_it_is_missing(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    durable.point(tmp_path / "current", "a")
    durable.point(tmp_path / "current", "b")
    assert (tmp_path / "current").resolve() == tmp_path / "b"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "current"]

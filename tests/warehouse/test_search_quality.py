"""How well the search ranks: the judged questions of benchmarks/search.toml, beside SQLite's FTS5."""

import statistics

from benchmarks.search import JUDGED, quality

FLOOR = 0.92


def test_judged_texts_are_ranked_as_well_as_they_were_and_better_than_by_fts5(tmp_path):
    found = quality(tmp_path, extension=None)
    ours, theirs = (statistics.mean(values[name] for values in found.values()) for name in ("search", "FTS5"))
    assert ours >= FLOOR
    assert ours > theirs


def test_every_judgement_is_of_a_text_that_is_there():
    for grades in JUDGED["questions"].values():
        assert set(grades) <= set(JUDGED["texts"])
        assert set(grades.values()) <= {1, 2, 3}
    assert set(JUDGED["languages"]) <= set(JUDGED["texts"])

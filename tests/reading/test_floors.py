"""What the reader reaches on the saved pages does not fall below what it once reached."""

import tomllib
from pathlib import Path

import pytest

from benchmarks.corpus import METRICS, Corpus, answer

FLOORS = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "floors.toml").read_text())
LESS_IS_BETTER = {"spurious_authors"}


def test_every_figure_has_a_floor_and_one_that_was_lowered_says_why():
    assert set(FLOORS["floors"]) == set(METRICS)
    for name, entry in FLOORS["floors"].items():
        lowered = entry["floor"] > entry["highest"] if name in LESS_IS_BETTER else entry["floor"] < entry["highest"]
        assert not lowered or entry.get("reason"), name


def test_the_reader_stays_above_its_floors(shared):
    corpus = Corpus.found(shared / "pages")
    if corpus is None:
        pytest.skip("the saved pages are not there")
    assert corpus.digest() == FLOORS["corpus"], "these are other pages than those that the floors were measured on"
    figures = corpus.figures({name: answer(content, url) for name, content, url in corpus.pages()})
    for name, entry in FLOORS["floors"].items():
        reached = figures[name] <= entry["floor"] if name in LESS_IS_BETTER else figures[name] >= entry["floor"]
        assert reached, f"{name}: {figures[name]:.3f}, and the floor is {entry['floor']}"

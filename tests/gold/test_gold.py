"""What stood on the desk is what the reader finds on the pages made of it: four figures, each with a floor.

docs/gold.md says what the pages hold, and what is still missed. A floor is lowered with a reason in floors.toml only.
"""

import tomllib
from pathlib import Path

import pytest

import archive
from archive.codes import Code
from tests.gold import desk, words
from tests.gold.designs_five import DESIGNS as FIVE
from tests.gold.designs_four import DESIGNS as FOUR
from tests.gold.designs_insets import DESIGNS as INSETS
from tests.gold.designs_one import DESIGNS as ONE
from tests.gold.designs_one_more import DESIGNS as ONE_MORE
from tests.gold.designs_panels import DESIGNS as PANELS
from tests.gold.designs_three import DESIGNS as THREE
from tests.gold.designs_two import DESIGNS as TWO
from tests.gold.paper import Design
from tests.gold.scores import Scores, count

DESIGNS = [*ONE, *ONE_MORE, *TWO, *INSETS, *THREE, *FOUR, *FIVE, *PANELS]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())
SEEDS = 2
KINDS = ("boundaries", "speakers", "prompts", "relations", "affiliations", "bios")


def discussion(design: Design, number: int, seed: int) -> desk.Discussion:
    scripts = list(words.ELSEWHERE)
    script = scripts[(number + seed) % len(scripts)] if design.scripts and seed % 2 else ""
    return desk.discussion(seed * 1_000 + number, script=script, kinds=design.kinds, rounds=design.rounds)


def test_what_was_written_is_what_is_read():
    scores, missed = Scores(), []
    for number, design in enumerate(DESIGNS):
        for seed in range(SEEDS):
            d = discussion(design, number, seed)
            page = archive.read(design.render(d).encode(), f"https://marle.example/{design.name}/{seed}")
            if wrong := count(scores, page, d, design):
                missed.append(f"{design.name} {seed}: {wrong}")
    assert len(DESIGNS) * SEEDS >= FLOORS["least"]["pages"]
    assert scores.boundaries.written >= FLOORS["least"]["contributions"]
    for kind in KINDS:
        assert getattr(scores, kind).f1 >= FLOORS["floors"][kind], (kind, getattr(scores, kind), missed)


def test_every_floor_is_that_of_a_figure():
    assert set(FLOORS["floors"]) == set(KINDS)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_what_is_not_found_of_a_page_is_said(design):
    d = discussion(design, DESIGNS.index(design), 7)
    page = archive.read(design.render(d).encode(), "https://marle.example/")
    answers = [item for item in page.contributions if item.role == "response"]
    written = sum(len(answers) for _, answers in d.rounds)
    assert len(answers) == written or page.faults
    assert design.listed == (Code.LINE_UP_MISSING not in {fault.code for fault in page.faults}) or not answers

"""A release to export from: the demonstration's, and one in which texts stand that may not leave."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import Contribution, ContributionVersion, Passage
from archive.model.records import Records
from tests import made
from warehouse import parquet

WITHHELD = "night-bus/the-last-mile-has-a-driver-too"
"""A contribution of which only the metadata may leave."""
WITHDRAWN = "night-bus/q2/wietske-van-der-houtkamp"
"""A contribution that was withdrawn."""
EXCERPTED = "night-bus/q2/nghiem-thu-lam"
"""A contribution of which an excerpt may leave, which is its only passage."""
EXCERPT = "Three words only"


def release(records: Records, folder: Path) -> Path:
    """Write rows as a release, and return its folder."""
    folder.mkdir()
    return parquet.write(records, folder, [], now=made.AT, code_version="test").folder


def careless(records: Records) -> Records:
    """The rows as a fault upstream might leave them: policies and states are noted, and texts still stand there."""
    changed = {
        WITHHELD: {"storage_policy": "metadata_only"},
        WITHDRAWN: {"state": "withdrawn"},
        EXCERPTED: {"storage_policy": "excerpt", "text": EXCERPT},
    }
    for kind in (Contribution, ContributionVersion):
        records.replace(kind, [replace(row, **changed.get(row.contribution_id, {})) for row in records.of(kind)])
    excerpted = [row for row in records.of(Passage) if row.contribution_id == EXCERPTED and row.in_text]
    others = [row for row in records.of(Passage) if row.contribution_id != EXCERPTED]
    records.replace(Passage, [*others, replace(excerpted[0], text=EXCERPT)])
    return records


@pytest.fixture(scope="session")
def records() -> Records:
    """The demonstration's rows; tests only look at them."""
    return made.records(made.demo_readings())


@pytest.fixture(scope="session")
def demo_release(records, tmp_path_factory) -> Path:
    return release(records, tmp_path_factory.mktemp("release") / "tables")


@pytest.fixture(scope="session")
def careless_release(tmp_path_factory) -> Path:
    return release(careless(made.records(made.demo_readings())), tmp_path_factory.mktemp("careless") / "tables")

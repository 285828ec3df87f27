"""A site of the demonstration's rows, with what they lack: further versions, hostile words, withdrawn texts."""

from pathlib import Path

import pytest

from archive.model.records import Records
from tests import made
from tests.warehouse.site import rows
from warehouse.site import build


@pytest.fixture(scope="session")
def records() -> Records:
    """The demonstration's rows and some more; tests only look at them."""
    return rows.enriched(made.records(made.demo_readings()))


@pytest.fixture(scope="session")
def database(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """They, published."""
    return rows.published(records, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def site(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their site; tests only look at it."""
    folder = tmp_path_factory.mktemp("published") / "site"
    build.write(database, folder)
    return folder

"""A store of one's own, and the certificate of the fetching tests, for captures of secure exchanges."""

from pathlib import Path

import pytest

from archive.captures.store import CaptureStore
from tests.captures.made import store_in
from tests.fetch.conftest import certificate

__all__ = ["certificate"]


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return store_in(tmp_path / "captures")

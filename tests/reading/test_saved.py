"""Pages that were saved as fixtures are read as a person reads them.

`roundtable read … --save-fixture FOLDER` makes them. Pages of others cannot lie in the project, so their folder is
named: ROUNDTABLE_FIXTURES=FOLDER make test.
"""

import os
from pathlib import Path

import pytest

from archive.home import Home
from archive.sources.register import Register
from pipelines import fixtures

FOLDER = os.environ.get("ROUNDTABLE_FIXTURES")
SAVED = sorted(path.parent for path in Path(FOLDER).glob(f"*/{fixtures.EXPECTED}")) if FOLDER else []


@pytest.mark.skipif(not FOLDER, reason="no fixtures are named (ROUNDTABLE_FIXTURES)")
@pytest.mark.parametrize("place", SAVED, ids=lambda path: path.name)
def test_a_saved_page_is_read_as_a_person_reads_it(place):
    register = Register.load(Home.at().curation / "register")
    assert fixtures.differences(place, register) == []

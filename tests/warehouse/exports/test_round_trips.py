"""TEI and ConvoKit lose nothing that they can hold: what is read back is the rows that were written."""

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from archive.model.table import TABLES
from tests.warehouse.exports import hard
from tests.warehouse.exports.conftest import release
from warehouse.exports import convokit, convokit_back, published, tei, tei_back

NOT_HELD = {"passages": {"in_text", "locator"}}
"""Columns that neither format holds."""
ONLY_CONVOKIT = {"round_tables", "series", "round_table_participants"}


def by_tei(rows, _):
    return tei_back.rows(io.BytesIO("".join(tei.tei(rows)).encode()))


def by_convokit(rows, folder):
    convokit.write(rows, folder)
    return convokit_back.rows(folder)


def check(rows, back) -> None:
    """Every row of the current versions is read back as it is stored, and no other."""
    for name, found in back.items():
        key = TABLES[name].key
        stored = {
            tuple(row[column] for column in key): {
                column: value for column, value in row.items() if column not in NOT_HELD.get(name, ())
            }
            for row in rows.all(f"FROM {name}" + (" WHERE in_text" if name == "passages" else ""))
        }
        assert len(found) == len({tuple(row[column] for column in key) for row in found}), name
        for row in found:
            assert row == stored[tuple(row[column] for column in key)], name
    for name in ("contributions", "passages", "participations", "affiliations", "relations"):
        where = " WHERE in_text" if name == "passages" else ""
        assert len(back.get(name, [])) == len(rows.all(f"FROM {name}{where}")), name
    asked = rows.all("FROM prompts WHERE round_table_id IN (SELECT round_table_id FROM contributions)")
    assert len(back.get("prompts", [])) == len(asked)


@pytest.mark.parametrize("way", [by_tei, by_convokit])
def test_the_demonstration_is_read_back_as_it_is_stored(way, demo_release, tmp_path):
    with published.opened(demo_release) as rows:
        back = way(rows, tmp_path)
        check(rows, back)
        assert len(back["people"]) >= 15


@pytest.mark.parametrize("way", [by_tei, by_convokit])
@given(hard.DISCUSSION)
@settings(max_examples=6, phases=[Phase.generate])
def test_whatever_is_printed_is_read_back_as_it_was(way, discussion):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "out").mkdir()
        with published.opened(release(hard.records(discussion), Path(folder) / "tables")) as rows:
            check(rows, way(rows, Path(folder) / "out"))

"""What every format has in common: what may leave, what belongs to a name, and the same bytes every time."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from archive.codes import Code, RoundtableError
from archive.model import Contribution
from archive.model.table import TABLES
from tests.warehouse.exports.conftest import EXCERPT, EXCERPTED, WITHDRAWN, WITHHELD
from warehouse.exports import published, selection
from warehouse.exports.formats import FORMATS, FileFormat

NAMES = ["night-bus", "stairwell", "market-clock", "long-table", "lamplighter"]


def written(name: str, folder: Path, target: Path, *names: str) -> dict[str, bytes]:
    """An export's files by name."""
    form = FORMATS[name]
    target.mkdir()
    with published.opened(folder, names) as rows:
        if isinstance(form, FileFormat):
            (target / "file").write_text("".join(form.pieces(rows)), newline="")
        else:
            form.write(rows, target)
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def readable(path: Path) -> str:
    """What a file says, whatever hides it from a search for words."""
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist())
    if path.suffix == ".jsonl":
        return "\n".join(repr(json.loads(line)) for line in path.read_text().splitlines())
    return repr(json.loads(path.read_text())) if path.suffix == ".json" else path.read_text()


@pytest.mark.parametrize("name", FORMATS)
def test_no_text_leaves_that_may_not_and_its_metadata_does(name, records, careless_release, tmp_path):
    files = written(name, careless_release, tmp_path / "out")
    told = "\n".join(readable(tmp_path / "out" / file) for file in files)
    texts = {row.contribution_id: row.text for row in records.of(Contribution)}
    for contribution_id in (WITHHELD, WITHDRAWN, EXCERPTED):
        assert contribution_id in told
        for words in texts[contribution_id].split("\n\n"):
            assert words[10:50] not in told
    if name not in {"bibtex", "ris", "csl-json"}:
        assert EXCERPT in told
        assert texts["night-bus/q2/comfort-asabre"][10:50] in told


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_release_makes_the_same_bytes(name, demo_release, tmp_path):
    assert written(name, demo_release, tmp_path / "a") == written(name, demo_release, tmp_path / "b")


@pytest.mark.parametrize("names", [[name] for name in NAMES] + [["stairwell", "night-bus"]])
def test_every_row_that_a_chosen_row_refers_to_is_chosen(names, demo_release):
    with published.opened(demo_release, names) as rows:
        for name, table in TABLES.items():
            for column, other in table.references.items():
                lost = rows.all(
                    f"SELECT {column} FROM {name} WHERE {column} IS NOT NULL AND {column} NOT IN "
                    f"(SELECT {TABLES[other].key[0]} FROM {other})"
                )
                assert lost == [], (name, column)


def test_a_round_table_is_what_hangs_on_it_and_a_series_and_a_publisher_are_their_round_tables(demo_release):
    counts = {}
    for names in ((), *((name,) for name in NAMES)):
        with published.opened(demo_release, names) as rows:
            counts["".join(names)] = {table: rows.count(table) for table in TABLES}
            assert rows.is_whole == (not names)
            if names == ("stairwell",):
                assert {row["contribution_id"].partition("/")[0] for row in rows.all("FROM contributions")} == {
                    "stairwell"
                }
    assert counts["long-table"] == counts["lamplighter"]
    for table in ("contributions", "passages", "participations", "prompts", "people", "organisations", "citations"):
        of_each = [counts[name][table] for name in ("night-bus", "stairwell", "market-clock")]
        assert sum(of_each) == counts["long-table"][table], table
    assert counts[""]["contributions"] == counts["long-table"]["contributions"]
    assert counts["stairwell"]["evidence"] < counts[""]["evidence"]


def test_every_table_is_judged_after_those_that_its_condition_speaks_of():
    order = [table.name for table in selection.in_order(TABLES)]
    assert sorted(order) == sorted(TABLES)
    assert order.index("contributions") < order.index("participations") < order.index("people")


def test_an_unknown_name_is_told_with_the_nearest(demo_release):
    with (
        pytest.raises(RoundtableError, match="did you mean stairwell") as caught,
        published.opened(demo_release, ["stairwel"]),
    ):
        pass
    assert caught.value.code is Code.SOURCE_UNKNOWN


def test_a_release_that_is_removed_meanwhile_is_one_line(demo_release, tmp_path):
    with pytest.raises(RoundtableError) as caught, published.opened(tmp_path / "gone"):
        pass
    assert caught.value.code is Code.TABLES_DAMAGED

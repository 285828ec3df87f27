"""CSV, Parquet and the data package: the tables as files, read by others."""

import csv
import datetime as dt
import json
import subprocess
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Contribution, ContributionVersion
from archive.model.table import TABLES
from tests import made
from tests.peers import peer
from tests.warehouse.exports.conftest import release
from warehouse.exports import comma_separated, datapackage, parquet_files, published
from warehouse.exports.comma_separated import FORMULA, cell, undone
from warehouse.release_folder import release_of
from warehouse.schema import arrow_schema


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("='+-@\t\rx"))
def test_no_cell_begins_like_a_formula_and_each_can_be_read_back(text):
    assert cell(text)[:1] not in FORMULA or not text
    assert undone(cell(text)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        ("’t", "’t"),
        ("'t is", "'t is"),
        (-60, "-60"),
        (True, "true"),
        (dt.date(2019, 3, 1), "2019-03-01"),
        (dt.datetime(2019, 3, 1, 9, 5), "2019-03-01T09:05:00Z"),
    ],
)
def test_a_value_in_a_cell(value, expected):
    assert cell(value) == expected


def texts():
    """The demonstration's rows with texts that are hard to keep, and one that is empty."""
    rows = made.records(made.demo_readings())
    hard = ["=HYPERLINK(1)", 'a "quoted"\r\nline, and\ttab', "\u202eright to left", "😀\x00\x1f", ""]
    for kind in (Contribution, ContributionVersion):
        changed = [replace(row, text=hard[number % len(hard)]) for number, row in enumerate(rows.of(kind))]
        rows.replace(kind, changed)
    return rows


def test_a_csv_holds_every_value_of_every_table(tmp_path):
    folder = release(texts(), tmp_path / "tables")
    (tmp_path / "csv").mkdir()
    with published.opened(folder) as rows:
        comma_separated.write(rows, tmp_path / "csv")
    for name, table in TABLES.items():
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            head, *lines = csv.reader(handle)
        assert head == [column.name for column in table.columns]
        stored = pq.read_table(folder / f"{name}.parquet").to_pylist()
        assert sorted([undone(value) for value in line] for line in lines) == sorted(
            [undone(cell(value)) for value in row.values()] for row in stored
        )


def test_a_parquet_file_is_the_release_s_table(demo_release, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_files, "_GROUP", 50)
    with published.opened(demo_release) as rows:
        parquet_files.write(rows, tmp_path)
    for name, table in TABLES.items():
        ours = pq.read_table(tmp_path / f"{name}.parquet")
        key = [(column, "ascending") for column in table.key]
        assert ours.equals(pq.read_table(demo_release / f"{name}.parquet").sort_by(key))
        assert ours.schema.equals(arrow_schema(table), check_metadata=True)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    with published.opened(release(texts(), folder / "tables"), ["night-bus"]) as rows:
        (folder / "out").mkdir()
        datapackage.write(rows, folder / "out")
    return folder / "out"


def test_the_descriptor_says_what_the_model_says(package, demo_release):
    about = json.loads((package / "datapackage.json").read_text())
    assert about["version"] == release_of(demo_release).release_id
    assert [one["name"] for one in about["resources"]] == list(TABLES)
    schemas = {one["name"]: one["schema"] for one in about["resources"]}
    assert schemas["prompts"]["foreignKeys"] == [
        {"fields": ["round_table_id"], "reference": {"resource": "round_tables", "fields": ["round_table_id"]}},
        {"fields": ["parent_prompt_id"], "reference": {"resource": "", "fields": ["prompt_id"]}},
    ]
    assert schemas["passages"]["primaryKey"] == ["contribution_id", "version", "ordinal"]
    fields = {one["name"]: one for one in schemas["contributions"]["fields"]}
    assert fields["state"]["constraints"] == {"required": True, "enum": ["available", "withdrawn"]}
    assert (fields["text"]["missingValues"], fields["title"]["constraints"]) == ([], {})
    assert [fields[name]["type"] for name in ("version", "published_on", "published_at")] == [
        "integer", "date", "datetime",
    ]  # fmt: skip


def test_frictionless_finds_the_package_valid_and_a_broken_key_not(package):
    tool = peer("ROUNDTABLE_FRICTIONLESS", "frictionless", "frictionless")

    def errors() -> list[str]:
        done = subprocess.run(
            [tool, "validate", "--json", "datapackage.json"], cwd=package, capture_output=True, text=True, check=False
        )
        report = json.loads(done.stdout)
        return sorted({error["type"] for task in report["tasks"] for error in task["errors"]})

    assert errors() == []
    path = package / "data/prompts.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"\r\nnight-bus/q1,night-bus,", b"\r\nnight-bus/q1,day-bus,"))
    try:
        assert "foreign-key" in errors()
    finally:
        path.write_bytes(whole)

"""Every table of a release as a node of Dagster's graph: its columns, where they come from, how many rows it has.

Here belongs deriving these nodes from the model. They are written by the asset `tables`, which tells of those that
changed. Not here: the writing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import dagster as dg

from archive.model import SCHEMA_VERSION, TABLES, Content, Table
from warehouse import release_folder, sealing
from warehouse.schema import column_comment

GROUP = "tables"
_KINDS = {str: "string", int: "int", float: "float", bool: "bool"}
_NAMES = (("participations", "name_as_printed"), ("round_table_participants", "name_as_printed"))
_DERIVED: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]] = {
    "contributions": {
        **{item.name: (("contribution_versions", item.name),) for item in fields(Content)},
        "text": (("contribution_versions", "text"), ("passages", "text")),
    },
    "contribution_versions": {"text": (("passages", "text"),)},
    "prompts": {"text": (("prompt_wordings", "text"),)},
    "people": dict.fromkeys(("name", "given", "family", "sort_name"), _NAMES),
    "organisations": {"name": (*_NAMES, ("affiliations", "as_printed"))},
    "targets": {"state": (("fetches", "kind"), ("captures", "url"))},
    "citations": {
        "text": (
            *(("contributions", name) for name in ("title", "published_on", "published_edtf", "url", "license_uri")),
            ("prompts", "text"),
            ("participations", "name_as_printed"),
            ("people", "family"),
            ("round_tables", "title"),
            ("series", "title"),
            ("publishers", "name"),
            ("captures", "captured_at"),
        )
    },
}
"""Columns that are made of columns of other tables; all others are read from pages, the register or the journal."""


def key(name: str) -> dg.AssetKey:
    """The node of a table."""
    return dg.AssetKey(["release", name])


def specs(owners: list[str]) -> list[dg.AssetSpec]:
    """A node for each table."""
    return [
        dg.AssetSpec(
            key(name),
            deps=["tables", *dict.fromkeys(key(other) for other, _ in _sources(name))],
            description=table.comment,
            group_name=GROUP,
            owners=owners,
            kinds={"parquet"},
            code_version=str(SCHEMA_VERSION),
            metadata={
                "dagster/column_schema": column_schema(table),
                "dagster/table_name": name,
                "key": ", ".join(table.key),
                "content": table.content,
                "dagster/column_lineage": _lineage(name),
            },
        )
        for name, table in TABLES.items()
    ]


def column_schema(table: Table) -> dg.TableSchema:
    """A table's columns with type, comment, and what may stand in them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                _KINDS.get(column.type, column.type.__name__),
                column_comment(column),
                dg.TableColumnConstraints(nullable=column.nullable, unique=table.key == (column.name,)),
            )
            for column in table.columns
        ]
    )


def changed(before: Mapping[str, str], release: Path) -> Iterator[dg.AssetMaterialization]:
    """An event for each table of a release whose file is not what it was.

    Args:
        before: table → digest of its file, as it was.
        release: the release folder as it is.
    """
    for name, digest in digests(release).items():
        if before.get(name) != digest:
            yield dg.AssetMaterialization(
                key(name),
                metadata={
                    "dagster/row_count": release_folder.row_count(release, name),
                    "size in bytes": (release / f"{name}.parquet").stat().st_size,
                    "dagster/column_lineage": _lineage(name),
                },
                tags={"dagster/data_version": digest},
            )


def digests(release: Path | None) -> dict[str, str]:
    """Table → digest of its file, from the seal of a release folder; empty where there is none."""
    if release is None:
        return {}
    files = sealing.read((release / sealing.MANIFEST).read_bytes()).files
    return {name.removesuffix(".parquet"): one.sha256 for name, one in files.items()}


def names(table: str) -> list[str]:
    """The columns of a table."""
    return [column.name for column in TABLES[table].columns]


def lineage(deps: Mapping[str, Iterable[tuple[str, str]]]) -> dg.TableColumnLineage:
    """Column → node and column that it comes from."""
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(dg.AssetKey(node.split("/")), there) for node, there in found]
            for column, found in deps.items()
        }
    )


def _sources(name: str) -> list[tuple[str, str]]:
    known = names(name)
    return [one for column, found in _DERIVED.get(name, {}).items() if column in known for one in found]


def _lineage(name: str) -> dg.TableColumnLineage:
    """A column is that of the release, and where it was made of others, that of theirs."""
    derived = {
        column: [(f"release/{other}", there) for other, there in found]
        for column, found in _DERIVED.get(name, {}).items()
    }
    return lineage({column: [("tables", f"{name}.{column}"), *derived.get(column, ())] for column in names(name)})

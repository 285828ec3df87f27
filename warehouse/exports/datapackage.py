"""Frictionless data package: the tables as CSV, with a descriptor that says what they mean.

Here belongs the descriptor: types, keys, foreign keys, required and allowed values, all from the one model. The files
are those of `comma_separated`; the descriptor says what their apostrophes are.
"""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from archive.model.table import TABLES, Column, Table
from warehouse.exports import comma_separated
from warehouse.exports.published import Published
from warehouse.schema import column_comment

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", dt.date: "date", dt.datetime: "datetime"}
_CHUNK = 1 << 20


def write(published: Published, folder: Path) -> None:
    """Write `datapackage.json` and a file for each table into `folder`."""
    (folder / "data").mkdir()
    resources = []
    for table in TABLES.values():
        path = folder / "data" / f"{table.name}.csv"
        comma_separated.write_table(published, table, path)
        resources.append(resource(table, path))
    release = published.release
    about = {
        "profile": "tabular-data-package",
        "name": "round-tables",
        "title": "Published round tables",
        "description": (
            f"Release {release.release_id} of an archive of published round tables, sha256:{release.digest}. A text "
            "that begins like a formula of a spreadsheet has an apostrophe in front of it, which is no part of it. "
            "Texts keep the rights of their publishers and authors: see rights_statement and license_uri of each."
        ),
        "version": release.release_id,
        "created": f"{release.created_at.isoformat()}Z",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def resource(table: Table, path: Path) -> dict[str, Any]:
    """What the descriptor says of one table, whose file lies at `path`."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.comment,
        "path": f"data/{path.name}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    """The Table Schema of one table."""
    keys = [
        {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [key]}}
        for column, other in table.references.items()
        for key in TABLES[other].key[:1]
    ]
    described = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    return described | ({"foreignKeys": keys} if keys else {}) | {"missingValues": [""]}


def _field(column: Column) -> dict[str, Any]:
    constraints = {"required": True} if not column.nullable else {}
    allowed = {"enum": list(column.values)} if column.values else {}
    # A text that may not be null may be empty: there, nothing is a missing value.
    never_missing: dict[str, Any] = {"missingValues": []} if column.type is str and not column.nullable else {}
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column_comment(column),
        "constraints": constraints | allowed,
        **never_missing,
    }

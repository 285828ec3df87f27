"""The columns of those nodes of Dagster's graph that are no single table, and where they come from.

Here belongs what a row of them is: a page as it is read, a line of a report, a file; of a release the columns of all
its tables, as `table.column`. Not here: the nodes of single tables (`table_specs`), which know columns and lineage
from the model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import dagster as dg

from archive.model import TABLES
from archive.reading.page import Page
from pipelines import table_specs

PAGE = {
    "url": "Address that the page was read for.",
    "canonical_url": "Address that the page gives itself, else the same.",
    "source_id": "Publisher in the register whose address it is; none where the page was read as any page.",
    "kind": "What the payload is.",
    "shape": "Page shape of the publisher that matched, else generic or text.",
    "title": "Headline.",
    "standfirst": "The sentence or two below it.",
    "kicker": "The words above it.",
    "authors": "Names of the byline; none on a page of many respondents.",
    "published": "When it was published: wording, instant or day, zone and where that comes from.",
    "language": "BCP 47 tag.",
    "funding": "Note of who paid.",
    "rights": "Note of rights.",
    "license_uri": "Address of the licence.",
    "blocks": "Paragraphs, headings, images … in order, each with its place, and whether it belongs to the text.",
    "pictures": "Pictures with caption and credit.",
    "prompts": "Questions that are asked on the page.",
    "line_up": "Who is said to take part.",
    "contributions": "What each person says, to which prompt.",
    "relations": "What answers what.",
    "statements": "What each witness says of each field, which of them was chosen, and by what rule.",
    "faults": "What could not be used, with code and reason.",
    "sure": "Fields that are printed for people and stated for machines alike.",
    "items": "Pages that a feed lists.",
}
REPORT = {
    "what": "failed, rejected, refused, changed or new.",
    "code": "Outcome of the request, or code of the rejection.",
    "url": "Address of the page.",
    "why": "Reason, in words.",
}
FILE = (dg.TableColumn("file", "string", "Path within the folder."), dg.TableColumn("bytes", "int", "Size."))
_READ: Mapping[str, Mapping[str, str]] = {
    "contribution_versions": {
        **{name: name for name in ("kicker", "title", "standfirst", "language", "license_uri")},
        **dict.fromkeys(("role", "text", "word_count", "content_sha256"), "contributions"),
        **dict.fromkeys(
            (name for name in table_specs.names("contribution_versions") if "published" in name), "published"
        ),
        "funding_statement": "funding",
        "rights_statement": "rights",
        "url": "canonical_url",
    },
    "evidence": dict.fromkeys(("field", "value", "witness", "rule", "locator", "chosen"), "statements"),
    "media": dict.fromkeys(("url", "alt", "caption", "credit", "rights_statement"), "pictures"),
    "participations": {"name_as_printed": "authors", "bio": "contributions", "author_url": "statements"},
    "passages": dict.fromkeys(("kind", "in_text", "text", "locator"), "blocks"),
    "prompt_wordings": {"text": "prompts"},
    "rejections": dict.fromkeys(("code", "locator", "excerpt", "reason"), "faults"),
    "relations": dict.fromkeys(("type", "to_as_printed", "evidence", "quote"), "relations"),
    "round_table_participants": dict.fromkeys(
        ("name_as_printed", "affiliation_as_printed", "stance_as_printed"), "line_up"
    ),
    "stances": dict.fromkeys(("raw", "confidence"), "contributions"),
}
"""Columns of a release → what of a page they are; the others come from the register, the journal and from counting."""
_REPORTED = {
    "what": ("fetches.kind", "captures.ingested_at"),
    "code": ("fetches.outcome", "rejections.code"),
    "url": ("fetches.url", "rejections.url"),
    "why": ("fetches.detail", "rejections.reason"),
}


def of_pages() -> dict[str, Any]:
    """A row is a page."""
    kinds = {item.name: _kind(item.type) for item in fields(Page)}
    columns = [dg.TableColumn(name, kinds[name], comment) for name, comment in PAGE.items()]
    return _metadata(columns, {"url": [("captures", "url")]})


def of_candidate() -> dict[str, Any]:
    """The columns of a release that is not published yet."""
    deps = {f"{table}.{name}": [("pages", there)] for table, read in _READ.items() for name, there in read.items()}
    return _metadata(_of_release(), deps)


def of_release() -> dict[str, Any]:
    """The columns of a release."""
    return _metadata(_of_release(), {one.name: [("discussion", one.name)] for one in _of_release()})


def of_database() -> dict[str, Any]:
    """The columns of the tables of the database."""
    deps = {f"{table}.{name}": [(f"release/{table}", name)] for table in TABLES for name in table_specs.names(table)}
    return _metadata(_of_release(), deps)


def of_report() -> dict[str, Any]:
    """A row is a page that a run met."""
    columns = [dg.TableColumn(name, "string", comment) for name, comment in REPORT.items()]
    return _metadata(columns, {name: [("warehouse", one) for one in found] for name, found in _REPORTED.items()})


def of_files() -> dict[str, Any]:
    """A row is a file."""
    return _metadata(FILE, {})


@cache
def _of_release() -> Sequence[dg.TableColumn]:
    return [
        dg.TableColumn(f"{name}.{column.name}", column.type, column.description, column.constraints)
        for name, table in TABLES.items()
        for column in table_specs.column_schema(table).columns
    ]


def _metadata(columns: Sequence[dg.TableColumn], deps: Mapping[str, list[tuple[str, str]]]) -> dict[str, Any]:
    found: dict[str, Any] = {"dagster/column_schema": dg.TableSchema(columns=list(columns))}
    if deps:
        found["dagster/column_lineage"] = table_specs.lineage(deps)
    return found


def _kind(kind: object) -> str:
    """A type as one word: what may be missing is not part of it, and of several values it says that they are a list."""
    if get_origin(kind) is Literal:
        return "string"
    given = [one for one in get_args(kind) if one not in (NoneType, ...)]
    if get_origin(kind) is tuple:
        return f"list of {_kind(given[0])}"
    name = getattr(given[0] if given else kind, "__name__", "")
    return "string" if name == "str" else name

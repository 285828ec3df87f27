"""TEI back into rows: what `tei` wrote, as rows of the tables that it came from.

Here belongs reading our own vocabulary. What the format does not hold is not made up: the place of each passage in its
page, other versions than the current one, media, and evidence.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from lxml.etree import _Element

from archive.model.table import TABLES
from warehouse.exports.markup import XML, text_of
from warehouse.exports.published import Row
from warehouse.exports.tei import NAMESPACE, NOTED, UNASSIGNED

Rows = dict[str, list[Row]]
_TEI = f"{{{NAMESPACE}}}"
_STATUS = {"high": "reviewed", "low": "provisional"}


def rows(source: Path | BinaryIO) -> Rows:
    """Table → rows in the order of the file, each with the columns that TEI holds.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
    """
    found: Rows = defaultdict(list)
    readers: dict[str, Callable[[_Element], Iterator[tuple[str, Row]]]] = {
        "person": _person, "org": _organisation, "prompt": _prompt, "contribution": _contribution,
    }  # fmt: skip
    where = str(source) if isinstance(source, Path) else source
    wanted = [f"{_TEI}{tag}" for tag in ("person", "org", "div")]
    for _, one in etree.iterparse(where, tag=wanted, resolve_entities=False, no_network=True):
        kind = one.get("type", "") if one.tag == f"{_TEI}div" else etree.QName(one).localname
        if kind in readers:
            for table, row in readers[kind](one):
                if row not in found[table]:
                    found[table].append(row)
            one.clear(keep_tail=True)
    return dict(found)


def _person(one: _Element) -> Iterator[tuple[str, Row]]:
    names = {name.get("type"): name for name in one.iterchildren(f"{_TEI}persName")}
    parts = names.get("parts")
    yield (
        "people",
        {
            "person_id": one.get("n"),
            "name": text_of(names["display"]),
            "given": _text(parts, "forename") if parts is not None else None,
            "family": _text(parts, "surname") if parts is not None else None,
            "sort_name": text_of(names["sort"]),
            "status": _STATUS[one.get("cert", "")],
            **_noted("people", one),
        },
    )
    yield from _identifiers(one)


def _organisation(one: _Element) -> Iterator[tuple[str, Row]]:
    name = _text(one, "orgName")
    yield (
        "organisations",
        {
            "organisation_id": one.get("n"),
            "name": name,
            "status": _STATUS[one.get("cert", "")],
            **_noted("organisations", one),
        },
    )
    yield from _identifiers(one)


def _identifiers(one: _Element) -> Iterator[tuple[str, Row]]:
    for number in one.iterchildren(f"{_TEI}idno"):
        yield (
            "identifiers",
            {
                "entity_id": one.get("n"),
                "scheme": number.get("type"),
                "value": text_of(number),
                "status": _STATUS[number.get("cert", "")],
            },
        )


def _prompt(one: _Element) -> Iterator[tuple[str, Row]]:
    words = _child(one, "ab", type="prompt")
    yield (
        "prompts",
        {
            "prompt_id": one.get("n"),
            "round_table_id": _round_table(one),
            "parent_prompt_id": one.get("source"),
            "kind": one.get("subtype"),
            "text": text_of(words) if words is not None else None,
            "capture_id": _capture(one),
            **_noted("prompts", _child(one, "bibl")),
        },
    )


def _contribution(one: _Element) -> Iterator[tuple[str, Row]]:
    name, bibl = one.get("n"), _child(one, "bibl")
    parent = one.getparent()
    date, licence = _child(bibl, "date"), _child(_child(bibl, "availability"), "licence")
    pointer, standfirst = _child(bibl, "ptr"), _child(one, "argument")
    kicker, title = (_child(one, "head", type=kind) for kind in ("kicker", "title"))
    row = {
        "contribution_id": name,
        "round_table_id": _round_table(one),
        "prompt_id": parent.get("n") if parent is not None else None,
        "role": one.get("subtype"),
        "kicker": _text_or_none(kicker),
        "title": _text_or_none(title),
        "standfirst": _text_or_none(_child(standfirst, "ab")),
        "language": one.get(f"{XML}lang"),
        "published_as_printed": _text_or_none(date) if date is not None and (date.text or len(date)) else None,
        "published_edtf": date.get("n") if date is not None else None,
        "published_doubt": date.get("type") if date is not None else None,
        "rights_statement": _text_or_none(licence) if licence is not None and (licence.text or len(licence)) else None,
        "license_uri": licence.get("target") if licence is not None else None,
        "url": pointer.get("target") if pointer is not None else None,
        "capture_id": _capture(one),
        **_noted("contributions", bibl),
    }
    passages = list(_passages(one, row))
    yield "contributions", row | {"text": "\n\n".join(passage["text"] for passage in passages)}
    yield from (("passages", passage) for passage in passages)
    for author in bibl.iterchildren(f"{_TEI}author") if bibl is not None else ():
        yield from _author(author, row)
    for note in one.iterchildren(f"{_TEI}note"):
        yield "relations", _relation(note, name)


def _passages(one: _Element, row: Row) -> Iterator[Row]:
    speech = _child(one, "sp")
    for words in speech if speech is not None else ():
        if words.tag != f"{_TEI}speaker":
            yield {
                "contribution_id": row["contribution_id"],
                "version": row["version"],
                "ordinal": int(words.get("n", "")),
                "kind": words.get("type", "paragraph"),
                "text": text_of(words),
                "capture_id": _capture(words) or row["capture_id"],
            }


def _author(author: _Element, row: Row) -> Iterator[tuple[str, Row]]:
    key = {"contribution_id": row["contribution_id"], "version": row["version"], "position": int(author.get("n", ""))}
    name = _child(author, "name")
    yield (
        "participations",
        {
            **key,
            "name_as_printed": _text_or_none(name),
            "role_description": None,
            "bio": None,
            "agent_kind": name.get("type") if name is not None else None,
            **{
                column: _text_or_none(_child(author, "idno", type=column))
                for column in ("person_id", "organisation_id")
            },
            **_noted("participations", author),
        },
    )
    for one in author.iterchildren(f"{_TEI}affiliation"):
        yield (
            "affiliations",
            {
                **key,
                "ordinal": int(one.get("n", "")),
                "as_printed": text_of(one),
                "organisation_id": one.get("key"),
            },
        )


def _relation(note: _Element, name: str | None) -> Row:
    to = _child(note, "ref")
    return {
        "relation_id": note.get("n"),
        "from_id": name,
        "type": note.get("subtype"),
        "to_kind": to.get("type") if to is not None else None,
        "to_id": to.get("n") if to is not None else None,
        "to_url": to.get("target") if to is not None else None,
        "to_as_printed": text_of(to) if to is not None and (to.text or len(to)) else None,
        **_noted("relations", note),
        "quote": _text_or_none(_child(note, "quote")),
        "capture_id": _capture(note),
    }


def _noted(table: str, one: _Element | None) -> Row:
    """The columns that stand as notes of their name, as values of their type."""
    types: dict[str, Any] = {column.name: column.type for column in TABLES[table].columns}
    notes = one.iterchildren(f"{_TEI}note") if one is not None else ()
    found = {note.get("type", ""): text_of(note) for note in notes}
    return {name: _value(found[name], types[name]) if name in found else None for name in NOTED[table]}


def _value(text: str, kind: Any) -> Any:  # noqa: ANN401 - a value of any column
    return kind.fromisoformat(text) if issubclass(kind, dt.date) else kind(text)


def _child(one: _Element | None, tag: str, **attributes: str) -> _Element | None:
    found = one.iterchildren(f"{_TEI}{tag}") if one is not None else iter(())
    return next((child for child in found if all(child.get(key) == value for key, value in attributes.items())), None)


def _text(one: _Element, tag: str) -> str | None:
    return _text_or_none(_child(one, tag))


def _text_or_none(one: _Element | None) -> str | None:
    return text_of(one) if one is not None else None


def _round_table(one: _Element) -> str | None:
    text = next(one.iterancestors(f"{_TEI}TEI"))
    return None if text.get("n") == UNASSIGNED else text.get("n")


def _capture(one: _Element) -> str | None:
    facs = one.get("facs")
    return facs.rpartition(":")[2] if facs else None

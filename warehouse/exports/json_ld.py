"""schema.org as JSON-LD: one graph of round tables, prompts, contributions and those who speak.

Here belongs the choice of types and properties. The context is written into the file, so that nothing is fetched to
expand it. Ids are URNs of ours, `urn:roundtable:KIND:ID`; an address on the web is a `url`.
"""

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from warehouse.exports.discussions import Discussion, Said, Voice, discussions
from warehouse.exports.published import Published, Row

CONTEXT = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "@id"} for name in ("url", "license", "isPartOf", "parentItem", "about", "author", "sameAs",
                                           "publisher", "editor", "funder", "citation", "itemListElement")},
    **{name: {"@type": "Date"} for name in ("startDate", "endDate")},
    "datePublished": {"@type": "DateTime"},
}  # fmt: skip
_TYPES = {"response": "Answer", "rejoinder": "Answer", "followup": "Answer", "comment": "Comment"}
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?)?)?")
_SAME = {
    "orcid": "https://orcid.org/",
    "isni": "https://isni.org/isni/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "http://www.wikidata.org/entity/",
    "ror": "https://ror.org/",
}


def json_ld(published: Published) -> Iterator[str]:
    """A JSON-LD file, piece by piece: the context, and a node on each line."""
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": ['
    comma = ""
    for node in _nodes(published):
        yield f"{comma}\n{json.dumps(_stated(node), ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def _nodes(published: Published) -> Iterator[Row]:
    release = published.release
    yield {
        "id": _urn("release", release.release_id),
        "type": "Dataset",
        "name": "Published round tables",
        "version": release.release_id,
        "identifier": f"sha256:{release.digest}",
        "datePublished": f"{release.created_at.isoformat()}Z",
    }
    for row in published.rows("FROM publishers ORDER BY publisher_id"):
        yield {
            "id": _urn("publisher", row["publisher_id"]),
            "type": "Organization",
            "name": row["name"],
            "url": row["url"],
        }
    for row in published.rows("FROM series ORDER BY series_id"):
        yield {
            "id": _urn("series", row["series_id"]),
            "type": "CreativeWorkSeries",
            "name": row["title"],
            "description": row["description"],
            "inLanguage": row["language"],
            "issn": row["issn"],
            "startDate": row["started_on"],
            "endDate": row["ended_on"],
            "url": row["url"],
            "publisher": _urn("publisher", row["publisher_id"]),
        }
    known: defaultdict[str, list[Row]] = defaultdict(list)
    for row in published.rows("FROM identifiers WHERE status = 'reviewed' ORDER BY ALL"):
        known[row["entity_id"]].append(row)
    for kind, made in (("person", "Person"), ("organisation", "Organization")):
        table = "people" if kind == "person" else "organisations"
        for row in published.rows(f"FROM {table} ORDER BY {kind}_id"):
            yield _agent(row, kind, made, known[row[f"{kind}_id"]])
    for discussion, contributions in discussions(published):
        if discussion.row:
            yield _conversation(discussion, discussion.row)
            yield from (_question(row) for row in discussion.prompts)
        yield from (_contribution(one) for one in contributions)


def _agent(row: Row, kind: str, made: str, known: list[Row]) -> Row:
    return {
        "id": _urn(kind, row[f"{kind}_id"]),
        "type": made,
        "name": row["name"],
        "givenName": row.get("given"),
        "familyName": row.get("family"),
        "sameAs": [_SAME[one["scheme"]] + quote(one["value"]) for one in known],
    }


def _conversation(discussion: Discussion, row: Row) -> Row:
    def those(role: str) -> list[str]:
        return [name for one in discussion.participants if one["role"] == role and (name := _identity(one))]

    return {
        "id": _urn("round-table", row["round_table_id"]),
        "type": "Conversation",
        "name": row["title"],
        "url": row["url"],
        "isPartOf": _urn("series", row["series_id"]),
        "temporalCoverage": f"{row['opened_on']}/{row['closed_on'] or '..'}" if row["opened_on"] else None,
        "creativeWorkStatus": row["state"],
        "editor": [*those("convenor"), *those("editor")],
        "funder": those("funder"),
    }


def _question(row: Row) -> Row:
    parent = row["parent_prompt_id"]
    return {
        "id": _urn("prompt", row["prompt_id"]),
        "type": "Question",
        "text": row["text"],
        "position": row["ordinal"],
        "additionalType": row["kind"],
        "isPartOf": _urn("round-table", row["round_table_id"]),
        "parentItem": _urn("prompt", parent) if parent else None,
    }


def _contribution(one: Said) -> Row:
    row = one.row
    edtf = row["published_edtf"] or ""
    is_date = _ISO.fullmatch(edtf) and not row["published_doubt"]
    prompt, table = row["prompt_id"], row["round_table_id"]
    kind = _TYPES.get(row["role"], "Article")
    is_answer = kind in {"Answer", "Comment"}
    return {
        "id": _urn("contribution", row["contribution_id"]),
        "type": kind,
        "additionalType": row["role"],
        "headline": row["title"],
        "abstract": row["standfirst"],
        "text": row["text"] or None,
        "wordCount": row["word_count"] or None,
        "inLanguage": row["language"],
        "datePublished": edtf if is_date else None,
        "temporal": edtf if not is_date else None,
        "author": [_role(voice) for voice in one.voices],
        "isPartOf": _urn("round-table", table) if table else None,
        "parentItem": _urn("prompt", prompt) if prompt and is_answer else None,
        "about": _urn("prompt", prompt) if prompt and not is_answer else None,
        "citation": [_urn(one["to_kind"], one["to_id"]) for one in one.relations if one["to_id"]]
        + [one["to_url"] for one in one.relations if not one["to_id"] and _is_web(one["to_url"])],
        "license": row["license_uri"],
        "copyrightNotice": row["rights_statement"],
        "funding": row["funding_statement"],
        "url": row["url"] if _is_web(row["url"]) else None,
        "identifier": row["capture_id"],
        "version": row["version"],
        "creativeWorkStatus": "withdrawn" if row["state"] == "withdrawn" else None,
        "conditionsOfAccess": row["storage_policy"] if row["storage_policy"] != "full_text" else None,
    }


def _role(voice: Voice) -> Row:
    row = voice.row
    kind = "Person" if row["agent_kind"] in {"person", "anonymous", "fictional"} else "Organization"
    known = _identity(row)
    agent = {"type": kind, "name": row["name_as_printed"], "description": row["bio"]}
    employed = [{"type": "Organization", "name": one["as_printed"]} for one in voice.affiliations]
    return {
        "type": "Role",
        "roleName": row["role_description"] or "author",
        "position": row["position"],
        "author": agent | {"id": known, "affiliation": employed if kind == "Person" else []},
    }


def _identity(row: Row) -> str | None:
    if row["person_id"]:
        return _urn("person", row["person_id"])
    return _urn("organisation", row["organisation_id"]) if row["organisation_id"] else None


def _urn(kind: str, name: str) -> str:
    return f"urn:roundtable:{kind.replace('_', '-')}:{quote(name)}"


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://"))


def _stated(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A node without what nobody states."""
    if isinstance(value, dict):
        return {key: _stated(inner) for key, inner in value.items() if inner is not None and inner != []}
    if isinstance(value, list):
        return [_stated(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value

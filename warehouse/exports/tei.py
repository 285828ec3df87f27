"""TEI P5: a corpus with a text for each round table, its prompts as divisions, and in those what was said.

Here belongs where each column stands. People and organisations are described once for each text, in `particDesc`; what
a contribution prints about its authors stands with it. A `div` of type `contribution` opens with a `bibl` (where it was
published, when, by whom, under what licence, read from which capture), then comes an `sp` with its words. `n` holds our
ids. What cannot be shown is a `gap`. `tei_back` reads it all back. Not here: XML itself (`markup`).
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml.etree import _Element

from archive.model.table import TABLES
from warehouse.exports.discussions import Discussion, Said, Voice, discussions
from warehouse.exports.markup import element as el
from warehouse.exports.markup import identifier, serialised
from warehouse.exports.published import Published, Row

NAMESPACE = "http://www.tei-c.org/ns/1.0"
UNASSIGNED = "unassigned"
"""The text that holds what belongs to no round table."""
_WHEN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?)?)?")
_RIGHTS = "Texts keep the rights of their publishers and authors, as each of them says."
_CERTAINTY = {"reviewed": "high", "provisional": "low"}
_PLACED = {
    "contributions": "contribution_id round_table_id prompt_id role kicker title standfirst text language url "
    "capture_id published_as_printed published_edtf published_doubt rights_statement license_uri",
    "participations": "contribution_id version position name_as_printed agent_kind person_id organisation_id",
    "relations": "relation_id from_id type to_kind to_id to_url to_as_printed quote capture_id",
    "prompts": "prompt_id round_table_id parent_prompt_id kind text capture_id",
    "people": "person_id name given family sort_name status",
    "organisations": "organisation_id name status",
}
"""Columns that TEI has a place for."""
NOTED = {
    table: tuple(column.name for column in TABLES[table].columns if column.name not in placed.split())
    for table, placed in _PLACED.items()
}
"""The other columns of those tables: they stand as notes of their name."""


def tei(published: Published) -> Iterator[str]:
    """A TEI file, piece by piece."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{NAMESPACE}" version="4.3.0">\n'
    yield serialised(_corpus_header(published)) + "\n"
    for discussion, contributions in discussions(published):
        name = discussion.row["round_table_id"] if discussion.row else UNASSIGNED
        yield f'<TEI xml:id="{identifier(name)}" n="{name}">\n{serialised(_header(discussion))}\n'
        yield '<text><body><div type="roundtable">\n'
        yield from _divisions(discussion, contributions)
        yield "</div></body></text>\n</TEI>\n"
    yield "</teiCorpus>\n"


def _divisions(discussion: Discussion, contributions: Iterable[Said]) -> Iterator[str]:
    """What answers no prompt; then each prompt, with what answers it inside."""
    yield f"{serialised(el('head', discussion.row['title'] if discussion.row else UNASSIGNED))}\n"
    prompts = {row["prompt_id"]: row for row in discussion.prompts}
    scope = discussion.row["round_table_id"] if discussion.row else UNASSIGNED
    for prompt_id, group in groupby(contributions, key=lambda one: one.row["prompt_id"]):
        lines = (f"{serialised(_contribution(one, scope))}\n" for one in group)
        if prompt_id not in prompts:
            yield from lines
            continue
        yield from _whole_prompts(prompts, prompt_id)
        opening = serialised(_prompt(prompts.pop(prompt_id))).removesuffix("</div>")
        yield f"{opening}\n"
        yield from lines
        yield "</div>\n"
    yield from _whole_prompts(prompts, None)


def _whole_prompts(prompts: dict[str, Row], before: str | None) -> Iterator[str]:
    """The prompts that nobody answered, up to the one that is named."""
    while prompts and (name := next(iter(prompts))) != before:
        yield f"{serialised(_prompt(prompts.pop(name)))}\n"


def _prompt(row: Row) -> _Element:
    notes = _notes("prompts", row)
    return el(
        "div",
        el("bibl", *notes, type="source") if notes else None,
        el("ab", row["text"], type="prompt") if row["text"] is not None else el("ab", el("gap", reason="uncaptured")),
        type="prompt",
        subtype=row["kind"],
        n=row["prompt_id"],
        xml_id=identifier(row["prompt_id"]),
        corresp=f"#{identifier(row['parent_prompt_id'])}" if row["parent_prompt_id"] else None,
        source=row["parent_prompt_id"],
        facs=_facs(row["capture_id"]),
    )


def _contribution(one: Said, scope: str) -> _Element:
    row = one.row
    heads = [el("head", row[field], type=field) for field in ("kicker", "title") if row[field] is not None]
    standfirst = [el("argument", el("ab", row["standfirst"]))] if row["standfirst"] is not None else []
    who = " ".join(f"#{_who(voice.row, scope)}" for voice in one.voices if _identity(voice.row))
    speaker = el("speaker", ", ".join(voice.row["name_as_printed"] for voice in one.voices)) if one.voices else None
    passages = [_passage(passage, row["capture_id"]) for passage in one.passages]
    words = [el("sp", speaker, *passages, who=who or None)] if passages else []
    why = "withdrawn" if row["state"] == "withdrawn" else row["storage_policy"]
    gap = [el("ab", el("gap", reason=why))] if why != "full_text" else []
    return el(
        "div",
        *heads,
        *standfirst,
        _bibl(one, scope),
        *words,
        *gap,
        *map(_relation, one.relations),
        type="contribution",
        subtype=row["role"],
        n=row["contribution_id"],
        xml_id=identifier(row["contribution_id"]),
        xml_lang=row["language"],
        facs=_facs(row["capture_id"]),
    )


def _bibl(one: Said, scope: str) -> _Element:
    row = one.row
    edtf, printed = row["published_edtf"], row["published_as_printed"]
    date = el(
        "date",
        printed,
        when=edtf if edtf and _WHEN.fullmatch(edtf) else None,
        n=edtf,
        type=row["published_doubt"],
        cert="low" if row["published_doubt"] else None,
    )
    licence = el("licence", row["rights_statement"], target=row["license_uri"])
    is_licensed = row["rights_statement"] is not None or row["license_uri"] is not None
    return el(
        "bibl",
        *(_author(voice, scope) for voice in one.voices),
        el("ptr", target=row["url"]),
        date if edtf is not None or printed is not None else None,
        *_notes("contributions", row),
        el("availability", licence) if is_licensed else None,
        type="source",
    )


def _author(voice: Voice, scope: str) -> _Element:
    row = voice.row
    return el(
        "author",
        el("name", row["name_as_printed"], type=row["agent_kind"]),
        *(el("idno", row[name], type=name) for name in ("person_id", "organisation_id") if row[name] is not None),
        *(
            el("affiliation", one["as_printed"], n=one["ordinal"], key=one["organisation_id"])
            for one in voice.affiliations
        ),
        *_notes("participations", row),
        n=row["position"],
        ref=f"#{_who(row, scope)}" if _identity(row) else None,
    )


def _passage(row: Row, capture_id: str) -> _Element:
    """A passage, with its capture where that is not the contribution's: one of several instalments."""
    tag, kind = ("p", None) if row["kind"] == "paragraph" else ("ab", row["kind"])
    facs = _facs(row["capture_id"]) if row["capture_id"] != capture_id else None
    return el(tag, row["text"], type=kind, n=row["ordinal"], facs=facs)


def _relation(row: Row) -> _Element:
    return el(
        "note",
        el("ref", row["to_as_printed"], type=row["to_kind"], target=row["to_url"], n=row["to_id"]),
        *_notes("relations", row),
        el("quote", row["quote"]) if row["quote"] is not None else None,
        type="relation",
        subtype=row["type"],
        n=row["relation_id"],
        facs=_facs(row["capture_id"]),
    )


def _notes(table: str, row: Row) -> list[_Element]:
    """The columns that TEI has no element for, each under its name."""
    stated = ((name, row[name]) for name in NOTED[table] if row[name] is not None)
    return [el("note", v.isoformat() if isinstance(v, dt.date) else str(v), type=name) for name, v in stated]


def _corpus_header(published: Published) -> _Element:
    release = published.release
    return el(
        "teiHeader",
        el(
            "fileDesc",
            el("titleStmt", el("title", "Published round tables")),
            el(
                "publicationStmt",
                el("distributor", "An archive of published round tables"),
                el("date", when=release.created_at.date().isoformat()),
                el("idno", release.release_id, type="release"),
                el("idno", f"sha256:{release.digest}", type="digest"),
                el("availability", el("p", _RIGHTS)),
            ),
            el(
                "sourceDesc",
                el("p", "Pages on the web; each contribution names its address and its capture."),
            ),
        ),
    )


def _header(discussion: Discussion) -> _Element:
    table, series, publisher = discussion.row, discussion.series, discussion.publisher
    scope = table["round_table_id"] if table else UNASSIGNED
    url = table["url"] if table else None
    responsible = [row for row in discussion.participants if row["role"] != "respondent"]
    return el(
        "teiHeader",
        el(
            "fileDesc",
            el(
                "titleStmt",
                el("title", table["title"] if table else "Contributions that belong to no known round table"),
                *(el("respStmt", el("resp", row["role"]), el("name", row["name_as_printed"])) for row in responsible),
            ),
            el(
                "publicationStmt",
                el("publisher", publisher["name"]) if publisher else el("distributor", "Several publishers"),
                el("availability", el("p", _RIGHTS)),
            ),
            _series(series) if series else None,
            el(
                "sourceDesc",
                el("bibl", el("ptr", target=url)) if url else el("p", "Pages on the web."),
            ),
        ),
        _profile(discussion, scope),
    )


def _series(series: Row) -> _Element:
    issn = el("idno", series["issn"], type="issn") if series["issn"] else None
    return el("seriesStmt", el("title", series["title"]), issn)


def _profile(discussion: Discussion, scope: str) -> _Element | None:
    people = [_described(discussion, row, "person", scope) for row in discussion.people]
    organisations = [_described(discussion, row, "organisation", scope) for row in discussion.organisations]
    lists = [el("listPerson", *people)] * bool(people) + [el("listOrg", *organisations)] * bool(organisations)
    return el("profileDesc", el("particDesc", *lists)) if lists else None


def _described(discussion: Discussion, row: Row, kind: str, scope: str) -> _Element:
    name = row[f"{kind}_id"]
    numbers = [
        el("idno", one["value"], type=one["scheme"], cert=_CERTAINTY[one["status"]])
        for one in discussion.identifiers
        if one["entity_id"] == name
    ]
    if kind == "person":
        tags = (("forename", "given"), ("surname", "family"))
        parts = [el(tag, row[part]) for tag, part in tags if row[part] is not None]
        names = [
            el("persName", row["name"], type="display"),
            el("persName", *parts, type="parts") if parts else None,
            el("persName", row["sort_name"], type="sort"),
        ]
    else:
        names = [el("orgName", row["name"])]
    return el(
        "person" if kind == "person" else "org",
        *names,
        *numbers,
        *_notes("people" if kind == "person" else "organisations", row),
        xml_id=identifier(f"{scope}/{kind}/{name}"),
        n=name,
        cert=_CERTAINTY[row["status"]],
    )


def _identity(row: Row) -> str | None:
    found: str | None = row["person_id"] or row["organisation_id"]
    return found


def _who(row: Row, scope: str) -> str:
    return identifier(f"{scope}/{'person' if row['person_id'] else 'organisation'}/{_identity(row)}")


def _facs(capture_id: str | None) -> str | None:
    return f"urn:roundtable:capture:{capture_id}" if capture_id else None

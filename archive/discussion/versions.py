"""Observations → contributions with all their versions.

Here belongs putting what was seen at different times in order, and telling a new version from the same words seen
again. Not here: where a contribution belongs (`placing`).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from itertools import groupby
from typing import Any

from archive.discussion.placing import Observation
from archive.discussion.witness import EvidenceBook
from archive.model import (
    Affiliation,
    Capture,
    Content,
    Contribution,
    ContributionVersion,
    Manifestation,
    Media,
    Participation,
    Passage,
)
from archive.model.contributions import DateBasis, ManifestationKind
from archive.model.people import AgentKind
from archive.model.provenance import Witness
from archive.model.records import Records
from archive.normalise import persons, urls
from archive.normalise.text import word_count
from archive.reading.page import Page, Statement

_BASIS: dict[Witness, DateBasis] = {"visible": "displayed", "byline": "displayed", "feed": "feed"}
_DATE_COLUMNS = ("published_as_printed", "published_at", "published_on", "published_edtf")
_PAGE_COLUMNS = ("title", "standfirst", "kicker", "language", "funding_statement")


def add_contributions(records: Records, observations: Iterable[Observation], evidence: EvidenceBook) -> None:
    """Add every contribution that was observed, with its versions and all that belongs to them."""
    ordered = sorted(observations, key=lambda seen: (seen.contribution_id, seen_at(seen.reading.capture), seen.index))
    for _, group in groupby(ordered, key=lambda seen: seen.contribution_id):
        _contribution(records, list(group), evidence)


def seen_at(capture: Capture) -> tuple[bool, dt.datetime, str]:
    """What orders captures: their time. One whose time nobody knows is taken for older than any other."""
    return (capture.captured_at is not None, capture.captured_at or capture.ingested_at, capture.capture_id)


def _contribution(records: Records, seen: list[Observation], evidence: EvidenceBook) -> None:
    runs: list[tuple[str, list[Observation]]] = []
    # A copy of the text alone lacks names, dates and marks that its page has: beside the page it says nothing new.
    pages = [one for one in seen if one.reading.page.kind != "text"]
    for one in pages or seen:
        said = content_digest(one)
        if runs and runs[-1][0] == said:
            runs[-1][1].append(one)
        else:
            runs.append((said, [one]))
    for version, (said, group) in enumerate(runs, start=1):
        content = _content(group[0], version)
        # A revisit only confirms: the times of a version are those of captures with a payload of their own.
        times = [one.reading.capture.captured_at for one in group if one.reading.capture.captured_at]
        records.add(
            ContributionVersion(
                **content,
                first_captured_at=min(times, default=None),
                last_captured_at=max(times, default=None),
                content_sha256=said,
            )
        )
        _version_parts(records, group[0], version, evidence)
        if version == len(runs):
            records.add(Contribution(**content))
    _manifestations(records, seen)


def content_digest(seen: Observation) -> str:
    """What two observations share when they say the same: words, names and dates, whatever the layout."""
    page, section = seen.reading.page, seen.section
    single = section.locator is None
    said = [
        section.text,
        section.authors,
        section.affiliation,
        section.bio,
        [page.title, page.standfirst, page.kicker, page.funding] if single else [],
        page.published.as_printed if page.published else None,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _content(seen: Observation, version: int) -> dict[str, Any]:
    """The shared columns of a contribution and its version."""
    page, section, place = seen.reading.page, seen.section, seen.place
    single = section.locator is None
    date = page.published
    believed = next((item for item in page.statements if item.field == "published" and item.chosen), None)
    content = Content(
        contribution_id=seen.contribution_id,
        version=version,
        round_table_id=place.table.id if place.table else None,
        prompt_id=seen.prompt_id,
        role=seen.role,
        entry=seen.entry,
        ordinal=seen.ordinal,
        kicker=page.kicker,
        title=page.title if single else None,
        standfirst=page.standfirst if single else None,
        text=section.text,
        word_count=word_count(section.text),
        language=page.language,
        published_as_printed=date.as_printed if date else None,
        published_at=date.at if date else None,
        published_on=date.on if date else None,
        published_edtf=date.edtf if date else None,
        published_offset_minutes=date.offset_minutes if date else None,
        published_zone_source=date.zone_source if date else None,
        published_basis=_BASIS.get(believed.witness, "stated") if date and believed else None,
        funding_statement=page.funding,
        rights_statement=page.rights,
        license_uri=page.license_uri,
        storage_policy="full_text",
        url=page.canonical_url,
        capture_id=seen.reading.capture.capture_id,
    )
    return {item.name: getattr(content, item.name) for item in fields(content)}


def _version_parts(records: Records, seen: Observation, version: int, evidence: EvidenceBook) -> None:
    page, section = seen.reading.page, seen.section
    for ordinal, block in enumerate(section.blocks, start=1):
        if block.text:
            records.add(
                Passage(
                    contribution_id=seen.contribution_id,
                    version=version,
                    ordinal=ordinal,
                    kind=block.kind,
                    in_text=block.in_text,
                    text=block.text,
                    locator=block.locator,
                )
            )
    for position, name in enumerate(section.authors, start=1):
        records.add(
            Participation(
                contribution_id=seen.contribution_id,
                version=version,
                position=position,
                name_as_printed=name,
                bio=section.bio,
                agent_kind=_agent_kind(name),
            )
        )
        if section.affiliation:
            records.add(
                Affiliation(
                    contribution_id=seen.contribution_id,
                    version=version,
                    position=position,
                    ordinal=1,
                    as_printed=section.affiliation,
                )
            )
    if section.locator is None:
        for ordinal, picture in enumerate(page.pictures, start=1):
            records.add(
                Media(
                    contribution_id=seen.contribution_id,
                    version=version,
                    ordinal=ordinal,
                    url=picture.url,
                    alt=picture.alt,
                    caption=picture.caption,
                    credit=picture.credit,
                    rights_statement=picture.rights,
                )
            )
            for column, value in (("credit", picture.credit), ("rights_statement", picture.rights)):
                if value:
                    evidence.add(
                        ("media", f"{seen.contribution_id}#{version}#{ordinal}", version),
                        column,
                        value,
                        witness="visible",
                        rule="printed beside the picture",
                        locator=picture.locator,
                        capture_id=seen.reading.capture.capture_id,
                    )
    _evidence(seen, version, evidence)


def _agent_kind(name: str) -> AgentKind:
    kind = persons.classify(name)
    return "person" if kind == "unknown" else kind


def _manifestations(records: Records, seen: list[Observation]) -> None:
    """Every address that carried it, with the first capture that showed it there."""
    found: dict[tuple[str, ManifestationKind], Manifestation] = {}
    for one in seen:
        page, capture = one.reading.page, one.reading.capture
        kind: ManifestationKind = "section" if one.section.locator else ("text_copy" if page.kind == "text" else "page")
        asked = urls.canonical(capture.url)
        forms = [(page.canonical_url, kind)]
        if asked != page.canonical_url:
            bare = urls.canonical(asked, keep_query=False) == urls.canonical(page.canonical_url, keep_query=False)
            forms.append((asked, "query_variant" if bare else kind))
        for address, form in forms:
            found.setdefault(
                (address, form),
                Manifestation(
                    contribution_id=one.contribution_id,
                    url=address,
                    kind=form,
                    locator=one.section.locator,
                    capture_id=capture.capture_id,
                ),
            )
    records.extend(found.values())


def _evidence(seen: Observation, version: int, evidence: EvidenceBook) -> None:
    """Every witness of the version's fields, and the register or the words that placed it."""
    page, section, capture_id = seen.reading.page, seen.section, seen.reading.capture.capture_id
    record = ("contributions", seen.contribution_id, version)
    single = section.locator is None
    for claim in page.statements:
        if claim.field == "published":
            _date_evidence(record, page, claim, capture_id, evidence)
        elif claim.field in {"rights", "canonical_url"}:
            column = {"rights": "rights_statement", "canonical_url": "url"}[claim.field]
            _claim(record, column, claim, capture_id, evidence)
        elif claim.field == "authors" and single:
            _claim(record, "name_as_printed", claim, capture_id, evidence)
        elif claim.field in _PAGE_COLUMNS and (single or claim.field in {"language", "kicker", "funding_statement"}):
            _claim(record, claim.field, claim, capture_id, evidence)
    blocks = [block for block in section.blocks if block.in_text]
    if blocks:
        span = blocks[0].locator if len(blocks) == 1 else f"{blocks[0].locator} … {blocks[-1].locator}"
        claim = Statement("text", section.text, "visible", span, "blocks that are no boilerplate", chosen=True)
        _claim(record, "text", claim, capture_id, evidence)
    if not single:
        claim = Statement(
            "authors", section.label or "", "visible", section.locator or "", "heading of the answer", chosen=True
        )
        _claim(record, "name_as_printed", claim, capture_id, evidence)
    registered = seen.place.witness == "register"
    for column, value in (
        ("role", seen.role),
        ("round_table_id", seen.place.table.id if seen.place.table else None),
        ("prompt_id", seen.prompt_id),
    ):
        if value:
            evidence.add(
                record,
                column,
                value,
                witness=seen.place.witness,
                rule="the register's target, else the page's words",
                locator=seen.place.locator,
                capture_id=evidence.captures.get(seen.place.locator.partition(":")[0]) if registered else capture_id,
            )


def _claim(
    record: tuple[str, str, int], column: str, claim: Statement, capture_id: str, evidence: EvidenceBook
) -> None:
    evidence.add(
        record,
        column,
        claim.value,
        witness=claim.witness,
        rule=claim.rule,
        locator=claim.locator,
        capture_id=capture_id,
        chosen=claim.chosen,
    )


def _date_evidence(
    record: tuple[str, str, int], page: Page, claim: Statement, capture_id: str, evidence: EvidenceBook
) -> None:
    _claim(record, "published_as_printed", claim, capture_id, evidence)
    if not claim.chosen or not page.published:
        return
    for column, value in (
        ("published_at", page.published.at),
        ("published_on", page.published.on),
        ("published_edtf", page.published.edtf),
    ):
        if value:
            evidence.add(
                record,
                column,
                value,
                witness=claim.witness,
                rule=claim.rule,
                locator=claim.locator,
                capture_id=capture_id,
            )
    if page.published.zone_source == "publisher_default":
        file = f"register/{page.source_id}/source.toml"
        evidence.add(
            record,
            "published_offset_minutes",
            page.published.offset_minutes,
            witness="register",
            rule="no zone is printed, so the publisher's own is assumed",
            locator=f"{file}: publisher.zone",
            capture_id=evidence.captures.get(file),
        )

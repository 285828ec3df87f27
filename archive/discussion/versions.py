"""Observations → contributions with all their versions.

Here belongs putting what was seen at different times in order, and making the rows of each version. Not here: which
observations are one contribution (`identity`), which of its forms tell its versions (`manifestations`), and what is a
new version (`states`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

from archive.discussion import beside, manifestations, states
from archive.discussion.feeds import capture_of, with_listed
from archive.discussion.other_days import days
from archive.discussion.placing import Observation
from archive.discussion.sighting import seen_at
from archive.discussion.stances import add_stance, without_stance
from archive.discussion.states import State
from archive.discussion.witness import EvidenceBook
from archive.model import (
    Affiliation,
    Content,
    Contribution,
    ContributionVersion,
    Media,
    Participation,
    Passage,
)
from archive.model.contributions import DateBasis
from archive.model.people import AgentKind
from archive.model.provenance import Witness
from archive.model.records import Records
from archive.normalise import persons
from archive.normalise.identifiers import Identifier
from archive.normalise.text import word_count
from archive.reading.page import Page, Statement
from archive.sources.register import Register

IDENTIFIER = "identifier"
"""The field of evidence that holds an identifier printed beside a name."""
_BASIS: dict[Witness, DateBasis] = {"visible": "displayed", "byline": "displayed", "feed": "feed"}
_DATE_COLUMNS = ("published_as_printed", "published_at", "published_on", "published_edtf")
_COLUMNS = {"rights": "rights_statement", "canonical_url": "url", "updated": "updated_as_printed"}
_PAGE_COLUMNS = ("title", "standfirst", "kicker", "language", "funding_statement")


def add_contributions(
    records: Records, observations: Iterable[Observation], register: Register, evidence: EvidenceBook
) -> None:
    """Add every contribution that was observed, with its versions and all that belongs to them."""
    ordered = sorted(observations, key=lambda seen: (seen.contribution_id, seen_at(seen.reading.capture), seen.index))
    for _, group in groupby(ordered, key=lambda seen: seen.contribution_id):
        _contribution(records, list(group), register, evidence)


def _contribution(records: Records, seen: list[Observation], register: Register, evidence: EvidenceBook) -> None:
    runs = states.runs(manifestations.telling(seen, register))
    for version, run in enumerate(runs, start=1):
        told = run.told
        said = told.digest()
        # A revisit only confirms: the times of a version are those of captures with a payload of their own.
        times = [at for state in run.states if (at := state.latest.reading.capture.captured_at)]
        # What feeds say of a page makes no version.
        reading = with_listed(told.first.reading, told.first.listed, register, min(times, default=None))
        told = replace(told, parts=(replace(told.first, reading=reading), *told.parts[1:]))
        content = _content(told, version)
        records.add(
            ContributionVersion(
                **content,
                first_captured_at=min(times, default=None),
                last_captured_at=max(times, default=None),
                content_sha256=said,
            )
        )
        _version_parts(records, told, version, register, evidence)
        add_stance(records, told.first, version, evidence)
        if version == len(runs):
            records.add(Contribution(**content))
    records.extend(manifestations.rows(seen, register))


def _content(state: State, version: int) -> dict[str, Any]:
    """The shared columns of a contribution and its version."""
    seen = state.first
    page, section, place = seen.reading.page, seen.section, seen.place
    text = "\n\n".join(part.section.text for part in state.parts)
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
        stage_as_printed=seen.stage.printed if seen.stage else None,
        round=seen.stage.round if seen.stage else None,
        kicker=page.kicker,
        title=page.title if single else None,
        standfirst=page.standfirst if single else None,
        text=text,
        word_count=word_count(text),
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


def _version_parts(records: Records, state: State, version: int, register: Register, evidence: EvidenceBook) -> None:
    seen = state.first
    page, section = seen.reading.page, seen.section
    blocks = [(part, block) for part in state.parts for block in part.section.blocks if block.text]
    for ordinal, (part, block) in enumerate(blocks, start=1):
        records.add(
            Passage(
                contribution_id=seen.contribution_id,
                version=version,
                ordinal=ordinal,
                kind=block.kind,
                in_text=block.in_text,
                text=block.text,
                locator=block.locator,
                capture_id=part.reading.capture.capture_id,
            )
        )
    for position, name in enumerate(section.authors, start=1):
        leads_to = beside.author_page(page, name)
        records.add(
            Participation(
                contribution_id=seen.contribution_id,
                version=version,
                position=position,
                name_as_printed=name,
                bio=section.bio,
                author_url=leads_to.value if leads_to else None,
                agent_kind=_agent_kind(name),
            )
        )
        _beside_evidence(seen, version, position, leads_to, evidence)
        if affiliation := without_stance(section.affiliation):
            records.add(
                Affiliation(
                    contribution_id=seen.contribution_id,
                    version=version,
                    position=position,
                    ordinal=1,
                    as_printed=affiliation,
                )
            )
            record = ("affiliations", f"{seen.contribution_id}#{version}#{position}#1", version)
            _identifiers(record, beside.identifiers(page, affiliation), seen, evidence)
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
    _other_days(seen, version, register, evidence)
    for part in state.parts:
        _text_evidence(part, version, evidence)


def _beside_evidence(
    seen: Observation, version: int, position: int, leads_to: beside.Beside | None, evidence: EvidenceBook
) -> None:
    """What stands beside a name: where it leads to, and identifiers, which are proposed to a person and join nobody."""
    page, section, capture_id = seen.reading.page, seen.section, seen.reading.capture.capture_id
    record = ("participations", f"{seen.contribution_id}#{version}#{position}", version)
    if leads_to:
        evidence.add(
            record,
            "author_url",
            leads_to.value,
            witness=leads_to.witness,
            rule="the name is a link",
            locator=leads_to.locator,
            capture_id=capture_id,
        )
    _identifiers(record, beside.identifiers(page, section.authors[position - 1]), seen, evidence)


def _identifiers(
    record: tuple[str, str, int],
    found: Mapping[Identifier, beside.Beside],
    seen: Observation,
    evidence: EvidenceBook,
) -> None:
    for one in found.values():
        evidence.add(
            record,
            IDENTIFIER,
            one.value,
            witness=one.witness,
            rule="printed beside the name; joins nobody",
            locator=one.locator,
            capture_id=seen.reading.capture.capture_id,
        )


def _agent_kind(name: str) -> AgentKind:
    kind = persons.classify(name)
    return "person" if kind == "unknown" else kind


def _evidence(seen: Observation, version: int, evidence: EvidenceBook) -> None:
    """Every witness of the version's fields, and the register or the words that placed it."""
    page, section, capture_id = seen.reading.page, seen.section, seen.reading.capture.capture_id
    record = ("contributions", seen.contribution_id, version)
    single = section.locator is None
    for claim in page.statements:
        if claim.field == "published":
            _date_evidence(record, page, claim, capture_id, evidence)
        elif claim.field in _COLUMNS:
            _claim(record, _COLUMNS[claim.field], claim, capture_id, evidence)
        elif claim.field == "authors" and single:
            _claim(record, "name_as_printed", claim, capture_id, evidence)
        elif claim.field in _PAGE_COLUMNS and (single or claim.field in {"language", "kicker", "funding_statement"}):
            _claim(record, claim.field, claim, capture_id, evidence)
    if not single:
        claim = Statement(
            "authors", section.label or "", "visible", section.locator or "", "heading of the answer", chosen=True
        )
        _claim(record, "name_as_printed", claim, capture_id, evidence)
    if seen.stage:
        claim = Statement(
            "stage", seen.stage.printed, "visible", seen.stage.locator, "a line that names it", chosen=True
        )
        _claim(record, "stage_as_printed", claim, capture_id, evidence)
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
                rule=seen.role_rule if column == "role" else "the register's target, else the page's words",
                locator=seen.place.locator,
                capture_id=evidence.captures.get(seen.place.locator.partition(":")[0]) if registered else capture_id,
            )


def _text_evidence(part: Observation, version: int, evidence: EvidenceBook) -> None:
    """Where the text stands; of a text in instalments, each part of it."""
    blocks = [block for block in part.section.blocks if block.in_text]
    if blocks:
        span = blocks[0].locator if len(blocks) == 1 else f"{blocks[0].locator} … {blocks[-1].locator}"
        claim = Statement("text", part.section.text, "visible", span, "blocks that are no boilerplate", chosen=True)
        record = ("contributions", part.contribution_id, version)
        _claim(record, "text", claim, part.reading.capture.capture_id, evidence)


def _claim(
    record: tuple[str, str, int],
    column: str,
    claim: Statement,
    capture_id: str,
    evidence: EvidenceBook,
    value: object = None,
) -> None:
    evidence.add(
        record,
        column,
        value or claim.value,
        witness=claim.witness,
        rule=claim.rule,
        locator=claim.locator,
        capture_id=capture_of(claim, capture_id),
        chosen=claim.chosen,
    )


def _other_days(seen: Observation, version: int, register: Register, evidence: EvidenceBook) -> None:
    """What contradicts the believed day: days that other witnesses on its page give, to be compared as days."""
    page = seen.reading.page
    believed = page.published.on if page.published else None
    for day, claim in days(page, register) if believed else ():
        if day != believed:
            other = replace(claim, value=day.isoformat(), rule="gives another day than the one believed", chosen=False)
            record = ("contributions", seen.contribution_id, version)
            _claim(record, "published_on", other, seen.reading.capture.capture_id, evidence)


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
            _claim(record, column, claim, capture_id, evidence, value)
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

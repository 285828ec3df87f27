"""Identifiers and addresses beside a name on a page: evidence for whoever decides, and never a join."""

import datetime as dt
from dataclasses import replace

import pytest

from archive.authority.decisions import Ledger
from archive.discussion.corrections import Correction, Located
from archive.discussion.curation import Curation
from archive.model import Evidence, Identifier, Participation, Person
from tests import made
from tests.authority.invented import decision

ORCID = "https://orcid.org/0000-0002-1825-0097"
PAGE = """<html><head><title>On stairs</title><script type="application/ld+json">{json_ld}</script></head>
<body><main><article><header><h1>On stairs</h1><p class="byline">By {byline}</p></header>
{paragraphs}<p class="author-bio">{note}</p></article></main></body></html>"""
WORDS = "".join(f"<p>{text}</p>" for text in ("Stairs are rooms that nobody owns, and everybody sweeps. " * 6,) * 4)
JSON_LD = (
    '{"@type": "Article", "headline": "On stairs", "author": {"@type": "Person", "name": "Ada Lind", "sameAs": %s}}'
)


def read(json_ld="{}", byline="Ada Lind", note="", name="on-stairs"):
    words = WORDS.replace("Stairs", name)
    body = PAGE.format(json_ld=json_ld, byline=byline, note=note, paragraphs=words)
    return made.reading(f"https://table.example/{name}", body.encode())


def speakers(records):
    spoken = {row.person_id for row in records.of(Participation)}
    return [row for row in records.of(Person) if row.person_id in spoken]


def printed(*readings, **more):
    records = made.records(readings, **more)
    found = [(row.entity_id, f"{row.scheme}:{row.value}", row.status) for row in records.of(Identifier)]
    return records, found


@pytest.mark.parametrize(
    ("reading", "witness"),
    [
        (read(JSON_LD % f'"{ORCID}"'), "json_ld"),
        (read(JSON_LD % f'["https://social.example/ada", "{ORCID}"]'), "json_ld"),
        (read(byline=f'<a href="{ORCID}">Ada Lind</a>'), "byline"),
        (read(byline=f'Ada Lind <a href="{ORCID}">ORCID</a>'), "byline"),
    ],
    ids=["sameAs", "sameAs in a list", "the name is the link", "beside the name"],
)
def test_a_printed_identifier_is_evidence_and_provisional(reading, witness):
    records, found = printed(reading)
    (person,) = speakers(records)
    assert found == [(person.person_id, "orcid:0000-0002-1825-0097", "provisional")]
    assert person.status == "provisional"
    (why,) = [row for row in records.of(Evidence) if row.record_type == "identifiers"]
    assert (why.witness, why.capture_id) == (witness, reading.capture.capture_id)


@pytest.mark.parametrize(
    "reading",
    [
        read(JSON_LD % '"https://orcid.org/0000-0002-1825-0098"'),
        read(JSON_LD % '"https://ror.org/05dxps055"'),
        read(byline='Ada Lind, <a href="https://www.wikidata.org/wiki/Q42">Lift Society</a>'),
        read(byline=f'Ada Lind and Bo Ek <a href="{ORCID}">ORCID</a>'),
    ],
    ids=["a wrong digit", "an organisation's", "her employer's", "of one of two"],
)
def test_what_cannot_be_hers_is_not_taken_for_it(reading):
    assert printed(reading)[1] == []


def test_an_organisations_identifier_is_known_once_somebody_decides_whom_an_affiliation_names():
    line = '<p class="byline">By Ada Lind, <a href="https://ror.org/05dxps055">Lift Society</a></p>'
    reading = read()
    page = reading.page
    (section,) = page.contributions
    (byline,) = made.reading("https://table.example/b", f"<article>{line}</article>".encode()).page.blocks[:1]
    page = replace(page, contributions=(replace(section, affiliation="Lift Society"),), blocks=(*page.blocks, byline))
    assert byline.links
    reading = replace(reading, page=page)
    assert printed(reading)[1] == []
    block = decision("affiliation", id="o-1", organisation="organisations/lifts", name="Lift Society").replace(
        "at =", 'printed = [{ within = "table-example/on-stairs", words = "Lift Society" }]\nat ='
    )
    _, found = printed(reading, authority=Ledger.of({"decisions.toml": block.encode()}))
    assert found == [("organisations/lifts", "ror:05dxps055", "provisional")]


def test_one_identifier_on_two_pages_joins_nobody():
    records, found = printed(*(read(JSON_LD % f'"{ORCID}"', name=name) for name in ("on-stairs", "on-roofs")))
    assert len(speakers(records)) == len(found) == 2
    assert {status for _, _, status in found} == {"provisional"}


def test_a_name_that_is_corrected_takes_no_identifier_along():
    reading = read(JSON_LD % f'"{ORCID}"')
    (row,) = made.records([reading]).of(Participation)
    one = Correction(
        contribution=row.contribution_id, field="authors", expect=["Ada Lind"], value=["Bo Ek"],
        reason="the byline was another page's", source="issue 7", on=dt.date(2026, 11, 23),
    )  # fmt: skip
    records, found = printed(reading, curation=Curation((Located(one, "corrections/a.toml", 0),)))
    assert [row.name for row in speakers(records)] == ["Bo Ek"]
    assert found == []


def test_where_a_name_leads_to_is_kept_rather_the_publishers_own_page():
    links = '<a href="https://social.example/ada">Ada Lind</a> <a href="https://table.example/people/ada">Ada Lind</a>'
    records, _ = printed(read(byline=links))
    assert [row.author_url for row in records.of(Participation)] == ["https://table.example/people/ada"]

"""Rows that the demonstration lacks: further versions, what may not be shown, and what wants to break a page."""

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from archive.model import (
    Affiliation,
    AuthorityDecision,
    AuthoritySubject,
    Capture,
    Citation,
    Contribution,
    ContributionVersion,
    Evidence,
    IdAlias,
    Identifier,
    Organisation,
    Participant,
    Participation,
    Passage,
    Person,
    Prompt,
    Publisher,
    Rejection,
    Relation,
    RoundTable,
    Series,
    Stance,
    Target,
)
from archive.model.records import Records
from warehouse import parquet, publish

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
REVISED = "night-bus/q1/comfort-asabre"
WITHDRAWN = "night-bus/q2/ruaridh-pennock"
METADATA_ONLY = "night-bus/q2/nghiem-thu-lam"
EXCERPT = "night-bus/q2/comfort-asabre"
HOSTILE = 'night-bus/q1/"><img src=x onerror=alert(1)>/../..'
ARABIC = "opendemocracy/السلامة"
ALIAS = "night-bus/q1/comfort-asabre-of-old"
SCRIPT = "<script>alert('title')</script>"
ONCE_WITHDRAWN = "Nothingofthismaybeseenagain"
ONLY_METADATA = "Thesewordsmaynotbeshown"
REVISED_TEXT = (
    "People ask me this as if I kept a list. I have driven nights for twenty years and the rule is older than I am.\n\n"
    "A paragraph that is new, with a word for the search: quinquereme."
)


def published(records: Records, folder: Path) -> Path:
    """A database of the records."""
    (folder / "tables").mkdir(parents=True)
    written = parquet.write(records, folder / "tables", [], now=NOW, code_version="test")
    publish.publish(written.folder, folder / "roundtable.duckdb")
    return folder / "roundtable.duckdb"


def enriched(records: Records) -> Records:
    """The demonstration's rows, changed and added to."""
    _revise(records)
    _withdraw(records)
    _restrict(records)
    _attack(records)
    _attack_containers(records)
    _unplaced(records)
    _people(records)
    return records


def _change(records: Records, kind: type, wanted: dict[str, Any], **values: Any) -> None:
    def chosen(row: Any) -> bool:
        return all(getattr(row, name) == value for name, value in wanted.items())

    rows = records.of(kind)
    assert any(map(chosen, rows)), wanted
    records.replace(kind, [replace(row, **values) if chosen(row) else row for row in rows])


def _one(records: Records, kind: type, **wanted: Any) -> Any:
    return next(row for row in records.of(kind) if all(getattr(row, name) == value for name, value in wanted.items()))


def _revise(records: Records) -> None:
    """A second version, with other words, another printed date and a name less."""
    old = _one(records, ContributionVersion, contribution_id=REVISED)
    later = replace(_one(records, Capture, capture_id=old.capture_id), capture_id="c-later", warc_offset=77)
    changed = {
        "version": 2, "text": REVISED_TEXT, "word_count": len(REVISED_TEXT.split()), "capture_id": "c-later",
        "published_as_printed": "15 May 2024, 9.05am",
    }  # fmt: skip
    new = replace(old, **changed, first_captured_at=dt.datetime(2024, 7, 1), content_sha256="other")
    records.add(later, new)
    _change(records, Contribution, {"contribution_id": REVISED}, **changed)
    records.add(
        Stance(
            contribution_id=REVISED, version=2, raw="YES, mostly", normalised="yes", scale="yes_no", confidence=8,
            non_response=False,
        )
    )  # fmt: skip
    for kind in (Participation, Affiliation):
        records.extend([replace(row, version=2) for row in records.of(kind) if row.contribution_id == REVISED])
    for number, text in enumerate(REVISED_TEXT.split("\n\n"), start=1):
        records.add(_passage(new, number, text))
    records.extend(
        [
            replace(row, version=2, evidence_id=f"{row.evidence_id}-2", capture_id="c-later")
            for row in records.of(Evidence)
            if row.record_id == REVISED
        ]
    )


def _passage(row: Contribution | ContributionVersion, number: int, text: str, kind: Any = "paragraph") -> Passage:
    return Passage(
        contribution_id=row.contribution_id, version=row.version, ordinal=number, kind=kind, in_text=True, text=text,
        locator=f"p[{number}]", capture_id=row.capture_id,
    )  # fmt: skip


def _withdraw(records: Records) -> None:
    """A withdrawn text whose rows were not all cleared: the site must not rely on that they were."""
    gone = {
        "state": "withdrawn", "withdrawn_on": dt.date(2025, 1, 2), "withdrawal_reason": "the author asked for it",
        "text": ONCE_WITHDRAWN, "title": ONCE_WITHDRAWN,
    }  # fmt: skip
    for kind in (Contribution, ContributionVersion):
        _change(records, kind, {"contribution_id": WITHDRAWN}, **gone)
    _change(records, Citation, {"contribution_id": WITHDRAWN}, text=ONCE_WITHDRAWN)
    _change(records, Passage, {"contribution_id": WITHDRAWN, "ordinal": 1}, text=ONCE_WITHDRAWN)
    _change(records, Evidence, {"record_id": WITHDRAWN, "field": "text"}, value=ONCE_WITHDRAWN)
    _change(records, Participation, {"contribution_id": WITHDRAWN}, bio=ONCE_WITHDRAWN)


def _restrict(records: Records) -> None:
    for kind in (Contribution, ContributionVersion):
        _change(
            records, kind, {"contribution_id": METADATA_ONLY}, storage_policy="metadata_only", text=ONLY_METADATA,
            standfirst=ONLY_METADATA,
        )  # fmt: skip
        _change(records, kind, {"contribution_id": EXCERPT}, storage_policy="excerpt", text="An excerpt …")
    _change(records, Passage, {"contribution_id": METADATA_ONLY, "ordinal": 1}, text=ONLY_METADATA)


def _version(row: Contribution, **more: Any) -> ContributionVersion:
    return ContributionVersion(**{one.name: getattr(row, one.name) for one in fields(Contribution)}, **more)


def _attack(records: Records) -> None:
    """Titles, names, addresses and places in the page that want to be markup."""
    model = _one(records, Contribution, contribution_id="night-bus/introduction")
    row = replace(
        model, contribution_id=HOSTILE, prompt_id="night-bus/q1", role="comment", title=SCRIPT, kicker=SCRIPT,
        text=f"{SCRIPT} constructor __proto__", url="javascript:alert('url')", rights_statement=SCRIPT,
        license_uri="data:text/html,<script>alert(2)</script>", language='en"><script>', published_as_printed="\x07",
    )  # fmt: skip
    records.add(row, _version(row), _passage(row, 1, row.text), _passage(row, 2, SCRIPT, "heading"))
    records.add(
        Participation(
            contribution_id=HOSTILE, version=1, position=1, name_as_printed=SCRIPT, agent_kind="anonymous",
            role_description="' onload='alert(3)",
        ),
        Citation(contribution_id=HOSTILE, style=SCRIPT, text=SCRIPT),
        Evidence(
            evidence_id="hostile", record_type="contributions", record_id=HOSTILE, version=1, field="title",
            value=SCRIPT, witness="visible", rule="\"'>", reader_version="1", locator="/html/'\"><script>x</script>",
            capture_id=model.capture_id, chosen=True,
        ),
        Relation(
            relation_id="hostile", from_id=HOSTILE, type="cites", to_kind="page", to_url="javascript:alert('to')",
            to_as_printed=SCRIPT, evidence="link", quote=SCRIPT, capture_id=model.capture_id,
        ),
        Rejection(
            rejection_id="hostile", stage="read", code="no_article", capture_id=model.capture_id, url="javascript:x",
            locator="\"><script>", excerpt=SCRIPT, reason=SCRIPT,
        ),
    )  # fmt: skip


def _attack_containers(records: Records) -> None:
    """A publisher, a series, a round table, its line-up and its prompt, all of whose words want to be markup."""
    url = "javascript:alert('url')"
    records.add(
        Publisher(publisher_id=HOSTILE, name=SCRIPT, url=url),
        Series(
            series_id=HOSTILE, publisher_id=HOSTILE, title=SCRIPT, description=SCRIPT, language='"><script>',
            issn=SCRIPT, url=url,
        ),
        RoundTable(
            round_table_id=HOSTILE, series_id=HOSTILE, title=SCRIPT, state="running", announced_as_printed=SCRIPT,
            url=url,
        ),
        Prompt(prompt_id=HOSTILE, round_table_id=HOSTILE, ordinal=-1, kind="question", text=SCRIPT),
        Person(person_id=HOSTILE, name=SCRIPT, sort_name=SCRIPT, status="provisional"),
        Organisation(organisation_id=HOSTILE, name=SCRIPT, status="provisional"),
        Identifier(entity_id=HOSTILE, scheme="wikidata", value='"><script>/../', status="provisional"),
        Target(
            url=url, publisher_id=HOSTILE, round_table_id=HOSTILE, source="link", state="refused", expected_role=SCRIPT,
        ),
        *(
            Participant(
                round_table_id=HOSTILE, entry=f"{SCRIPT}{role}", position=1, ordinal=1, role=role,
                name_as_printed=SCRIPT,
                affiliation_as_printed=SCRIPT, stance_as_printed=SCRIPT, person_id=person, organisation_id=organisation,
            )
            for role, person, organisation in (
                ("respondent", HOSTILE, None), ("funder", None, HOSTILE), ("convenor", None, None),
            )
        ),
    )  # fmt: skip


def _unplaced(records: Records) -> None:
    """A text in a language that is written from the right, outside of every round table."""
    model = _one(records, Contribution, contribution_id="night-bus/introduction")
    row = replace(
        model, contribution_id=ARABIC, round_table_id=None, prompt_id=None, role="article", language="ar",
        title="السلامة على الطريق", text="من يدفع ثمن الساعات الصغيرة؟", standfirst=None, kicker=None,
        published_doubt="migration", funding_statement=None,
    )  # fmt: skip
    records.add(row, _version(row), _passage(row, 1, row.text))


def _people(records: Records) -> None:
    person = next(row for row in records.of(Person) if row.name == "Comfort Asabre")
    _change(records, Person, {"person_id": person.person_id}, status="reviewed")
    at = dt.datetime(2025, 3, 4)
    records.add(
        AuthorityDecision(
            decision_id="d-1", kind="identifier", state="standing", reason="her page gives it", decided_at=at,
            locator="authority/decisions.jsonl: d-1",
        ),
        AuthorityDecision(
            decision_id="d-2", kind="name", state="undone", reason="undone long ago", decided_at=at, locator="d-2",
        ),
        *(
            AuthoritySubject(decision_id=name, position=1, entity_id=person.person_id, part="identified")
            for name in ("d-1", "d-2")
        ),
    )  # fmt: skip
    records.add(
        Identifier(entity_id=person.person_id, scheme="orcid", value="0000-0002-1825-0097", status="reviewed"),
        IdAlias(alias=ALIAS, id=REVISED, reason="renamed"),
    )

"""A published database of invented texts: for tests of what is found in them, and of how they are asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.model import (
    Contribution,
    ContributionVersion,
    Participation,
    Passage,
    Person,
    Publisher,
    RoundTable,
    Series,
)
from archive.model.records import Records
from tests import made
from warehouse import parquet, publish

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A contribution: its id, its passages, and what else matters to a test."""

    name: str
    passages: tuple[str, ...]
    language: str | None = "en"
    title: str | None = None
    speaker: str | None = None
    published_on: dt.date | None = None
    policy: str = "full_text"
    state: str = "available"
    aside: tuple[str, ...] = ()


def records(texts: Iterable[Text]) -> Records:
    """The rows of some contributions to one round table; `aside` are passages beside the text."""
    found = Records()
    capture = made.capture("https://texts.example/", b"all of them")
    found.add(
        capture,
        Publisher(publisher_id="texts", name="Texts", url="https://texts.example/"),
        Series(series_id="talks", publisher_id="texts", title="Talks"),
        RoundTable(round_table_id="talk", series_id="talks", title="The Talk", state="complete"),
    )
    for text in texts:
        content = {
            "contribution_id": text.name, "version": 1, "round_table_id": "talk", "role": "response",
            "title": text.title, "text": "\n\n".join(text.passages), "word_count": 1, "language": text.language,
            "published_on": text.published_on, "storage_policy": text.policy, "state": text.state,
            "url": f"https://texts.example/{text.name}", "capture_id": capture.capture_id,
        }  # fmt: skip
        found.add(Contribution(**content), ContributionVersion(**content, first_captured_at=NOW))
        for number, (words, in_text) in enumerate(
            [(words, True) for words in text.passages] + [(words, False) for words in text.aside], 1
        ):
            found.add(
                Passage(
                    contribution_id=text.name, version=1, ordinal=number, kind="paragraph", in_text=in_text,
                    text=words, locator=f"p[{number}]", capture_id=capture.capture_id,
                )
            )  # fmt: skip
        if text.speaker:
            person = text.speaker.lower().replace(" ", "-")
            found.add(
                Participation(
                    contribution_id=text.name, version=1, position=1, name_as_printed=text.speaker,
                    agent_kind="person", person_id=person,
                ),
                Person(person_id=person, name=text.speaker, sort_name=text.speaker, status="provisional"),
            )  # fmt: skip
    return found


def published(texts: Iterable[Text], folder: Path) -> Path:
    """The database of some contributions."""
    (folder / "tables").mkdir()
    written = parquet.write(records(texts), folder / "tables", [], now=NOW, code_version="test")
    publish.publish(written.folder, folder / "roundtable.duckdb")
    return folder / "roundtable.duckdb"

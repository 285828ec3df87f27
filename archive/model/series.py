"""The tables of the container: publishers, series, round tables, their line-up and their prompts.

Here belongs what a round table is on its own. It comes from the register, the landing or the introduction page,
never from one of the responses; those stand in `contributions`.
"""

import datetime as dt
from typing import Annotated, Literal

from archive.model.table import table

PromptKind = Literal["question", "followup", "statement", "lead", "sub_question"]
WordingKind = Literal["landing", "page", "title", "slug"]
ParticipantRole = Literal["convenor", "editor", "funder", "respondent"]
RoundTableState = Literal["announced", "running", "complete", "open_ended", "frozen"]


@table("publishers", key=("publisher_id",))
class Publisher:
    """Who publishes: the name of a source in the register."""

    publisher_id: Annotated[str, "Short name, as in `roundtable ingest NAME`."]
    name: Annotated[str, "The publisher's own name."]
    url: Annotated[str, "Home page."]


@table("series", key=("series_id",), references={"publisher_id": "publishers"})
class Series:
    """A continuing series of round tables (schema:CreativeWorkSeries)."""

    series_id: Annotated[str, "Readable id."]
    publisher_id: Annotated[str, "Its publisher."]
    title: Annotated[str, "Title as the publisher prints it."]
    description: Annotated[str | None, "The publisher's own words about it."] = None
    language: Annotated[str | None, "BCP 47 tag of its main language."] = None
    issn: Annotated[str | None, "ISSN, where one is assigned."] = None
    started_on: Annotated[dt.date | None, "First day."] = None
    ended_on: Annotated[dt.date | None, "Last day; null while it goes on or where nobody says."] = None
    url: Annotated[str | None, "Index page."] = None


@table("round_tables", key=("round_table_id",), references={"series_id": "series"})
class RoundTable:
    """One discussion: prompts, a line-up, and what was answered (schema:Conversation)."""

    round_table_id: Annotated[str, "Readable id."]
    series_id: Annotated[str, "The series that it belongs to."]
    title: Annotated[str, "Its own title, never a contribution's."]
    opened_on: Annotated[dt.date | None, "First day, in the publisher's zone."] = None
    closed_on: Annotated[dt.date | None, "Last day, in the publisher's zone."] = None
    state: Annotated[RoundTableState, "How far the publication has come."]
    announced_as_printed: Annotated[str | None, "The publisher's words about how many take part."] = None
    announced_people: Annotated[int | None, "People, as announced."] = None
    announced_entries: Annotated[int | None, "Entries of the line-up, as announced (a joint entry counts once)."] = None
    url: Annotated[str | None, "Landing or introduction page."] = None


@table(
    "round_table_participants",
    key=("round_table_id", "role", "entry", "position"),
    references={"round_table_id": "round_tables", "person_id": "people", "organisation_id": "organisations"},
)
class Participant:
    """An entry of the line-up (one row for each person of a joint entry), a convenor, an editor or a funder."""

    round_table_id: Annotated[str, "The round table."]
    entry: Annotated[str, "Short name of the entry inside this round table; a joint entry has one."]
    position: Annotated[int, "Order inside the entry, from 1."]
    ordinal: Annotated[int, "Order of the entry in the line-up, from 1."]
    role: Annotated[ParticipantRole, "In which role."]
    name_as_printed: Annotated[str, "Name, as printed in the line-up."]
    affiliation_as_printed: Annotated[str | None, "Affiliation, as printed in the line-up."] = None
    stance_as_printed: Annotated[str | None, "Stance printed beside the name, such as YES or NO."] = None
    person_id: Annotated[str | None, "The person; null for an organisation."] = None
    organisation_id: Annotated[str | None, "The organisation, where it is the entry itself."] = None


@table(
    "prompts",
    key=("prompt_id",),
    references={"round_table_id": "round_tables", "parent_prompt_id": "prompts"},
)
class Prompt:
    """Something that is answered: a question, a follow-up question, a statement, a lead essay (schema:Question)."""

    prompt_id: Annotated[str, "Readable id."]
    round_table_id: Annotated[str, "The round table that asks."]
    parent_prompt_id: Annotated[str | None, "The prompt that this one follows up or is a part of."] = None
    ordinal: Annotated[int | None, "Number as counted by the publisher; null where it is not numbered."] = None
    kind: Annotated[PromptKind, "What sort of prompt."]
    text: Annotated[str | None, "Full wording; null until a page that prints it was captured."] = None
    capture_id: Annotated[str | None, "The capture that the wording comes from."] = None


@table("prompt_wordings", key=("prompt_id", "kind"), references={"prompt_id": "prompts"})
class PromptWording:
    """One wording of a prompt: publishers print up to four of the same question."""

    prompt_id: Annotated[str, "The prompt."]
    kind: Annotated[WordingKind, "Where this wording stands: landing page, question page, page title, or address."]
    text: Annotated[str, "The words."]
    capture_id: Annotated[str, "The capture that they come from."]

"""The records and tables, defined once; Parquet, DuckDB, checks and dictionary are derived from here."""

from archive.model.captures import Capture, Fetch, Run, Target, Visit
from archive.model.contributions import (
    Citation,
    Content,
    Contribution,
    ContributionVersion,
    Manifestation,
    Media,
    Passage,
    Relation,
    Stance,
)
from archive.model.people import (
    Affiliation,
    AuthorityDecision,
    AuthoritySubject,
    IdAlias,
    Identifier,
    Organisation,
    Participation,
    Person,
)
from archive.model.provenance import Alarm, Event, Evidence, Rejection, Release, StageCount
from archive.model.series import Participant, Prompt, PromptWording, Publisher, RoundTable, Series
from archive.model.table import SCHEMA_VERSION, TABLES, Column, Table, table_of

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Affiliation",
    "Alarm",
    "AuthorityDecision",
    "AuthoritySubject",
    "Capture",
    "Citation",
    "Column",
    "Content",
    "Contribution",
    "ContributionVersion",
    "Event",
    "Evidence",
    "Fetch",
    "IdAlias",
    "Identifier",
    "Manifestation",
    "Media",
    "Organisation",
    "Participant",
    "Participation",
    "Passage",
    "Person",
    "Prompt",
    "PromptWording",
    "Publisher",
    "Rejection",
    "Relation",
    "Release",
    "RoundTable",
    "Run",
    "Series",
    "StageCount",
    "Stance",
    "Table",
    "Target",
    "Visit",
    "table_of",
]

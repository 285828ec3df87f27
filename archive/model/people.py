"""The tables of who speaks: as printed there and then, and as reconciled.

Here belong participations and affiliations (what a version prints), people, organisations, identifiers and aliases
(what came of decisions), and the decisions. Nothing is ever merged on a name alone.
"""

import datetime as dt
from typing import Annotated, Literal

from archive.model.table import table

AgentKind = Literal["person", "collective", "institution", "anonymous", "fictional"]
IdentityStatus = Literal["provisional", "reviewed"]
Scheme = Literal["orcid", "isni", "viaf", "wikidata", "ror"]
DecisionKind = Literal["same", "distinct", "identifier", "name", "split", "affiliation", "undo"]
DecisionState = Literal["standing", "undone", "refused", "dormant"]
DecisionPart = Literal["stays", "joins", "distinct", "identified", "named", "split", "split_off", "affiliated"]


@table(
    "participations",
    key=("contribution_id", "version", "position"),
    references={
        "contribution_id": "contributions",
        "person_id": "people",
        "organisation_id": "organisations",
    },
)
class Participation:
    """An agent in a version of a contribution, as printed there (schema:Role)."""

    contribution_id: Annotated[str, "The contribution."]
    version: Annotated[int, "Its version."]
    position: Annotated[int, "Order in the byline, from 1."]
    name_as_printed: Annotated[str, "Name, as printed there."]
    role_description: Annotated[str | None, "Short description of the role, as printed there."] = None
    bio: Annotated[str | None, "Biographical note, as printed there."] = None
    author_url: Annotated[str | None, "Address that the name leads to, as linked there."] = None
    agent_kind: Annotated[AgentKind, "What sort of agent."]
    person_id: Annotated[str | None, "The person, where it is one."] = None
    organisation_id: Annotated[str | None, "The organisation, where the agent itself is one."] = None


@table(
    "affiliations",
    key=("contribution_id", "version", "position", "ordinal"),
    references={"contribution_id": "contributions", "organisation_id": "organisations"},
)
class Affiliation:
    """An affiliation, as printed in a participation."""

    contribution_id: Annotated[str, "The contribution."]
    version: Annotated[int, "Its version."]
    position: Annotated[int, "The participation."]
    ordinal: Annotated[int, "Order, from 1."]
    as_printed: Annotated[str, "The words."]
    organisation_id: Annotated[str | None, "The organisation, once somebody has decided which."] = None


@table("people", key=("person_id",))
class Person:
    """A person: provisional inside one round table, reviewed once the authority file joins them."""

    person_id: Annotated[str, "Readable id."]
    name: Annotated[str, "Name for display."]
    given: Annotated[str | None, "Given names; null where they cannot be told apart."] = None
    family: Annotated[str | None, "Family name with its particles; null where it cannot be told apart."] = None
    sort_name: Annotated[str, "Name to sort by."]
    status: Annotated[IdentityStatus, "Whether a person has reviewed this identity."]


@table("organisations", key=("organisation_id",))
class Organisation:
    """An organisation."""

    organisation_id: Annotated[str, "Readable id."]
    name: Annotated[str, "Name for display."]
    status: Annotated[IdentityStatus, "Whether a person has reviewed this identity."]


@table("identifiers", key=("entity_id", "scheme", "value"))
class Identifier:
    """An identifier that others gave to a person or an organisation."""

    entity_id: Annotated[str, "person_id or organisation_id."]
    scheme: Annotated[Scheme, "Who gave it."]
    value: Annotated[str, "The identifier, without address prefix."]
    status: Annotated[IdentityStatus, "Whether a person has reviewed it."]


@table("id_aliases", key=("alias",))
class IdAlias:
    """An id that is no longer used, and the one that stands for it."""

    alias: Annotated[str, "The old id."]
    id: Annotated[str, "The id that is used now."]
    reason: Annotated[str, "Why: merge, split, late assignment."]


@table("authority_decisions", key=("decision_id",), references={"undone_by": "authority_decisions"})
class AuthorityDecision:
    """What a person decided about who is who, in the authority file; nothing across round tables is joined without."""

    decision_id: Annotated[str, "Its id in the authority file."]
    kind: Annotated[DecisionKind, "What sort of decision."]
    state: Annotated[
        DecisionState,
        "Whether it holds; `refused` where it contradicts another or what is printed, `dormant` where nobody whom it "
        "is about is in this release.",
    ]
    reason: Annotated[str | None, "Why, in the words of whoever decided; null while dormant."] = None
    evidence: Annotated[str | None, "On what evidence, a line each; null while dormant."] = None
    decided_at: Annotated[dt.datetime, "When (UTC)."]
    decided_by: Annotated[str | None, "Who decided, where it says so."] = None
    undone_by: Annotated[str | None, "The decision that undid it."] = None
    problem: Annotated[str | None, "Why it was refused."] = None
    locator: Annotated[str, "File and id."]
    capture_id: Annotated[str | None, "The capture that keeps the file as it was."] = None


@table("authority_subjects", key=("decision_id", "position"), references={"decision_id": "authority_decisions"})
class AuthoritySubject:
    """A person or an organisation that a decision is about, under the id that it was decided for."""

    decision_id: Annotated[str, "The decision."]
    position: Annotated[int, "Order, from 1."]
    entity_id: Annotated[str, "person_id or organisation_id; `id_aliases` resolves those that were joined to another."]
    part: Annotated[DecisionPart, "What the decision says of it."]
    detail: Annotated[str | None, "The identifier, name, contribution or words that are decided."] = None

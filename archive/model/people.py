"""The tables of who speaks: as printed there and then, and as reconciled.

Here belong participations and affiliations (what a version prints) and people, organisations, identifiers and
aliases (what was decided). Nothing is ever merged on a name alone.
"""

from typing import Annotated, Literal

from archive.model.table import table

AgentKind = Literal["person", "collective", "institution", "anonymous", "fictional"]
IdentityStatus = Literal["provisional", "reviewed"]
Scheme = Literal["orcid", "isni", "viaf", "wikidata", "ror"]


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

"""Proposals about organisations: one in several wordings, those that answer and those that somebody belongs to.

Here belongs grouping organisations and the words of affiliations by the forms of their names. An organisation that
answers and the words of somebody's affiliation become one only by decision, like everything else. Not here: people
(`proposals`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.authority.likeness import Forms, organisation_forms
from archive.authority.profiles import Profile, Voice, reasons_for
from archive.authority.proposals import Proposal, identifiers
from archive.normalise.text import key, slug, squeeze


@dataclass(slots=True)
class Wording:
    """Words of affiliations in one place that no decision names an organisation for, and who belongs to it there."""

    within: str
    words: str
    people: dict[str, str] = field(default_factory=dict)


def wordings(voices: Iterable[Voice], decided: Collection[tuple[str, str]]) -> list[Wording]:
    """The wordings of affiliations in voices, apart from the (where, words) that are decided."""
    found: dict[tuple[str, str], Wording] = {}
    for voice in voices:
        for printed in voice.affiliations if voice.contribution else ():
            place = voice.scope, squeeze(printed)
            if place not in decided:
                found.setdefault(place, Wording(*place)).people[voice.entity] = voice.name
    return [found[place] for place in sorted(found)]


def of_organisations(
    profiles: Sequence[Profile], printed: Sequence[Wording], apart: Collection[frozenset[str]]
) -> Iterator[Proposal]:
    """Proposals about organisations.

    Args:
        profiles: one for each organisation that is known by an id.
        printed: wordings of affiliations that nobody has decided about.
        apart: pairs of ids of which somebody has decided that they are not one.
    """
    by_id = {profile.entity: profile for profile in profiles}
    forms = {profile.entity: organisation_forms(profile.name.display) for profile in profiles}
    words = {number: organisation_forms(one.words) for number, one in enumerate(printed)}
    for group in _groups({**forms, **{str(number): one for number, one in words.items()}}):
        entities = [by_id[name] for name in group if name in by_id]
        texts = [printed[int(name)] for name in group if name not in by_id]
        entities.sort(key=lambda who: (not who.reviewed, -len(who.voices), who.entity))
        for other in entities[1:]:
            if frozenset((entities[0].entity, other.entity)) not in apart:
                yield _same(entities[0], other)
        if texts and (entities or len({key(one.words) for one in texts}) > 1 or len({one.within for one in texts}) > 1):
            yield _affiliation(entities, texts)
    yield from identifiers(profiles, is_person=False)


def _groups(forms: Mapping[str, Forms]) -> Iterator[list[str]]:
    """Names that share a form, directly or over others: a name, letters, or letters and the initials for them."""
    leads: dict[str, str] = {name: name for name in forms}

    def root(name: str) -> str:
        while leads[name] != name:
            leads[name] = leads[leads[name]]
            name = leads[name]
        return name

    first: dict[tuple[str, str], str] = {}
    for name, one in forms.items():
        shared = [("name", form) for form in one.names] + [("letters", form) for form in one.letters]
        for form in shared:
            leads[root(name)] = root(first.setdefault(form, name))
    for name, one in forms.items():
        for initials in one.initials:
            if ("letters", initials) in first and not one.letters:
                leads[root(name)] = root(first["letters", initials])
    found: dict[str, list[str]] = {}
    for name in forms:
        found.setdefault(root(name), []).append(name)
    yield from (group for group in found.values())


def _same(one: Profile, other: Profile) -> Proposal:
    alike = f"‘{one.name.display}’ and ‘{other.name.display}’ are forms of one name"
    pro = reasons_for(one, other)
    return Proposal("same", "organisations", (one.entity, other.entity), alike, tuple(pro))


def _affiliation(entities: Sequence[Profile], texts: Sequence[Wording]) -> Proposal:
    """One organisation for several wordings: the one that is known by an id, else a new one."""
    spelt = sorted({one.words for one in texts}, key=lambda words: (-len(words), words))
    shortest = min(spelt, key=lambda words: (len(words.split(",")), -len(words), words))
    pro = []
    people: dict[str, set[str]] = {}
    for one in texts:
        for entity, name in one.people.items():
            people.setdefault(f"{name} ({entity})", set()).add(one.words)
    pro += [f"{who} is of {_listed(words)}" for who, words in sorted(people.items()) if len(words) > 1]
    places: dict[str, set[str]] = {}
    for one in texts:
        places.setdefault(one.within, set()).update(one.people)
    pro += [
        f"{len(found)} people of {within} belong to it" for within, found in sorted(places.items()) if len(found) > 1
    ]
    return Proposal(
        "affiliation",
        "organisations",
        (entities[0].entity if entities else f"organisations/{slug(shortest)}",),
        f"{_listed(spelt)} {'are forms of one name' if len(spelt) > 1 else 'stands in several places'}",
        tuple(pro),
        printed=tuple((one.within, one.words) for one in texts),
        name=None if entities else shortest,
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"‘{one}’" for one in sorted(words))

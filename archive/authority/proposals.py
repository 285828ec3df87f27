"""Proposals: who may be one with whom, or two, or known by an identifier, or filed elsewhere, with what speaks for it.

Here belongs finding what a person should look at. Nothing follows from a proposal; a decision does (`decisions`). Names
are compared within blocks and with their neighbours only, so the work grows with the number of identities, not with its
square. Not here: organisations (`bodies`).
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.authority.likeness import family_key, organisation_forms, same_person_perhaps
from archive.authority.profiles import Profile, Voice, keep_company, reasons_against, reasons_for
from archive.normalise.filing import filed_elsewhere
from archive.normalise.identifiers import OF_ORGANISATIONS, OF_PEOPLE
from archive.normalise.text import key

_NEIGHBOURS = 8
"""How many names before it in the alphabet of its block each name is compared with."""
_MANY_NAMESAKES = 3

ProposalKind = Literal["same", "split", "identifier", "affiliation", "name"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a person may accept or reject.

    Attributes:
        kind: the kind of decision that accepting it writes.
        about: people or organisations.
        members: ids; of `same` the one that stays first, of `split` the one that is split and the contributions of the
            other, of `identifier` one id.
        detail: the identifier, or the id of what is new, or how somebody is filed.
        printed: of `affiliation`, (where, words).
        name: of `affiliation`, how an organisation that is new is called; of `name` how the person is.
        alike: what the names, or words, have in common; by itself it is never enough.
        pro, contra: what else speaks for it and against it.
    """

    kind: ProposalKind
    about: Literal["people", "organisations"]
    members: tuple[str, ...]
    alike: str
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    detail: str | None = None
    printed: tuple[tuple[str, str], ...] = ()
    name: str | None = None

    @property
    def id(self) -> str:
        """Short, and the same as long as the same is proposed."""
        said = "\n".join((self.kind, *sorted(self.members), self.detail or "", *map(str, self.printed)))
        return "p" + hashlib.sha256(said.encode()).hexdigest()[:7]

    @property
    def on_name_alone(self) -> bool:
        """True where nothing but names speaks for it: accepting it needs a reason of one's own."""
        return not self.pro


def rank(proposals: Iterable[Proposal]) -> list[Proposal]:
    """What most speaks for comes first, and what something speaks against last among equals."""
    return sorted(proposals, key=lambda one: (-len(one.pro), len(one.contra), one.kind, one.members, one.detail or ""))


def of_people(profiles: Sequence[Profile], apart: Collection[frozenset[str]]) -> Iterator[Proposal]:
    """Proposals about people.

    Args:
        profiles: one for each person.
        apart: pairs of ids of which somebody has decided that they are not one.
    """
    keep_company(profiles)
    namesakes = Counter(key(profile.name.display) for profile in profiles)
    for one, other in _pairs(profiles):
        if frozenset((one.entity, other.entity)) in apart or one.seats & other.seats or one.signed & other.signed:
            continue
        alike = same_person_perhaps(one.name, other.name)
        shared = one.identifiers.keys() & other.identifiers
        if alike or shared:
            yield _same(one, other, alike or "the names differ", namesakes)
    for profile in profiles:
        yield from _splits(profile)
        yield from _filings(profile)
    yield from identifiers(profiles, is_person=True)


def _pairs(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Each profile with its neighbours in several blocks: by family name, label, words of the name, identifiers.

    The sorted neighbourhood of record linkage: whoever may be one stands close together in one of the blocks.
    """
    seen: set[frozenset[str]] = set()
    for keys in (_family, _label, _words, _identifiers):
        blocks: dict[str, list[Profile]] = {}
        for one in profiles:
            for block in keys(one):
                blocks.setdefault(block, []).append(one)
        for group in blocks.values():
            group.sort(key=lambda one: (key(one.name.display), one.entity))
            for number, one in enumerate(group):
                for other in group[max(0, number - _NEIGHBOURS) : number]:
                    pair = frozenset((one.entity, other.entity))
                    if len(pair) > 1 and pair not in seen:
                        seen.add(pair)
                        yield other, one


def _family(one: Profile) -> Iterable[str]:
    return (family_key(one.name),)


def _label(one: Profile) -> Iterable[str]:
    return (key(one.name.display),)


def _words(one: Profile) -> Iterable[str]:
    return (" ".join(sorted(map(key, one.name.display.split()))),)


def _identifiers(one: Profile) -> Iterable[str]:
    return map(str, one.identifiers)


def _same(one: Profile, other: Profile, alike: str, namesakes: Counter[str]) -> Proposal:
    # What was reviewed stays, then what has more to its name, then what comes first in the alphabet.
    first, second = sorted((one, other), key=lambda who: (not who.reviewed, -len(who.voices), who.entity))
    contra = reasons_against(one, other)
    many = max(namesakes[key(who.name.display)] for who in (one, other))
    if many >= _MANY_NAMESAKES:
        contra.append(f"{many} people are called so here")
    return Proposal(
        "same", "people", (first.entity, second.entity), alike, tuple(reasons_for(one, other)), tuple(contra)
    )


def identifiers(profiles: Iterable[Profile], *, is_person: bool) -> Iterator[Proposal]:
    """What is printed beside a name, and nobody has decided yet."""
    for profile in profiles:
        for identifier, where in sorted(profile.identifiers.items()):
            if where and identifier.scheme in (OF_PEOPLE if is_person else OF_ORGANISATIONS):
                yield Proposal(
                    "identifier",
                    "people" if is_person else "organisations",
                    (profile.entity,),
                    f"for {profile.name.display}",
                    (f"printed beside the name: {where}",),
                    detail=str(identifier),
                )


def _filings(profile: Profile) -> Iterator[Proposal]:
    """A name with a particle, which the language of all that somebody writes files elsewhere."""
    name, tongues = profile.name, {tag.partition("-")[0] for tag in profile.languages}
    if profile.is_filed or len(tongues) != 1 or not name.given or not name.family:
        return
    (tongue,) = tongues
    found = filed_elsewhere(name.given, name.family, tongue)
    if found:
        filed, where = found
        pro = f"all texts are in the language {tongue}, which files the name under ‘{filed}’"
        contra = (f"that holds in {where}",) if where else ()
        alike = f"filed under ‘{name.sort_name}’, as English does"
        yield Proposal("name", "people", (profile.entity,), alike, (pro,), contra, detail=filed, name=name.display)


def _splits(profile: Profile) -> Iterator[Proposal]:
    """One name in one round table, and two organisations and notes with nothing in common: perhaps two people."""
    if profile.reviewed or profile.seats or len(profile.scopes) > 1:
        return
    groups: dict[str, list[Voice]] = {}
    for voice in profile.voices:
        if voice.contribution and voice.affiliations:
            groups.setdefault(key(voice.affiliations[0]), []).append(voice)
    ordered = sorted(groups.values(), key=lambda found: (-len(found), found[0].contribution or ""))
    for group in ordered[1:]:
        one, other = (Profile(profile.entity, profile.name, voices=voices) for voices in (ordered[0], group))
        first, second = ordered[0][0].affiliations[0], group[0].affiliations[0]
        forms, others = organisation_forms(first), organisation_forms(second)
        if forms.names & others.names or forms.letters & others.letters or one.told() & other.told():
            continue
        pro = [f"elsewhere the name is of ‘{first}’, here of ‘{second}’"]
        pro += ["the notes have no word in common"] if one.told() and other.told() else []
        members = (profile.entity, *sorted(other.signed))
        yield Proposal("split", "people", members, f"one name, {profile.name.display}", tuple(pro))

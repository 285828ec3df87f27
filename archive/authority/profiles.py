"""What is known of each identity: where it speaks, in which company, for whom, with which note and addresses.

Here belongs gathering it from voices, and what two profiles have in common or against each other, in words. Not here:
who is compared with whom (`proposals`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.normalise.identifiers import Identifier
from archive.normalise.persons import PersonName
from archive.normalise.text import fold, key

_ONE_EACH = frozenset(("orcid", "ror"))
_LONGEST_CAREER = 60
_ENOUGH_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w'’-]{4,}")
_COMMON = frozenset(
    "about after among author books based between current director editor former founder first their there these they "
    "those through until where which while with worked works working writer writes years professor currently "
    "organisation organization research researcher university institute centre center international".split()
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One appearance of an identity: in a line-up, or in the byline of a contribution.

    Attributes:
        entity: person_id or organisation_id.
        name: as printed.
        scope: the round table, or the contribution that has none.
        series: of the round table.
        role: convenor, editor, funder or respondent in a line-up; `byline` else.
        contribution: of a byline.
        year: of publication.
        affiliations, bio, page: as printed; the page is where the name leads to.
    """

    entity: str
    name: str
    scope: str
    series: str | None = None
    role: str = "byline"
    contribution: str | None = None
    year: int | None = None
    affiliations: tuple[str, ...] = ()
    bio: str | None = None
    page: str | None = None


@dataclass(slots=True)
class Profile:
    """Everything that is known of one identity.

    Attributes:
        languages: those of its texts, translations apart.
        is_filed: whether somebody decided where it is filed.
    """

    entity: str
    name: PersonName
    reviewed: bool = False
    voices: list[Voice] = field(default_factory=list)
    identifiers: dict[Identifier, str] = field(default_factory=dict)
    company: set[tuple[str, str]] = field(default_factory=set)
    languages: tuple[str, ...] = ()
    is_filed: bool = False

    @property
    def scopes(self) -> set[str]:
        """Round tables, and contributions that have none."""
        return {voice.scope for voice in self.voices}

    @property
    def seats(self) -> set[str]:
        """Round tables whose line-up invites it to answer."""
        return {voice.scope for voice in self.voices if voice.role == "respondent"}

    @property
    def signed(self) -> set[str]:
        """Contributions."""
        return {voice.contribution for voice in self.voices if voice.contribution}

    @property
    def years(self) -> set[int]:
        """Years of publication."""
        return {voice.year for voice in self.voices if voice.year}

    def affiliations(self) -> dict[str, str]:
        """Key → the words, as they are printed first."""
        found: dict[str, str] = {}
        for voice in self.voices:
            for words in voice.affiliations:
                found.setdefault(key(words), words)
        return found

    def affiliated_in(self) -> dict[int, set[str]]:
        """Year → keys of affiliations."""
        found: dict[int, set[str]] = {}
        for voice in self.voices:
            if voice.year:
                found.setdefault(voice.year, set()).update(map(key, voice.affiliations))
        return found

    def told(self) -> set[str]:
        """The telling words of its notes: long ones that are not its name and not in everybody's note."""
        own = set(fold(self.name.display).split())
        words = {fold(word) for voice in self.voices if voice.bio for word in _WORD.findall(voice.bio)}
        return words - own - _COMMON

    def notes(self) -> list[str]:
        """The notes, folded to letters."""
        return [key(voice.bio) for voice in self.voices if voice.bio]

    def pages(self) -> set[str]:
        """Where its name leads to."""
        return {voice.page for voice in self.voices if voice.page}

    def offices(self) -> set[tuple[str, str]]:
        """(role, series) in which it convenes, edits or pays."""
        return {
            (voice.role, voice.series)
            for voice in self.voices
            if voice.series and voice.role in {"convenor", "editor", "funder"}
        }


def keep_company(profiles: Iterable[Profile]) -> None:
    """Fill in who signs, or holds an office, together with whom: (key, name) of the others."""
    together: dict[tuple[str, str], list[Profile]] = {}
    for profile in profiles:
        for voice in profile.voices:
            if voice.contribution:
                together.setdefault(("signs", voice.contribution), []).append(profile)
            elif voice.role in {"convenor", "editor"}:
                together.setdefault((voice.role, voice.scope), []).append(profile)
    for group in together.values():
        names = {(key(one.name.display), one.name.display) for one in group}
        for one in group:
            one.company |= names - {(key(one.name.display), one.name.display)}


def reasons_for(one: Profile, other: Profile) -> list[str]:
    """What both have in common beside their names."""
    found = [
        f"{identifier} is printed beside both" for identifier in sorted(one.identifiers.keys() & other.identifiers)
    ]
    found += [f"both names lead to {page}" for page in sorted(one.pages() & other.pages())]
    mine, theirs = one.affiliations(), other.affiliations()
    found += [f"both belong to ‘{mine[name]}’" for name in sorted(mine.keys() & theirs)]
    for first, second in ((one, other), (other, one)):
        named = [words for name, words in second.affiliations().items() if any(name in note for note in first.notes())]
        found += [f"the note of {first.entity} names ‘{words}’, to which the other belongs" for words in sorted(named)]
    shared = one.told() & other.told()
    if len(shared) >= _ENOUGH_WORDS:
        found.append(f"their notes share {', '.join(sorted(shared)[:6])}")
    company = dict(one.company & other.company)
    found += [f"{shown} is beside both" for _, shown in sorted(company.items())]
    found += [f"both are {role} in the series {series}" for role, series in sorted(one.offices() & other.offices())]
    return found


def reasons_against(one: Profile, other: Profile) -> list[str]:
    """What speaks against their being one."""
    found = []
    for scheme in _ONE_EACH:
        mine = {identifier for identifier in one.identifiers if identifier.scheme == scheme}
        theirs = {identifier for identifier in other.identifiers if identifier.scheme == scheme}
        if mine and theirs and not mine & theirs:
            found.append(f"{min(mine)} is printed beside one, {min(theirs)} beside the other")
    both = one.affiliated_in(), other.affiliated_in()
    years = [
        year
        for year in sorted(both[0].keys() & both[1])
        if both[0][year] and both[1][year] and not both[0][year] & both[1][year]
    ]
    if years:
        found.append(f"in {years[0]} they belong to different organisations")
    if one.years and other.years:
        apart = max(min(one.years) - max(other.years), min(other.years) - max(one.years))
        if apart > _LONGEST_CAREER:
            found.append(f"{apart} years lie between them")
    return found

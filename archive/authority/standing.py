"""What decisions come to together: who is one with whom, who is called what, and which decisions cannot hold.

Here belongs weighing decisions against each other and against what is printed: a decision that contradicts an earlier
one, or a line-up, is refused with a reason, and changes nothing. Pure. Not here: reading the files (`decisions`), and
what becomes of rows (`reconcile`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.authority.decisions import (
    Affiliated,
    Decision,
    Distinct,
    Identified,
    Ledger,
    Located,
    Renamed,
    Same,
    Split,
    Undone,
)
from archive.normalise.identifiers import Identifier
from archive.normalise.text import squeeze

State = Literal["standing", "undone", "refused", "dormant"]
_ONE_EACH = frozenset(("orcid", "ror"))
"""Schemes that give everybody one identifier and no more."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the identities that decisions name.

    Attributes:
        people, organisations: every id that was ever minted for one.
        present: those that speak, or stand in a line-up, in these rows.
        line_up: person → (round table, entry) where invited to answer.
        bylines: id → the contributions that it signs.
        printed: (round table or contribution, words) of every affiliation.
    """

    people: Collection[str]
    organisations: Collection[str]
    present: Collection[str]
    line_up: Mapping[str, set[tuple[str, str]]]
    bylines: Mapping[str, set[str]]
    printed: Collection[tuple[str, str]]


@dataclass
class Standing:
    """The decisions of a ledger, weighed.

    Attributes:
        ledger: all of them.
        former: id → the id that took its place in the ledger of ids, without any decision.
        undone: decision → the decision that undid it.
        refused: decision → why it cannot hold.
        parents: id → the id that it leads to, with the decision that says so.
        names: id that stays → how it is called.
        identifiers: identifier → the id that stays, with the decision.
        only: (id that stays, scheme) → the one identifier that it can have of that scheme.
        affiliations: (where, words) → the organisation, with the decision.
    """

    ledger: Ledger
    former: Mapping[str, str] = field(default_factory=dict)
    undone: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    parents: dict[str, tuple[str, Located]] = field(default_factory=dict)
    names: dict[str, Located] = field(default_factory=dict)
    identifiers: dict[Identifier, tuple[str, Located]] = field(default_factory=dict)
    only: dict[tuple[str, str], Identifier] = field(default_factory=dict)
    affiliations: dict[tuple[str, str], tuple[str, Located]] = field(default_factory=dict)

    def root(self, name: str) -> str:
        """The id that stands for `name` now; itself where nobody joined it to another."""
        name = self.now(name)
        while name in self.parents:
            name = self.parents[name][0]
        return name

    def now(self, name: str) -> str:
        """The id that `name` had become before any decision: that of a voice which was found to be another one's."""
        return self.former.get(name, name)

    def holding(self) -> Iterable[Located]:
        """The decisions that hold, in their order."""
        return (one for one in self.ledger.decisions if not self.is_out(one))

    def is_out(self, located: Located) -> bool:
        """True for a decision that was undone or refused."""
        return located.decision.id in self.undone or located.decision.id in self.refused


def begin(ledger: Ledger, former: Mapping[str, str]) -> Standing:
    """Which decisions were undone: the rest can be weighed once it is known who speaks where."""
    standing = Standing(ledger, former)
    by_id = {one.decision.id: one.decision for one in ledger.decisions}
    undoing: dict[str, list[Undone]] = {}
    for one in by_id.values():
        if not isinstance(one, Undone):
            continue
        if one.undoes not in by_id:
            standing.refused[one.id] = f"there is no decision {one.undoes!r}"
        elif _leads_back(one, by_id):
            standing.refused[one.id] = "it undoes itself, or a decision that undoes it"
        else:
            undoing.setdefault(one.undoes, []).append(one)
    # From the last undo on: one that was undone itself undoes nothing.
    for target in sorted(undoing, key=lambda name: _depth(name, by_id), reverse=True):
        for one in undoing[target]:
            if one.id not in standing.undone:
                standing.undone.setdefault(target, one.id)
    return standing


def _leads_back(one: Undone, by_id: Mapping[str, Decision]) -> bool:
    seen, at = {one.id}, by_id.get(one.undoes)
    while isinstance(at, Undone):
        if at.id in seen:
            return True
        seen.add(at.id)
        at = by_id.get(at.undoes)
    return at is not None and at.id in seen


def _depth(name: str, by_id: Mapping[str, Decision]) -> int:
    depth, at = 0, by_id[name]
    while isinstance(at, Undone):
        depth, at = depth + 1, by_id[at.undoes]
    return depth


def weigh(standing: Standing, setting: Setting) -> None:
    """Weigh every decision that was not undone, in order; what cannot hold is refused."""
    joining = _Joining(standing, setting)
    for located in list(standing.holding()):
        decision = located.decision
        if isinstance(decision, Same | Distinct):
            problem = joining.unknown(decision.members, is_person=bool(decision.people)) or (
                joining.same(decision, located) if isinstance(decision, Same) else joining.distinct(decision)
            )
            _refuse(standing, located, problem)
    for located in list(standing.holding()):
        decision = located.decision
        if isinstance(decision, Identified | Renamed):
            problem = joining.unknown([decision.entity], is_person=decision.person is not None) or (
                _identified(standing, decision, located)
                if isinstance(decision, Identified)
                else _named(standing, decision, located)
            )
            _refuse(standing, located, problem)
        elif isinstance(decision, Affiliated):
            problem = joining.unknown([decision.organisation], is_person=False)
            _refuse(standing, located, problem or _affiliated(standing, decision, located, setting))


def _refuse(standing: Standing, located: Located, problem: str | None) -> None:
    if problem:
        standing.refused[located.decision.id] = problem


class _Joining:
    """Ids joined one decision after the other, with what must not come together."""

    def __init__(self, standing: Standing, setting: Setting) -> None:
        self.standing = standing
        self.setting = setting
        self.apart: dict[str, dict[str, str]] = {}
        self.line_up: dict[str, set[tuple[str, str]]] = {}
        self.bylines: dict[str, set[str]] = {}

    def unknown(self, members: Iterable[str], *, is_person: bool) -> str | None:
        """Why one of the ids cannot be meant."""
        known, other = self.setting.people, self.setting.organisations
        noun, no_noun = "person", "organisation"
        if not is_person:
            known, other, noun, no_noun = other, known, no_noun, noun
        for name in members:
            if name in other:
                return f"{name!r} is the id of {_a(no_noun)}"
            if name not in known:
                return f"there is no {noun} {name!r}"
        return None

    def same(self, decision: Same, located: Located) -> str | None:
        """Join the members; the first of them stays."""
        root = self.standing.root
        stays = root(decision.members[0])
        others = list(dict.fromkeys(root(name) for name in decision.members[1:] if root(name) != stays))
        if not others:
            joined = [
                self.standing.parents[name][1]
                for name in map(self.standing.now, decision.members)
                if name in self.standing.parents
            ]
            if not joined:
                return "they are one already: one of the ids took the place of the other"
            earlier = joined[0]
            is_first = stays == self.standing.now(decision.members[0])
            cycle = "" if is_first else f", and {stays!r} stays: this would be a merge cycle"
            return f"they are one already by {earlier.decision.id}{cycle}"
        if problem := self._kept_apart([stays, *others]):
            return problem
        for other in others:
            self.standing.parents[other] = stays, located
            self._line_up(stays).update(self._line_up(other))
            self._bylines(stays).update(self._bylines(other))
            for third, by in self.apart.pop(other, {}).items():
                self.apart[third].pop(other, None)
                self.apart[third][stays] = self.apart.setdefault(stays, {})[third] = by
        return None

    def _kept_apart(self, roots: list[str]) -> str | None:
        for number, one in enumerate(roots):
            for other in roots[:number]:
                if by := self.apart.get(one, {}).get(other):
                    return f"{by} says that {other!r} and {one!r} are not one"
                if both := {table for table, _ in self._line_up(one)} & {table for table, _ in self._line_up(other)}:
                    return f"both stand in the line-up of {min(both)}"
                if shared := self._bylines(one) & self._bylines(other):
                    return f"both sign {min(shared)}"
        return None

    def distinct(self, decision: Distinct) -> str | None:
        """Keep the members apart from now on."""
        roots = [self.standing.root(name) for name in decision.members]
        if len(set(roots)) < len(roots):
            twice = next(name for name in roots if roots.count(name) > 1)
            by = [to[1].decision.id for to in self.standing.parents.values() if self.standing.root(to[0]) == twice]
            return f"two of them are one by {by[0]}: undo that first" if by else "two of the ids are one already"
        for number, one in enumerate(roots):
            for other in roots[:number]:
                self.apart.setdefault(one, {})[other] = decision.id
                self.apart.setdefault(other, {})[one] = decision.id
        return None

    def _line_up(self, name: str) -> set[tuple[str, str]]:
        return self.line_up.setdefault(name, set(self.setting.line_up.get(name, ())))

    def _bylines(self, name: str) -> set[str]:
        return self.bylines.setdefault(name, set(self.setting.bylines.get(name, ())))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _identified(standing: Standing, decision: Identified, located: Located) -> str | None:
    root, identifier = standing.root(decision.entity), decision.identifier
    owner, by = standing.identifiers.get(identifier, (None, None))
    if by:
        whose = "it is known already" if owner == root else f"it is that of {owner!r}"
        return f"{identifier}: {whose} by {by.decision.id}"
    other = standing.only.get((root, identifier.scheme))
    if other:
        return f"{identifier}: {root!r} has {other} by {standing.identifiers[other][1].decision.id}, and nobody has two"
    standing.identifiers[identifier] = root, located
    if identifier.scheme in _ONE_EACH:
        standing.only[root, identifier.scheme] = identifier
    return None


def _named(standing: Standing, decision: Renamed, located: Located) -> str | None:
    root = standing.root(decision.entity)
    known = standing.names.setdefault(root, located)
    return None if known is located else f"{root!r} is named by {known.decision.id}: undo that first"


def _affiliated(standing: Standing, decision: Affiliated, located: Located, setting: Setting) -> str | None:
    places = [(one.within, squeeze(one.words)) for one in decision.printed]
    for number, place in enumerate(places):
        if place in standing.affiliations:
            return f"printed[{number}]: {standing.affiliations[place][1].decision.id} says whom these words name"
        if place not in setting.printed:
            return f"printed[{number}]: no affiliation in {place[0]!r} is printed like that"
    for place in places:
        standing.affiliations[place] = standing.root(decision.organisation), located
    return None


def state_of(standing: Standing, located: Located, present: Collection[str]) -> State:
    """How a decision stands: `dormant` where nobody whom it is about is in these rows."""
    decision = located.decision
    if decision.id in standing.undone:
        return "undone"
    if decision.id in standing.refused:
        return "refused"
    is_here = any(standing.now(name) in present for name in named_by(decision))
    return "standing" if is_here or isinstance(decision, Undone) else "dormant"


def named_by(decision: Decision) -> tuple[str, ...]:
    """The identities that a decision names."""
    match decision:
        case Same() | Distinct():
            return decision.members
        case Identified() | Renamed():
            return (decision.entity,)
        case Split():
            return decision.person, decision.into
        case Affiliated():
            return (decision.organisation,)
        case Undone():
            return ()

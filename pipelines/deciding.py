"""People and organisations on a home: what is known, what is proposed, and writing decisions into the authority file.

Here belongs what `roundtable people` does. A decision is on the disk before the tables are made again; whatever ends
the command early, the next rebuild applies it. Not here: what speaks for a proposal (`archive.authority`), and Dagster,
which is imported only where tables are made.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive import durable
from archive.authority import bodies, proposals
from archive.authority.decisions import FILE, FOLDER, Ledger, Located
from archive.authority.profiles import Profile, Voice
from archive.authority.proposals import Proposal
from archive.authority.standing import begin
from archive.codes import Code, RoundtableError
from archive.home import Home
from archive.normalise.identifiers import parse
from archive.normalise.persons import PersonName, parse_person
from archive.sources.proposal_toml import literal
from pipelines.steps import Say, now
from warehouse import query

_VOICES = """
SELECT coalesce(p.person_id, p.organisation_id), p.name_as_printed, coalesce(c.round_table_id, c.contribution_id),
       t.series_id, 'byline', c.contribution_id, year(c.published_on), a.words, p.bio, p.author_url
FROM participations AS p
JOIN contributions AS c USING (contribution_id, version)
LEFT JOIN round_tables AS t USING (round_table_id)
LEFT JOIN (
    SELECT contribution_id, version, position, list(as_printed ORDER BY ordinal) AS words FROM affiliations GROUP BY ALL
) AS a USING (contribution_id, version, position)
WHERE coalesce(p.person_id, p.organisation_id) IS NOT NULL
UNION ALL
SELECT coalesce(p.person_id, p.organisation_id), p.name_as_printed, p.round_table_id, t.series_id, p.role, NULL,
       year(t.opened_on), CASE WHEN p.affiliation_as_printed IS NOT NULL THEN [p.affiliation_as_printed] END, NULL, NULL
FROM round_table_participants AS p
JOIN round_tables AS t USING (round_table_id)
ORDER BY ALL
"""
_IDENTITIES = """
SELECT person_id, name, given, family, sort_name, status, true FROM people
UNION ALL
SELECT organisation_id, name, NULL, NULL, name, status, false FROM organisations
ORDER BY 1
"""
_IDENTIFIERS = """
SELECT i.entity_id, i.scheme || ':' || i.value, i.status, min(e.locator || coalesce(' of ' || c.url, ''))
FROM identifiers AS i
LEFT JOIN evidence AS e
    ON e.record_type = 'identifiers' AND e.record_id = i.entity_id || '#' || i.scheme || '#' || i.value
LEFT JOIN captures AS c USING (capture_id)
GROUP BY ALL ORDER BY ALL
"""
_TEXTS = """
SELECT p.person_id, list(DISTINCT c.language ORDER BY c.language)
FROM participations AS p
JOIN contributions AS c USING (contribution_id, version)
WHERE p.person_id IS NOT NULL AND c.language IS NOT NULL
  AND c.contribution_id NOT IN (SELECT from_id FROM relations WHERE type = 'translates')
GROUP BY ALL
"""
_FILED = """
SELECT DISTINCT coalesce(a.id, s.entity_id)
FROM authority_subjects AS s
JOIN authority_decisions AS d USING (decision_id)
LEFT JOIN id_aliases AS a ON a.alias = s.entity_id
WHERE d.kind = 'name' AND d.state = 'standing'
"""
_APART = """
SELECT d.decision_id, list(DISTINCT coalesce(a.id, s.entity_id))
FROM authority_subjects AS s
JOIN authority_decisions AS d USING (decision_id)
LEFT JOIN id_aliases AS a ON a.alias = s.entity_id
WHERE d.kind IN ('distinct', 'split') AND d.state = 'standing'
GROUP BY ALL
"""
_DECIDED = """
SELECT DISTINCT coalesce(c.round_table_id, c.contribution_id), a.as_printed
FROM affiliations AS a
JOIN contributions AS c USING (contribution_id)
WHERE a.organisation_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the published tables say of people and organisations: a profile each, and what is decided."""

    people: tuple[Profile, ...]
    organisations: tuple[Profile, ...]
    apart: frozenset[frozenset[str]]
    decided: frozenset[tuple[str, str]]


def known(home: Home) -> Known:
    """Gather the profiles from the published database.

    Raises:
        RoundtableError: `database_missing`.
    """
    people: dict[str, Profile] = {}
    organisations: dict[str, Profile] = {}
    for entity, name, given, family, sort_name, status, is_person in _rows(home, _IDENTITIES):
        parts = PersonName(name, given, family, None, (), (), sort_name)
        (people if is_person else organisations)[entity] = Profile(entity, parts, status == "reviewed")
    everybody = people | organisations
    for entity, name, scope, series, role, contribution, year, words, bio, page in _rows(home, _VOICES):
        voice = Voice(entity, name, scope, series, role, contribution, year, tuple(words or ()), bio, page)
        everybody[entity].voices.append(voice)
    for entity, identifier, status, where in _rows(home, _IDENTIFIERS):
        everybody[entity].identifiers[parse(identifier)] = "" if status == "reviewed" else where or "on a page"
    for entity, languages in _rows(home, _TEXTS):
        everybody[entity].languages = tuple(languages)
    for (entity,) in _rows(home, _FILED):
        if entity in everybody:
            everybody[entity].is_filed = True
    apart = {
        frozenset((one, other))
        for _, members in _rows(home, _APART)
        for number, one in enumerate(members)
        for other in members[:number]
    }
    decided = frozenset((within, words) for within, words in _rows(home, _DECIDED))
    return Known(tuple(people.values()), tuple(organisations.values()), frozenset(apart), decided)


def proposed(home: Home) -> list[Proposal]:
    """Everything that a person may look at, best founded first; raises what `known` raises."""
    found = known(home)
    words = bodies.wordings((voice for one in found.people for voice in one.voices), found.decided)
    return proposals.rank(
        [
            *proposals.of_people(found.people, found.apart),
            *bodies.of_organisations(found.organisations, words, found.apart),
        ]
    )


def _rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    return query.run(home.database, sql).rows


# --- deciding ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Who decides, why, and whether the tables are made again at once."""

    reason: str | None = None
    by: str | None = None
    rebuild: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A decision that was written: its id, its kind, the file, and how it stands in the tables (None: not made yet)."""

    decision_id: str
    kind: str
    file: Path
    state: str | None = None
    problem: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "decision_id": self.decision_id,
            "kind": self.kind,
            "file": str(self.file),
            "state": self.state,
            "problem": self.problem,
        }


def accept(home: Home, names: Sequence[str], asked: Asked, say: Say) -> list[Written]:
    """Write the decisions that accept proposals.

    Raises:
        RoundtableError: `proposal_unknown`; `reason_missing` where nothing but a name speaks for one of them.
        OSError: the disk refused.
    """
    chosen = _chosen(home, names)
    for one in chosen:
        if one.on_name_alone and not asked.reason:
            what = f"nothing but names speaks for {one.id}: nothing is joined on a name alone"
            raise RoundtableError(Code.REASON_MISSING, what, "--reason")
    return _decide(home, [_accepting(one, asked) for one in chosen], asked, say)


def reject(home: Home, names: Sequence[str], asked: Asked, say: Say) -> list[Written]:
    """Write down that those of a proposal are not one, so that it is not made again.

    Raises:
        RoundtableError: `proposal_unknown`, also for a proposal that joins nobody; `reason_missing`.
        OSError: the disk refused.
    """
    chosen = _chosen(home, names)
    for one in chosen:
        if one.kind != "same":
            what = f"{one.id} joins nobody: leave it as it is"
            raise RoundtableError(Code.PROPOSAL_UNKNOWN, what, advice="only what joins two can be rejected")
    reason = _reason(asked)
    return _decide(home, [("distinct", {one.about: list(one.members), "reason": reason}) for one in chosen], asked, say)


def split(home: Home, person: str, contributions: Sequence[str], asked: Asked, say: Say) -> list[Written]:
    """Give contributions of a person to another one of the same name, under a new id.

    Raises:
        RoundtableError: `person_unknown`, `contribution_unknown`, `reason_missing`.
        OSError: the disk refused.
    """
    who = {one.entity: one for one in known(home).people}.get(person)
    if who is None:
        raise RoundtableError(Code.PERSON_UNKNOWN, f"nobody has the id {person!r}")
    strange = [name for name in contributions if name not in who.signed]
    if strange:
        raise RoundtableError(Code.CONTRIBUTION_UNKNOWN, f"{person} does not speak in {strange[0]!r}")
    return _decide(home, [_splitting(person, contributions, _reason(asked), ())], asked, say)


def undo(home: Home, decision: str, asked: Asked, say: Say) -> list[Written]:
    """Write down that a decision no longer holds.

    Raises:
        RoundtableError: `decision_unknown`, also for one that is undone; `reason_missing`.
        OSError: the disk refused.
    """
    ledger = Ledger.load(home.curation / FOLDER)
    if decision not in {one.decision.id for one in ledger.decisions}:
        raise RoundtableError(Code.DECISION_UNKNOWN, f"there is no decision {decision!r}")
    by = begin(ledger, {}).undone.get(decision)
    if by:
        raise RoundtableError(Code.DECISION_UNKNOWN, f"{decision!r} is undone by {by!r} already")
    return _decide(home, [("undo", {"undoes": decision, "reason": _reason(asked)})], asked, say)


def _reason(asked: Asked) -> str:
    if not (asked.reason and asked.reason.strip()):
        raise RoundtableError(Code.REASON_MISSING, "a decision has a reason", "--reason")
    return asked.reason.strip()


def _chosen(home: Home, names: Sequence[str]) -> list[Proposal]:
    by_id = {one.id: one for one in proposed(home)}
    for name in names:
        if name not in by_id:
            advice = "`roundtable people propose` lists what is proposed now"
            raise RoundtableError(Code.PROPOSAL_UNKNOWN, f"nothing is proposed under {name!r}", advice=advice)
    return [by_id[name] for name in dict.fromkeys(names)]


Block = tuple[str, dict[str, Any]]


def _accepting(one: Proposal, asked: Asked) -> Block:
    evidence = [one.alike, *one.pro, *(f"against it: {words}" for words in one.contra)]
    reason = asked.reason or "; ".join(one.pro)
    singular = {"people": "person", "organisations": "organisation"}[one.about]
    if one.kind == "same":
        return "same", {one.about: list(one.members), "reason": reason, "evidence": evidence}
    if one.kind == "identifier":
        return "identifier", {
            singular: one.members[0], "identifier": one.detail, "reason": reason, "evidence": evidence,
        }  # fmt: skip
    if one.kind == "name":
        parts = parse_person(one.name or "")
        keys = {"name": one.name, "given": parts.given, "family": parts.family, "sort_name": one.detail}
        return "name", {singular: one.members[0], **keys, "reason": reason, "evidence": evidence}
    if one.kind == "split":
        return _splitting(one.members[0], one.members[1:], reason, evidence)
    named = {"name": one.name} if one.name else {}
    printed = [{"within": within, "words": words} for within, words in one.printed]
    return "affiliation", {
        "organisation": one.members[0], **named, "printed": printed, "reason": reason, "evidence": evidence,
    }  # fmt: skip


def _splitting(person: str, contributions: Iterable[str], reason: str, evidence: Iterable[str]) -> Block:
    keys = {"person": person, "contributions": list(contributions), "into": person, "reason": reason}
    return "split", keys | ({"evidence": list(evidence)} if evidence else {})


def _decide(home: Home, blocks: Sequence[Block], asked: Asked, say: Say) -> list[Written]:
    """Write decisions behind the others, make the tables again, and say how the decisions stand there."""
    file = home.curation / FOLDER / FILE
    with home.writing():
        ledger = Ledger.load(file.parent)
        at = now().replace(microsecond=0)
        taken = {one.decision.id for one in ledger.decisions} | {one.excerpt for one in ledger.unreadable}
        written, texts = [], []
        ids = _ids(home, ledger.decisions)
        for kind, keys in blocks:
            number = next(n for n in range(1, len(taken) + 2) if f"{at:%Y-%m-%d}-{n}" not in taken)
            name = f"{at:%Y-%m-%d}-{number}"
            taken.add(name)
            if kind == "split":
                free = (f"{keys['person']}-{n}" for n in range(2, len(ids) + 3))
                keys["into"] = next(one for one in free if one not in ids)
                ids.add(keys["into"])
            whose = {"by": asked.by} if asked.by else {}
            texts.append(_block({"id": name, "kind": kind, **keys, **whose}, f"{at.isoformat()}Z"))
            written.append(Written(name, kind, file))
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        durable.write_text(file, "\n".join([part for part in [before.rstrip("\n")] if part] + texts))
        if not asked.rebuild:
            return written
        from pipelines.running import run_job  # noqa: PLC0415 - Dagster takes a second to import

        run_job(home, "rebuild", say)
    stands = {name: (state, problem) for name, state, problem in _rows(home, _STATES)}
    return [Written(one.decision_id, one.kind, file, *stands.get(one.decision_id, (None, None))) for one in written]


_STATES = "SELECT decision_id, state, problem FROM authority_decisions"


def _ids(home: Home, decisions: Iterable[Located]) -> set[str]:
    """Every id that was ever given, or asked for by a decision."""
    from pipelines.opened import OpenedHome  # noqa: PLC0415 - the store is not needed to look

    asked = {str(getattr(one.decision, "into", "")) for one in decisions}
    return set(OpenedHome(home).ids().taken) | asked


def _block(keys: dict[str, Any], at: str) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in keys.items()]
    return "\n".join(["", "[[decisions]]", *lines, f"at = {at}", ""])


def _value(value: Any) -> str:  # noqa: ANN401 - a value of any key
    """A value as TOML writes it; a list of several on lines of their own, so that a difference in git can be read."""
    if isinstance(value, list) and (len(value) > 1 or len(json.dumps(value)) > 80):
        return "[\n" + "".join(f"  {literal(item)},\n" for item in value) + "]"
    return literal(value)

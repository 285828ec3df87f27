"""How much of a text may be shown: the storage policy that the register sets, and what it leaves of the rows.

Here belongs the policy of a publisher, a round table or a single address, and honouring it in every row. The bytes stay
in `captures/`; a capture whose policy is not `full_text` is restricted, so that exports leave it out. Not here: the
words about rights, which stand in the rows as printed, and withdrawals.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.discussion.identity import Sight
from archive.discussion.pages import is_read
from archive.discussion.sighting import Sighting
from archive.discussion.witness import EvidenceBook
from archive.model import Capture, Contribution, ContributionVersion, Passage, Rejection, Relation
from archive.model.contributions import StoragePolicy
from archive.model.records import Records
from archive.normalise import urls
from archive.normalise.text import word_count
from archive.sources.register import Register, RegisteredRoundTable

_STRICTNESS: dict[StoragePolicy, int] = {"full_text": 0, "excerpt": 1, "metadata_only": 2}
_CUT = " …"
OWN = "urn:roundtable:"
"""How the address of a file of our own begins: of the register, or of what people decided."""
DECIDED = ("corrections", "authority", "withdrawn")
"""The folders of a home's curation whose files are kept with a release. They may name people who are named nowhere else
any more, so no export holds them."""
Key = tuple[str, int]
Row = TypeVar("Row", Contribution, ContributionVersion)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be shown: the policy, and the words of an excerpt."""

    policy: StoragePolicy = "full_text"
    words: int = 0


def policies(sights: Iterable[Sight], register: Register) -> dict[str, Allowed]:
    """Contribution → what may be shown of it, where that is not all; the strictest word on any of its pages holds."""
    found: dict[str, Allowed] = {}
    pages: dict[int, Allowed] = {}
    for sight in sights:
        number = sight.spot[0]
        if number not in pages:
            pages[number] = _of_page(sight.seen, sight.place.table, register)
        one = pages[number]
        known = found.get(sight.contribution_id, Allowed())
        if _STRICTNESS[one.policy] > _STRICTNESS[known.policy]:
            found[sight.contribution_id] = one
    return found


def _of_page(page: Sighting, table: RegisteredRoundTable | None, register: Register) -> Allowed:
    found = [_at(url, table, register) for url in (page.canonical_url, page.url) if urls.is_web(url)]
    if not found and page.source_id:
        # Nobody knows where it was published, but somebody named its publisher.
        keys = register.get(page.source_id).keys.publisher
        policy = (table and table.keys.round_table.storage_policy) or keys.storage_policy
        found = [Allowed(policy, keys.excerpt_words)]
    return max(found, key=lambda one: _STRICTNESS[one.policy], default=Allowed())


def _at(url: str, table: RegisteredRoundTable | None, register: Register) -> Allowed:
    """The policy at an address: its target's, else its round table's, else its publisher's."""
    target = register.target(url)
    host = register.for_url(url)
    words = host.keys.publisher.excerpt_words if host else 0
    if target and target[1].storage_policy:
        return Allowed(target[1].storage_policy, words)
    table = table or register.in_scope(url)
    if table and table.keys.round_table.storage_policy:
        return Allowed(table.keys.round_table.storage_policy, words)
    return Allowed(host.keys.publisher.storage_policy, words) if host else Allowed()


def restricted(captures: Iterable[Capture], register: Register) -> list[Capture]:
    """The captures, restricted where the page at their address may not be shown in full, or people decided in them."""
    ours = tuple(f"{OWN}{folder}/" for folder in DECIDED)

    def is_restricted(capture: Capture) -> bool:
        if not urls.is_web(capture.url):
            return capture.url.startswith(ours)
        return is_read(capture) and _at(capture.url, None, register).policy != "full_text"

    return [replace(capture, access="restricted") if is_restricted(capture) else capture for capture in captures]


def honour(records: Records, allowed: Mapping[str, Allowed], evidence: EvidenceBook) -> None:
    """Take away what may not be shown.

    Args:
        records: rows of contributions, passages and relations are replaced.
        allowed: what `policies` gave.
        evidence: keeps the digests of what is taken away.
    """
    if not allowed:
        return
    passages: list[Passage] = []
    texts: dict[Key, str] = {}
    by_version: dict[Key, list[Passage]] = {}
    for passage in sorted(records.of(Passage), key=lambda row: row.ordinal):
        one = allowed.get(passage.contribution_id)
        if one is None:
            passages.append(passage)
        elif one.policy == "excerpt" and passage.in_text:
            by_version.setdefault((passage.contribution_id, passage.version), []).append(passage)
    for key, found in by_version.items():
        kept = _excerpt(found, allowed[key[0]].words)
        passages += kept
        texts[key] = "\n\n".join(passage.text for passage in kept)
    records.replace(Passage, passages)
    records.replace(ContributionVersion, [_shown(row, allowed, texts) for row in records.of(ContributionVersion)])
    records.replace(Contribution, [_shown(row, allowed, texts) for row in records.of(Contribution)])
    bare = {name for name, one in allowed.items() if one.policy == "metadata_only"}
    evidence.withhold(allowed.keys(), "text")
    evidence.withhold(bare, "standfirst")
    records.replace(
        Relation, [replace(row, quote=None) if row.from_id in bare else row for row in records.of(Relation)]
    )


def without_excerpts(records: Records, closed: Collection[str]) -> None:
    """Take the words out of the rejections of captures of which no words may be shown."""
    records.replace(
        Rejection, [replace(row, excerpt=None) if row.capture_id in closed else row for row in records.of(Rejection)]
    )


def _shown(row: Row, allowed: Mapping[str, Allowed], texts: dict[Key, str]) -> Row:
    one = allowed.get(row.contribution_id)
    if one is None:
        return row
    if one.policy == "metadata_only":
        return replace(row, storage_policy=one.policy, text="", standfirst=None)
    return replace(row, storage_policy=one.policy, text=texts.get((row.contribution_id, row.version), ""))


def _excerpt(passages: Iterable[Passage], words: int) -> list[Passage]:
    """The first `words` words, the last passage cut where they end."""
    left, kept = words, []
    for ordinal, passage in enumerate(passages, start=1):
        count = word_count(passage.text)
        if left <= 0:
            break
        text = passage.text if count <= left else _cut(passage.text, left)
        kept.append(replace(passage, ordinal=ordinal, text=text))
        left -= count
    return kept


def _cut(text: str, words: int) -> str:
    end, left = 0, words
    for token in re.finditer(r"\S+", text):
        count = word_count(token.group())
        if count > left:
            # Scripts without spaces: each of their signs counts.
            end = token.start() + left if left else end
            break
        end, left = token.end(), left - count
    return text[:end].rstrip() + _CUT

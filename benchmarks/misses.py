"""What is read wrongly of the saved pages, by kind, with the witnesses that were seen.

    python -m benchmarks.misses [FIELD…] [--half one|other] [--most 20]

The pages are told apart by publisher into two halves: one to look at while something is mended, the other to see
whether that holds elsewhere. Here belongs listing; the figures are printed by `reading`. Nothing of a page's text is
kept: it goes to the screen.
"""

import argparse
import collections
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.normalise import urls
from archive.reading.page import Page
from archive.reading.reader import read
from archive.reading.source import UNKNOWN
from benchmarks.corpus import Corpus

FIELDS = ("body", "authors", "published", "title", "standfirst")
HALVES = ("one", "other")
_MOST_WRONG = 0.1
"""The share of the shingles of a body that may be lost or too many before it is a miss."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that was read wrongly.

    Attributes:
        kind: what sort of mistake.
        expected, found: what people say that the page holds, and what was read.
        page: as it was read, with its statements.
    """

    field: str
    kind: str
    label: str
    expected: str
    found: str
    page: Page


def half(url: str) -> str:
    """The half that a page's publisher belongs to, by the last two parts of its host."""
    publisher = ".".join(urls.host(url).split(".")[-2:])
    return HALVES[hashlib.sha256(publisher.encode()).digest()[0] % 2]


def misses(corpus: Corpus, pages: dict[str, Page]) -> Iterator[Miss]:
    """Every field of every page that the scoring script takes for wrong."""
    for gold in corpus.gold:
        page = pages.get(gold["id"])
        if page is None:
            continue
        told = page.as_dict()
        for field in FIELDS:
            kind = _KINDS[field](corpus.scoring, gold, told)
            if kind:
                expected, found = gold.get(field), told[field]
                yield Miss(field, kind, gold["id"], _short(expected), _short(found), page)


def _short(value: Any) -> str:  # noqa: ANN401 - labels hold texts, lists and nothing
    text = "; ".join(value) if isinstance(value, list) else str(value or "-")
    return " ".join(text.split())[:300]


def _body(scoring: Any, gold: dict[str, Any], told: dict[str, Any]) -> str | None:  # noqa: ANN401 - a loaded script
    if not gold.get("body"):
        return None
    _, surplus, lost = scoring.body_counts(gold["body"], told["body"], gold.get("optional_body"))
    if max(surplus, lost) <= _MOST_WRONG:
        return None
    if not told["body"]:
        return "no text at all"
    return "boilerplate" if surplus > lost else "text lost"


def _authors(scoring: Any, gold: dict[str, Any], told: dict[str, Any]) -> str | None:  # noqa: ANN401
    if gold.get("authors") is None:
        return None
    expected, found = scoring.name_set(gold["authors"]), scoring.name_set(told["authors"])
    if expected == found:
        return None
    if not expected:
        return "somebody named where nobody is"
    if not found:
        return "nobody found"
    return "some missed" if found < expected else "too many" if found > expected else "somebody else"


def _published(scoring: Any, gold: dict[str, Any], told: dict[str, Any]) -> str | None:  # noqa: ANN401
    if not gold.get("published"):
        return None
    (expected, expected_time), (found, found_time) = map(scoring.parse_date, (gold["published"], told["published"]))
    if found is None:
        return "no date found" if not told["published"] else "no whole day"
    if not scoring.same_day(expected, found):
        return "next day" if abs((expected.date() - found.date()).days) == 1 else "another date"
    if expected_time and expected.tzinfo and not scoring.same_instant(expected, found, found_time):
        return "time or zone lost"
    return None


def _title(scoring: Any, gold: dict[str, Any], told: dict[str, Any]) -> str | None:  # noqa: ANN401
    expected, found = scoring.squash(gold.get("title")), scoring.squash(told["title"])
    if not expected or expected == found:
        return None
    if not found:
        return "no title found"
    return "too long" if expected in found else "too short" if found in expected else "another title"


def _standfirst(scoring: Any, gold: dict[str, Any], told: dict[str, Any]) -> str | None:  # noqa: ANN401
    expected, found = gold.get("standfirst"), told["standfirst"]
    if not expected or scoring.prf([scoring.body_counts(expected, found)])[2] >= 0.75:
        return None
    if not found:
        return "no standfirst found"
    one, other = scoring.squash(expected), scoring.squash(found)
    return "too long" if one in other else "cut" if other in one else "another text"


_KINDS = dict(zip(FIELDS, (_body, _authors, _published, _title, _standfirst), strict=True))


def main() -> int:
    """List the misses; 2 where the pages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fields", nargs="*", help="only these fields")
    parser.add_argument("--half", choices=HALVES, help="only the pages of one half of the publishers")
    parser.add_argument("--most", type=int, default=20, help="misses of each kind that are shown")
    wanted = parser.parse_args()
    corpus = Corpus.found()
    if corpus is None:
        sys.stderr.write("the saved pages are not there (../shared/pages): nothing to list\n")
        return 2
    pages = {
        name: read(content, url, UNKNOWN) for name, content, url in corpus.pages() if wanted.half in {None, half(url)}
    }
    kinds: dict[tuple[str, str], list[Miss]] = collections.defaultdict(list)
    for miss in misses(corpus, pages):
        kinds[miss.field, miss.kind].append(miss)
    for (field, kind), found in sorted(kinds.items(), key=lambda item: (FIELDS.index(item[0][0]), -len(item[1]))):
        if not wanted.fields or field in wanted.fields:
            _print(field, kind, found, wanted.most)
    return 0


def _print(field: str, kind: str, found: list[Miss], most: int) -> None:
    lines = [f"\n{field}: {kind} ({len(found)} pages)"]
    for miss in found[:most]:
        lines += [f"  {miss.label}  {miss.page.url}", f"    expected {miss.expected}", f"    read     {miss.found}"]
        for claim in miss.page.statements:
            if claim.field == field:
                mark = "*" if claim.chosen else " "
                lines.append(f"    {mark} {claim.witness:<13} {' '.join(claim.value.split())[:120]}  [{claim.locator}]")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())

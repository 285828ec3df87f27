"""How near what was read comes to what was written: four figures.

Here belongs the counting. A boundary is a whole text, with nothing missing and nothing of a neighbour; a speaker is
a text begun in the right place with the right names.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.gold.desk import Discussion, insets
from tests.gold.paper import Design


@dataclass
class Score:
    """Counts of one kind: what agrees, what was read, what was written."""

    right: int = 0
    read: int = 0
    written: int = 0

    def add(self, read: Iterable[object], written: Iterable[object]) -> int:
        """Count, and return how many of either side have no partner."""
        first, second = Counter(read), Counter(written)
        both = (first & second).total()
        self.right += both
        self.read += first.total()
        self.written += second.total()
        return first.total() + second.total() - 2 * both

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.read + self.written) if self.read + self.written else 1.0


@dataclass
class Scores:
    boundaries: Score = field(default_factory=Score)
    speakers: Score = field(default_factory=Score)
    prompts: Score = field(default_factory=Score)
    relations: Score = field(default_factory=Score)
    affiliations: Score = field(default_factory=Score)
    bios: Score = field(default_factory=Score)


def folded(names: Iterable[str]) -> tuple[str, ...]:
    """Names without their case, which a page in capitals has lost; and without the titles that it adds."""
    return tuple(name.casefold().removeprefix("dr ").removeprefix("prof. ") for name in names)


def opening(text: str) -> str:
    return text[:40]


def count(scores: Scores, page: Any, d: Discussion, design: Design) -> dict[str, int]:
    """Add one page to the figures; what went wrong on it, by kind."""
    answers = [item for item in page.contributions if item.role == "response"]
    asked = [None if item.prompt is None else page.prompts[item.prompt].text for item in answers]
    written = [(question, a) for question, answers in d.rounds for a in answers]
    wrong = {
        "boundaries": scores.boundaries.add((item.text for item in answers), (a.text for _, a in written)),
        "speakers": scores.speakers.add(
            ((folded(item.authors), opening(item.text)) for item in answers),
            ((folded(a.names), opening(a.text)) for _, a in written),
        ),
        "prompts": scores.prompts.add(
            ((prompt, opening(item.text)) for item, prompt in zip(answers, asked, strict=True)),
            ((question, opening(a.text)) for question, a in written),
        ),
    }
    planted = insets(d) if design.insets else ()
    wrong["relations"] = scores.relations.add(
        ((link.type, link.to_url or folded((link.to,)), link.quote) for link in page.relations),
        (
            ("follows_up", one.url, one.text)
            if one.url
            else ("comments_on", folded((d.answers[one.answer].name,)), one.text)
            for one in planted
        ),
    )
    wrong["relations"] += scores.relations.add(
        ((folded(item.authors), item.text) for item in page.contributions if item.role == "comment"),
        ((folded((one.name,)), one.text) for one in planted if one.name),
    )
    if design.affiliation:
        wrong["affiliations"] = scores.affiliations.add(
            ((folded(item.authors), item.affiliation) for item in answers),
            ((folded(a.names), a.affiliation) for _, a in written),
        )
    if design.bio:
        wrong["bios"] = scores.bios.add(
            ((folded(item.authors), item.bio) for item in answers), ((folded(a.names), a.bio) for _, a in written)
        )
    return {kind: n for kind, n in wrong.items() if n}

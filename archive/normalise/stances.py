"""Stances: what a printed vote says, on which scale.

Here belongs reading one printed value. Both are kept: the words as printed, and the value that they mean. Not here:
where on a page a vote stands.
"""

import re
from dataclasses import dataclass

from archive.model.contributions import StanceScale as Scale

_VALUES: dict[str, tuple[Scale, str]] = {
    **dict.fromkeys(("yes", "y", "ja", "oui", "sí", "for", "in favour", "in favor", "pro"), ("yes_no", "yes")),
    **dict.fromkeys(("no", "n", "nein", "non", "against", "opposed", "contra"), ("yes_no", "no")),
    **dict.fromkeys(("yes and no", "maybe", "it depends", "undecided", "neither"), ("yes_no", "undecided")),
    "strongly agree": ("agreement", "strongly_agree"),
    "agree": ("agreement", "agree"),
    **dict.fromkeys(("uncertain", "neutral", "neither agree nor disagree"), ("agreement", "uncertain")),
    "disagree": ("agreement", "disagree"),
    "strongly disagree": ("agreement", "strongly_disagree"),
    "no opinion": ("agreement", "no_opinion"),
}
_NO_RESPONSE = frozenset(
    ("did not answer", "did not vote", "no answer", "no response", "did not respond", "declined to answer", "abstained")
)
_SHORT = frozenset(("y", "n", "for", "pro", "non", "neutral"))
"""Values that are also words or initials: a vote only where the line says that it is one."""
_LABELLED = re.compile(r"^(?:vote|answer|stance|position|verdict|view)\s*[:–—-]\s*(.+)$", re.IGNORECASE)
_CONFIDENCE = re.compile(r"^(?:confidence)\s*[:–—-]?\s*(\d{1,3})(?:\s*(?:/|out of|of)\s*\d+)?$", re.IGNORECASE)
_WITH_CONFIDENCE = re.compile(r"[\s,;(]{1,3}(?:confidence[:\s]{0,3})?(\d{1,2})\)?$", re.IGNORECASE)
_BEHIND = re.compile(r"\(([^()]{1,30})\)$|[–—|:] ?([^()–—|:]{1,30})$")


@dataclass(frozen=True, slots=True)
class Stance:
    """A printed vote.

    Attributes:
        raw: the words, as printed.
        value: what they mean, such as `strongly_agree`; None for somebody who did not answer.
        scale: the scale that the value stands on; None for somebody who did not answer.
        confidence: how sure somebody is, as a number on the publisher's scale; None where none is printed.
    """

    raw: str
    value: str | None
    scale: Scale | None
    confidence: int | None = None

    @property
    def is_response(self) -> bool:
        """False for somebody who did not answer."""
        return self.value is not None


def parse(printed: str, *, is_labelled: bool = False) -> Stance | None:
    """The stance that the whole of a line prints (`YES`, `Vote: Agree`, `Agree, 7`, `Did Not Answer`); else None.

    Args:
        printed: the line.
        is_labelled: True where something else says that it is a vote, such as the head of a column.
    """
    line = " ".join(printed.split()).strip(" .")
    if found := _LABELLED.match(line):
        return parse(found[1], is_labelled=True)
    bare = line.lower().strip("()[]'\"“”")
    if bare in _NO_RESPONSE:
        return Stance(line, None, None)
    if bare in _VALUES and (is_labelled or bare not in _SHORT or (line.isupper() and len(bare) > 1)):
        scale, value = _VALUES[bare]
        return Stance(line, value, scale)
    if found := _WITH_CONFIDENCE.search(line):
        without = parse(line[: found.start()], is_labelled=is_labelled)
        if without and without.scale == "agreement":
            return Stance(without.raw, without.value, without.scale, int(found[1]))
    return None


def behind(printed: str) -> tuple[str, Stance] | None:
    """What stands before a vote at the end of a line, and the vote (`Anna Lind (YES)`, `Harvard – Agree`)."""
    line = " ".join(printed.split())
    found = _BEHIND.search(line)
    stance = parse(found[1] or found[2]) if found else None
    return (line[: found.start()].rstrip(), stance) if found and stance else None


def confidence(printed: str) -> int | None:
    """The number that a line `Confidence: 7` prints."""
    found = _CONFIDENCE.match(" ".join(printed.split()))
    return int(found[1]) if found else None

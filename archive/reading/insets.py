"""Boxes inside an answer: follow-up questions, and what other respondents say to it.

    FOLLOWUP: What would a harbour cost?        ADA LINDQVIST: "That is not so."

Here belongs recognising the label of a box, and what the box makes: a relation, a comment, or a rejection. Not here:
the answers around it (`segments`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from archive.codes import Code
from archive.normalise import names
from archive.normalise.text import word_count
from archive.reading import openings
from archive.reading.page import Block, Fault, PageContribution, PageRelation

_LONGEST_SHOUT = 8
_FOLLOWUP_LABELS = frozenset(("followup", "follow-up", "follow up"))
FOLLOWUP, STRANGE = "followup", "?"


class Insets:
    """Tells what labels announce.

    Args:
        labels: the labels that a source has for its kinds of inset.
        speaker: the listed respondent whose name a label spells.
    """

    def __init__(self, labels: Mapping[str, str], speaker: Callable[[str], str | None]) -> None:
        self._labels = {**dict.fromkeys(_FOLLOWUP_LABELS, FOLLOWUP), **labels}
        self._speaker = speaker

    def kind(self, block: Block) -> str | None:
        """What a label of its own announces: `FOLLOWUP`, the name of a listed commentator, or `STRANGE`."""
        text = block.text.strip().rstrip(":")
        if len(text) > openings.LONGEST_NAME or block.kind == "image":
            return None
        if known := self._labels.get(text.lower()):
            return known
        if block.kind == "caption":
            return None
        shouted = text.isupper() and sum(map(str.isalpha, text)) > 2
        if not (shouted or block.kind in {"heading", "label"} or block.level or block.strong):
            return None
        strange = (shouted and word_count(text) <= _LONGEST_SHOUT) or openings.names_people(text)
        return self._speaker(text) or (STRANGE if strange else None)

    def run_in(self, block: Block, text: str) -> str | None:
        """The same of words that run into it, as in "FOLLOWUP: …"."""
        if known := self._labels.get(text.lower()):
            return known
        if not (block.lead or text.isupper() or block.region == "inset" or block.text[len(text) :][:1] == ":"):
            return None
        if not block.lead and text.lower() == text.upper():
            # Without capitals any words can look like a name.
            return None
        if names.looks_like_name(text) or (text.isupper() and names.looks_like_name(text.title())):
            return self._speaker(text) or STRANGE
        return None

    def signed(self, block: Block) -> str | None:
        """The respondent who is named below a quotation."""
        if len(block.text) > openings.LONGEST_NAME:
            return None
        name = openings.signature(block)
        return self._speaker(openings.name_of(name)) if name else None


def can_hold(block: Block) -> bool:
    """Whether a block can be what stands under the label of an inset."""
    return block.kind in {"paragraph", "quotation", "list_item", "pull_quote"} or (
        block.kind == "boilerplate" and block.region in {"inset", "aside"}
    )


def followup(words: Block, section: int) -> PageRelation:
    """The question that an inset leads to."""
    link = words.links[0] if words.links else None
    to, url = (link.text, link.url) if link else (words.text, None)
    return PageRelation("follows_up", to, url, words.text, "inset", words.locator, section)


def comment(name: str, label: Block, words: Block, section: int) -> PageContribution:
    """What somebody says to the answer `section`."""
    said = replace(words, kind="paragraph", in_text=True)
    return PageContribution(label.text, (name,), "comment", (said,), locator=label.locator, comments_on=section)


def strange(label: Block, words: Block) -> Fault:
    """An inset of which nobody knows who says it."""
    reason = "the label of an inset that is neither a listed respondent nor a kind of inset"
    return Fault(Code.UNKNOWN_SPEAKER, label.locator, f"{label.text}: {words.text}"[:200], reason)

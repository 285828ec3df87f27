"""Where on a page somebody is named as a speaker, whatever the page marks it with.

    heading · bold line · name that runs into the text · signature below · alternative text · tab · cell

Here belongs finding these places, and choosing the form that the answers of this page have. Not here: whom a label
names (`voices`), and what stands between the places (`segments`).

A place is of a form; places of one form are alike. Of all forms of a page that one is the speakers' whose places name
most often somebody, each somebody else, with something said at each.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from archive.normalise import names
from archive.normalise.dates import is_date_line
from archive.reading import openings
from archive.reading.openings import key
from archive.reading.page import Block
from archive.reading.voices import LONGEST, STANCE, Voice, bare, describes, is_name, voice

Mode = Literal["line", "lead", "colon", "bio", "note", "picture"]
"""How a name stands in a block: alone, emphasised, before a mark, or in a sentence on whose it is (`bio`, and `note`
where nothing sets the name off)."""

_RUNNING = 60
_LONGEST_LEAD = 140
_CAPITALS = r"(?:[^\W\d_a-z]|['’-]){2,30}"
_SHOUTED = re.compile(
    rf"((?:(?:Mr|Mrs|Ms|Dr|The|Sen|Rep|Senator|Lord|Lady)\.?\s)?{_CAPITALS}(?:\s{_CAPITALS}){{0,3}})\.\s(?=\W?[^\W\d_a-z])"
)
"""A name in capitals before a full stop, as the records of parliaments have it: "Mr. LINDQVIST. Nothing was …"."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"“”’')\]»]?$")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?]\s")
_INDEX = re.compile(r"\[\d+\]")
_INLINE = frozenset(
    "a b strong em i u span font small big cite code time abbr mark sup sub label o:p button br".split()
)
_COLON = re.compile(r"([^\n:：]{2,240}?)\s?(?:[:：]\s|：)")
_DASH = re.compile(r"([^\n:—–]{2,80}?)\s(?:[—–]|-{1,2})\s")
_SIGNS = re.compile(r"[—–-]{1,2}\s?(?=\w)")
_IS = re.compile(
    r"(?:,[^.]{2,120},)?\s(?:is|was|are|were|works|teaches|writes|leads|runs|directs|serves|has|holds|joined"
    r"|ist|war|sind|arbeitet|lehrt|leitet|est|sont|dirige|enseigne|es|son|è|sono|é|são)\s",
)
_PORTRAIT = re.compile(
    r"^(?:an? )?(?:photo(?:graph)?|portrait|picture|image|headshot|profile(?: picture)?|foto|bild|retrato|porträt)"
    r"(?:\s(?:of|de|von|d[oae])|:)?\s+|(?<!\s)\s*(?:[(,:–-]\s*)?(?:photo(?:graph)?|portrait|headshot|foto|bild|retrato|porträt)\)?$"
    r"|[.,]\s*(?:photo(?:graph)?|picture|image|credit|illustration|foto)\s?(?:by|:).*$",
    re.IGNORECASE | re.DOTALL,
)
_TEXT = frozenset(("paragraph", "list_item", "quotation"))
PICTURED = frozenset(("image", "caption"))
_LONGEST_UNHEARD = 60
_MOST_WORDS, _LONGEST_NUMBER = 4, 2
_LONGEST_NAME = 60
Run = tuple[Mode, str, Voice | None, str]
Hear = Callable[[str], Voice | None]
"""Whom a label names, by itself or by what the page says elsewhere."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where somebody is named.

    Attributes:
        index: of the block.
        voice: whom it names; None where it is of the form of the others and names nobody.
        label: the words of the label.
        rest: what the block says behind the label; empty where the label is all of it.
        is_bio: whether the rest is nothing but who that is.
    """

    index: int
    voice: Voice | None
    label: str
    rest: str = ""
    is_bio: bool = False


class Form(NamedTuple):
    """What places have in common: how the name stands there, and in what."""

    mode: Mode
    kind: str
    level: int
    strong: bool
    region: str
    tags: str


def tags(locator: str) -> str:
    """The elements that hold a block, without their numbers and without those that are part of a line."""
    if locator[:1] != "/":
        return ""
    around, _, last = locator.rpartition("/")
    tag = last.partition("[")[0]
    # Blocks beside each other are held by the same elements.
    return tags(around) if tag in _INLINE else f"{_path(around)}/{tag}"


@lru_cache(maxsize=256)
def _path(locator: str) -> str:
    return _INDEX.sub("", locator)


def runs(block: Block) -> bool:
    """Whether a block is something that is said, and no name, title or label."""
    text = block.text
    if not block.in_text or block.kind == "heading":
        return False
    if _SENTENCE_END.search(text):
        return True
    # An item may say at some length who somebody is.
    is_item = block.kind == "list_item" and len(text) <= _LONGEST_LEAD and voice(text) is not None
    return len(text) > _RUNNING and not is_item


def is_bio(block: Block) -> bool:
    """Whether a block that begins with a name says in a sentence who that is."""
    text = block.text
    ends = (block.lead, *block.seams, *(found.start() for found in _IS.finditer(text, 0, LONGEST)))
    return bool(_SENTENCE_END.search(text)) and any(
        (_IS.match(text[place:]) or text[place:].lstrip()[:1] in {"-", "–", "—"})
        and openings.names_people(text[:place].strip())
        for place in ends
        if place
    )


def find(flow: Sequence[Block], run_in: "RunIn") -> dict[Form, list[Sighting]]:
    """All places of a page by their form; a line or a label that runs into the text may name nobody."""
    found: dict[Form, list[Sighting]] = {}

    def add(mode: Mode, block: Block, place: Sighting) -> None:
        found.setdefault(form(mode, block), []).append(place)

    for index, block in enumerate(flow):
        if not is_placed(block):
            continue
        if block.kind in PICTURED:
            if (seen := in_picture(block)) is not None:
                add("picture", block, Sighting(index, seen, _shown(block)))
        elif is_line(block):
            add("line", block, Sighting(index, on_line(block, run_in.hear), block.text))
        elif (run := run_in.of(block)) is not None:
            mode, label, seen, rest = run
            add(mode, block, Sighting(index, seen, label, rest, is_bio=mode in {"bio", "note"}))
    return {form: _halved(flow, places) if form.mode == "line" else places for form, places in found.items()}


def form(mode: Mode, block: Block) -> Form:
    """The form of a place in a block."""
    # What was read as the byline of the page may be the first label.
    region = "body" if block.region == "head" else block.region
    kind = "paragraph" if block.kind == "label" else block.kind
    return Form(mode, kind, block.level, block.strong, region, tags(block.locator))


def is_placed(block: Block) -> bool:
    """Whether somebody may be named in a block at all."""
    if not block.text or block.region != "aside" or block.level > 0 or block.strong:
        return bool(block.text)
    # Of a box on an author the line that is the name may be a label.
    return block.kind not in PICTURED and len(block.text) <= _RUNNING and openings.names_people(block.text)


def in_picture(block: Block) -> Voice | None:
    """Whom the words of a picture name."""
    shown = _shown(block)
    return voice(shown) if len(shown) <= LONGEST else None


def _shown(block: Block) -> str:
    shown = _PORTRAIT.sub("", block.text)
    return shown.strip() if block.kind == "caption" else shown


def is_line(block: Block) -> bool:
    """Whether a block is a line that may be a label."""
    text = block.text
    if len(text) > LONGEST:
        return False
    if block.level or block.kind in {"heading", "label"}:
        return True
    if block.strong or len(text) <= _RUNNING:
        return not _SENTENCE_END.search(text) or _is_label(text, strong=block.strong)
    return not _SENTENCE_END.search(text) and (
        text[0] in "—–-" or block.kind != "paragraph" or text.count("\n") == 1 or len(text) <= _LONGEST_LEAD
    )


def on_line(block: Block, hear: Hear) -> Voice | None:
    """Whom a line names; where an element inside it ends, the rest may say who that is."""
    text = block.text
    for seam in block.seams[:4] if "\n" not in text else ():
        name, rest = text[:seam].strip(), text[seam:].strip()
        # When it was said, an account, or the number of a note.
        tells = rest[:1] == "@" or is_date_line(rest) or (rest.isdigit() and len(rest) <= _LONGEST_NUMBER)
        if STANCE.fullmatch(rest) and openings.names_people(name) and (seen := voice(name)) is not None:
            return replace(seen, stance=rest)
        is_named = openings.names_people(name) or ((tells or describes(rest)) and is_name(name))
        if (tells or rest[:1].isalnum()) and is_named and (seen := voice(name)) is not None:
            # That is nobody's affiliation.
            return seen if tells or seen.affiliation else replace(seen, affiliation=bare(rest) or None)
    return hear(text)


def _halved(flow: Sequence[Block], places: list[Sighting]) -> list[Sighting]:
    """The lines of one form; where most are a name and an element beside it, the others are that too."""
    seamed = [place for place in places if flow[place.index].seams and "\n" not in place.label]
    told = sum(_is_half(flow[place.index], place.voice) for place in seamed)
    if not told or told * 2 < len(seamed):
        return places
    return [_half(flow[place.index], place) if place in seamed else place for place in places]


def _is_half(block: Block, seen: Voice | None) -> bool:
    """Whether a line names somebody in front of its first seam, and says behind it who that is."""
    return (
        seen is not None
        and bool(seen.affiliation)
        and any(key(block.text[:seam]) == key(seen.name) for seam in block.seams)
    )


def _half(block: Block, place: Sighting) -> Sighting:
    if _is_half(block, place.voice):
        return place
    name, rest = block.text[: block.seams[0]].strip(), bare(block.text[block.seams[0] :])
    seen = voice(name) if is_name(name) else None
    if seen is None or not rest or is_date_line(rest):
        return place
    return replace(place, voice=replace(seen, affiliation=seen.affiliation or rest))


def _is_label(text: str, *, strong: bool) -> bool:
    """Whether words that end like a sentence are a name none the less: "Jonah Whitcombe Jr.", or a name and a post."""
    if text[-1] != "." or (text.count(" ") > _MOST_WORDS and not strong):
        return False
    seen = voice(text)
    if seen is None or seen.title is not None:
        return False
    return seen.affiliation is None or (strong and openings.names_people(seen.name) and len(text) <= _LONGEST_LEAD)


class RunIn:
    """Labels that run into what is said, of the blocks of one page."""

    def __init__(self, hear: Hear) -> None:
        self.hear = hear
        self._seen: dict[int, Run | None] = {}

    def of(self, block: Block) -> Run | None:
        """How a label runs into a block, the label, whom it names, and what is said."""
        if id(block) not in self._seen:
            self._seen[id(block)] = self._of(block)
        return self._seen[id(block)]

    def _of(self, block: Block) -> Run | None:
        if block.kind not in _TEXT or not block.in_text:
            return None
        emphasised = self._emphasised(block) if 0 < block.lead <= LONGEST else None
        run = emphasised or self._on_a_line(block.text) or self._before_a_mark(block.text)
        return run or _note(block) or _unheard(block)

    def _emphasised(self, block: Block) -> Run | None:
        """A name that is set off by emphasis, and what stands behind it on its line or before a colon."""
        text = block.text
        label, rest = text[: block.lead].strip(), text[block.lead :]
        colon = _COLON.match(text)
        if colon and block.lead < colon.end() <= LONGEST and rest.lstrip()[:1] in {",", "(", "[", "–", "—", "|"}:
            # The name alone is emphasised, and who that is stands between it and the colon.
            between = colon[1][block.lead :]
            is_said = _SENTENCE.search(between) or (rest.lstrip()[:1] in "–—" and not describes(between))
            longer = None if is_said else self.hear(colon[1])
            if longer:
                return "lead", colon[1], longer, text[colon.end() :].lstrip()
        seen = self.hear(label)
        if seen is None:
            return None
        if _IS.match(" " + rest.lstrip(" –—-")) or (rest[:1] == "," and _IS.search(rest[:200]) and "\n" not in rest):
            return "bio", label, seen, text
        line, broken, below = rest.lstrip(" \n").partition("\n")
        if broken and below and len(line) <= _LONGEST_LEAD and not _SENTENCE_END.search(line):
            # Name and post on one line or two, and the text on the next.
            whole = f"{label}{rest[: len(rest) - len(below)]}".strip()
            return "lead", whole, self.hear(whole) or seen, below
        behind = rest.lstrip(" \n,;:：|·•–—-.")
        return ("lead", label, seen, behind) if behind else None

    def _on_a_line(self, text: str) -> Run | None:
        """A name that is the first line of several."""
        first, _, below = text.partition("\n")
        if not below or len(first) > LONGEST or _SENTENCE_END.search(first):
            return None
        seen = self.hear(first)
        return ("colon", first, seen, below) if seen else None

    def _before_a_mark(self, text: str) -> Run | None:
        """A name before a colon or a dash."""
        for mark, longest, signs in ((_COLON, LONGEST, ":："), (_DASH, _LONGEST_LEAD, "—–-")):
            found = mark.match(text, 0, longest) if any(sign in text[:longest] for sign in signs) else None
            if found and mark is _COLON and (dash := _DASH.match(found[1])) and not describes(found[1][dash.end() :]):
                # The colon is part of what is said behind the dash.
                continue
            seen = self.hear(found[1]) if found and text[found.end() :].strip() else None
            if found and seen and (seen.title is None if mark is _COLON else seen.affiliation is None):
                return "colon", found[1], seen, text[found.end() :].strip()
        shouted = _SHOUTED.match(text, 0, LONGEST)
        seen = self.hear(shouted[1]) if shouted else None
        return ("colon", shouted[1], seen, text[shouted.end() :].strip()) if shouted and seen else None


def _note(block: Block) -> Run | None:
    """A sentence that says of somebody who that is; behind a dash it signs what stands above."""
    dash = _SIGNS.match(block.text)
    text = block.text[dash.end() :] if dash else block.text
    if block.lead or not text or text[0].islower() or not names.may_begin_with_name(text):
        return None
    found = _IS.search(text, 0, LONGEST)
    name = text[: found.start()] if found else ""
    if not name or len(name) > _LONGEST_NAME or not openings.names_people(name):
        return None
    return ("bio" if dash else "note", name, seen, text) if (seen := voice(name)) else None


def _unheard(block: Block) -> Run | None:
    """A label before a colon that names nobody who is known: it may be of the form of the others."""
    beginning = block.text[:_LONGEST_UNHEARD]
    colon = _COLON.match(beginning) if ":" in beginning or "：" in beginning else None
    if not colon or not block.text[colon.end() :].strip():
        return None
    mode: Mode = "lead" if colon.end(1) <= block.lead <= colon.end() else "colon"
    return mode, colon[1].strip(), None, block.text[colon.end() :].strip()

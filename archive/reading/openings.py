"""Where somebody begins to speak, when no heading says so: the same blocks, with each opening as a block of its own.

    **Ada Lindqvist:** Nothing was …  →  Ada Lindqvist | Nothing was …

Here belongs cutting and moving blocks: names that run into the text, names below a quotation, names of pictures, lines
of a list in one paragraph, parts that a text copy glued. Not here: whether an opening is believed (`line_up`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from archive.normalise import name_words, names, persons
from archive.normalise.text import fold
from archive.reading.page import Block

LONGEST_NAME = 140
EDGES = " \t\n,;:|·•–—-."
_NUMBER = re.compile(r"^\(?\d{1,2}[.):]?\s+")
_HEAD = re.compile(r"([^\n:：—–]{2,140}?)(?: ?:\s| ?：\s?|\s[—–-]{1,2}\s|\n)")
_MARK = re.compile(r"[\n:：—–-]")
_GLUED = re.compile(
    # What most letters are not is asked first.
    r"(?=[A-ZÀ-ÞŠŽ])(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bde)(?<!\bLa)(?<!\bLe)(?<!\bDi)(?<!\bVan)"
)
_ATTRIBUTION = re.compile(r"[—–-]{1,2}\s*(?=\w)")
_PORTRAIT = re.compile(
    r"^(?:(?:a )?(?:photo(?:graph)?|portrait|picture|image|headshot|foto|bild|retrato|porträt)"
    r"(?:\s(?:of|de|von|d[oae]))?[\s:]{1,3})|\s{0,3}[(,:]?\s{0,3}(?:photo(?:graph)?|portrait|headshot|foto|bild|retrato|porträt)\)?$",
    re.IGNORECASE,
)
_FEWEST, _RUNNING = 2, 40
_TAIL = re.compile(r"(?<=[.!?…”\"’')])\s[—–]{1,2}\s?(?=[^\W\d_])")
_LAST_WORDS = re.compile(r"(?<=[^\W\d_]{2}[.!?…])[”\"’']?\s(?=[^\W\d_][^.!?…:;]{3,59}$)")
_BEGIN_TIME = frozenset("[(0123456789Q")
_TIME = re.compile(r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?\s*[-–—|]?|Q\d{1,4}\.?)\s+(?=[^\W\d_])")
"""When something was said, or the number that a record gives to what is asked."""
_LONGEST_GLUED = 6_000
_MOST_GLUED = 80
_LONGEST_ORGANISATION = 7
_TEXT = frozenset(("paragraph", "list_item", "quotation"))


@lru_cache(maxsize=2_048)
def name_of(item: str) -> str:
    """The name in a list item: what stands before the first bracket, comma, dash or break."""
    return re.split(r"\s*[(\[\n|–—]|[,،]\s|\s-\s|:\s|:$", _NUMBER.sub("", item), maxsplit=1)[0].strip()


@lru_cache(maxsize=2_048)
def names_somebody(text: str) -> bool:
    """Whether a heading or an item names people or an organisation, and says nothing else of them but who they are."""
    short = name_of(text)
    if not short or len(short) > LONGEST_NAME or short[-1] in "?!":
        return False
    if not names.may_name_anybody(short):
        return False
    byline = names.parse_byline(short)
    return byline.has_author and not byline.rest


@lru_cache(maxsize=2_048)
def names_people(text: str) -> bool:
    """Whether a heading or an item names people, and no organisation that sounds like some."""
    short = name_of(text)
    if short[:4].lower() == "prof" and " " in (bare := persons.strip_titles(short)[0]):
        # Written out, the title is the word for a post.
        short = bare
    return names.looks_like_name(short) and names.classify(short) not in {"institution", "collective"}


@lru_cache(maxsize=2_048)
def is_speaker(text: str) -> bool:
    """Whether a heading or an item can be nothing but the name of people or of an organisation."""
    short = name_of(text)
    if names_people(text):
        return True
    words = short.split()
    return (
        1 < len(words) <= _LONGEST_ORGANISATION
        and sum(word[0].isupper() for word in words) * 5 >= len(words) * 3
        and not short.isupper()
        and names.classify(short) in {"institution", "collective"}
    )


def tokens(text: str) -> tuple[str, ...]:
    """What makes two spellings of a name one: its words, folded, without a number in front."""
    return tuple(re.findall(r"\w+", fold(_NUMBER.sub("", text))))


@lru_cache(maxsize=2_048)
def key(text: str) -> tuple[str, ...]:
    """The words of a name without titles before it."""
    found = tokens(text)
    start = 0
    while start < len(found) - 1 and found[start] in name_words.HONORIFICS:
        start += 1
    return found[start:]


def head(block: Block) -> tuple[str, str] | None:
    """What stands before the colon, dash, break or end of emphasis near the beginning, and the rest."""
    if 0 < block.lead <= LONGEST_NAME:
        found = block.text[: block.lead].strip(EDGES)
        rest = block.text[block.lead :].lstrip(EDGES)
        if found and rest:
            return found, rest
    match = _HEAD.match(block.text) if _MARK.search(block.text, 0, LONGEST_NAME + 4) else None
    return (match[1].strip(EDGES), block.text[match.end() :]) if match and block.text[match.end() :].strip() else None


def as_they_are(flow: Sequence[Block]) -> list[Block]:
    """The blocks; but a paragraph of several lines that all name somebody is a list.

    A name that alone is emphasised, above a post that sounds like a name, is none.
    """
    found: list[Block] = []
    for block in map(_without_time, flow):
        lines = block.text.split("\n") if block.kind in _TEXT and "\n" in block.text else []
        is_headed = bool(lines) and len(lines[0]) <= block.lead <= len(lines[0]) + 1
        if len(lines) > 1 and not is_headed and all(len(line) <= LONGEST_NAME for line in lines):
            named = sum(names_people(line) for line in lines)
            if named > 1 and named * 3 >= len(lines) * 2:
                found += [replace(block, kind="list_item", text=line, lead=0, links=()) for line in lines]
                continue
        if listed := _listed_in_a_line(block):
            found += listed
            continue
        may_lead = block.in_text and block.kind in _TEXT and _MODERATOR.match(block.text.lstrip(EDGES))
        parts = head(block) if may_lead else None
        if parts and is_moderator(parts[0]):
            found += [_opening(block, parts[0]), replace(block, text=parts[1], lead=0)]
            continue
        found.append(block)
    return _signed_apart(found)


def _signed_apart(flow: list[Block]) -> list[Block]:
    """Names at the end of paragraphs, as lines of their own: "… and that is all. —Ada Lindqvist"."""
    tails = {place: tail for place, block in enumerate(flow) if (tail := _tail(block))}
    if len({key(name_of(flow[place].text[tail.end() :])) for place, tail in tails.items()}) < _FEWEST:
        return flow
    found: list[Block] = []
    for place, block in enumerate(flow):
        if place not in tails:
            found.append(block)
            continue
        tail = tails[place]
        found.append(replace(block, text=block.text[: tail.start()].rstrip(), seams=()))
        found.append(
            replace(block, kind="paragraph", text=block.text[tail.start() :].strip(), lead=0, seams=(), links=())
        )
    return found


def _tail(block: Block) -> re.Match[str] | None:
    """Where the name begins that ends a paragraph behind a dash, or behind the end of a sentence."""
    start = max(0, len(block.text) - LONGEST_NAME)
    if block.kind not in _TEXT or not block.in_text:
        return None
    if block.text[-1:].isalpha() and len(block.text) > _RUNNING:
        last = _LAST_WORDS.search(block.text, start)
        if last and names_people(block.text[last.end() :]):
            return last
    if not any(dash in block.text[start:] for dash in "—–"):
        return None
    found = list(_TAIL.finditer(block.text, start))[-1:]
    return found[0] if found and names_people(block.text[found[0].end() :]) else None


def _without_time(block: Block) -> Block:
    """A block without the time or the number in front of it, which nobody says."""
    time = _TIME.match(block.text) if block.text[:1] in _BEGIN_TIME and block.kind in _TEXT else None
    if not time or time.end() == len(block.text):
        return block
    label = next((seam for seam in block.seams if seam > time.end()), 0)
    if not block.lead and ":" in block.text[label - 1 : label + 1]:
        # The label behind is an element of its own.
        return replace(block, text=block.text[time.end() :], lead=label - time.end(), seams=())
    return replace(block, text=block.text[time.end() :], lead=max(0, block.lead - time.end()), seams=())


def _listed_in_a_line(block: Block) -> list[Block]:
    """The items of a list that is one line: "Taking part: Ada Lindqvist (Marle); Émile Roux (Quay Watch)."."""
    text = block.text
    if ";" not in text or block.kind not in _TEXT or len(text) > _LONGEST_GLUED:
        return []
    before, colon, items = text.partition(":")
    if not colon or ";" in before or len(before) > LONGEST_NAME:
        before, items = "", text
    lines = [line.strip(" .\n") for line in items.split(";")]
    lines = [re.sub(r"^(?:and|und|et|y|e)\s", "", line) for line in lines if line]
    if len(lines) < 2 or any(len(line) > LONGEST_NAME for line in lines):
        return []
    if sum(map(names_somebody, lines)) * 3 < len(lines) * 2 or not any(map(names_people, lines)):
        return []
    heading = [replace(block, kind="label", text=before.strip(), lead=0, links=(), in_text=False)] if before else []
    return heading + [replace(block, kind="list_item", text=line, lead=0, strong=False, links=()) for line in lines]


def cut(flow: Sequence[Block]) -> list[Block]:
    """A name that runs into the text is cut off from it."""
    found: list[Block] = []
    above: list[str] = []
    listed: set[tuple[str, ...]] = set()

    def is_listed(name: str) -> bool:
        # Only where a name may run into the text are the lines above looked at.
        for line in above:
            listed.update((key(name_of(line)), key(name_of(_GLUED.sub(", ", line)))))
        above.clear()
        return key(name) in listed

    for block in flow:
        parts = (head(block) or _glued(block)) if block.in_text and block.kind in _TEXT else None
        if 0 < len(block.text) <= LONGEST_NAME:
            above.append(block.text)
        if parts and len(parts[1].split()) > 1 and (is_listed(parts[0]) or names_somebody(parts[0])):
            found.append(_opening(block, parts[0]))
            found += [replace(block, text=line, lead=0, strong=False) for line in _lines(parts[1])]
        else:
            found.append(block)
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _glued(block: Block) -> tuple[str, str] | None:
    for seam in _GLUED.finditer(block.text, 0, LONGEST_NAME):
        if len(block.text) - seam.start() < LONGEST_NAME // 4:
            return None
        if is_speaker(block.text[: seam.start()]):
            return block.text[: seam.start()].strip(), block.text[seam.start() :].strip()
    return None


def is_glued(text: str) -> bool:
    """Whether a name has lost what parted it from the words beside it: "Ada LindqvistUniversity of Marle"."""
    return any(
        # In capitals nothing is parted by a small letter before a great one: "JOSÉ MARÍA DE LA FUENTE".
        text[seam.start() - 1].islower()
        and " " in text[seam.start() :]
        and is_speaker(text[: seam.start()])
        and text[: seam.start()].count(" ")
        for seam in _GLUED.finditer(text)
    )


def _opening(block: Block, text: str) -> Block:
    return replace(block, kind="paragraph", text=text, lead=0, level=0, strong=True, in_text=True, links=(), src=None)


def attributed(flow: Sequence[Block]) -> list[Block]:
    """A name below a quotation, behind a dash or as its footer, is put above it."""
    found: list[Block] = []
    start = 0
    for block in flow:
        name = signature(block) if len(found) > start and found[-1].kind == "quotation" else ""
        if name and names_somebody(name):
            place = len(found)
            while place > start and found[place - 1].kind == "quotation":
                place -= 1
            found.insert(place, _opening(block, name))
            start = len(found)
        else:
            found.append(replace(block, kind="quotation") if block.kind == "pull_quote" else block)
    return found


def signature(block: Block) -> str:
    """What is printed below a quotation behind a dash, as its footer or as a caption; empty for any other block."""
    dash = _ATTRIBUTION.match(block.text)
    if not dash and block.kind != "caption" and block.region != "footer":
        return ""
    return block.text[dash.end() :] if dash else block.text


def pictured(flow: Sequence[Block]) -> list[Block]:
    """The name that is a picture's alternative text is a block like others."""
    found: list[Block] = []
    for block in flow:
        if block.kind == "image" and 0 < len(block.text) <= LONGEST_NAME:
            shown = _PORTRAIT.sub("", block.text).strip()
            if names_somebody(shown):
                found.append(_opening(block, shown))
                continue
        found.append(block)
    return found


def unglued(flow: Sequence[Block]) -> list[Block]:
    """A line into which several names of openings below were glued is cut before each of them."""
    heads = [
        block.text
        for block in flow
        if block.in_text and block.strong and len(block.text) <= LONGEST_NAME and names_somebody(block.text)
    ][:_MOST_GLUED]
    found: list[Block] = []
    for block in flow:
        text = block.text
        if len(heads) > 1 and len(text) <= _LONGEST_GLUED:
            starts = {
                place: name for name in sorted(heads, key=len) if name != text and (place := text.find(name)) >= 0
            }
            places = sorted(starts)
            if len(places) > 1 and places[0] == 0:
                ends = [*places[1:], len(text)]
                pieces = (
                    f"{starts[start]}, {text[start + len(starts[start]) : end].strip(EDGES)}"
                    for start, end in zip(places, ends, strict=True)
                )
                found += [replace(block, kind="list_item", text=piece, strong=False) for piece in pieces]
                heads = []
                continue
        found.append(block)
    return found


Recast = Callable[[Sequence[Block]], list[Block]]
RECASTS: tuple[Recast, ...] = (cut, attributed, unglued, pictured)
"""How openings are made blocks of their own, in the order in which they are tried: the later ones change more."""

_MODERATOR = re.compile(
    r"(?:the )?(?:moderator(?:in|a)?|moderación|moderation|modérat(?:eur|rice)|host|chair(?:man|woman|person)?"
    r"|interviewer(?:in)?|editors?|redaktion|la rédaction|la redacción|a redação|question|frage|pregunta|pergunta|q"
    r"|animat(?:eur|rice)|moderatore|moderatrice|moderador[ae]?|prowadząc[ya]|ведущ(?:ий|ая)|модератор"
    r"|主持人?|主持者|司会者?|司儀|사회자?|진행자?)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[?(?:editors?['’]?s?['’]? note|ed\.|anm\. d\. red\.|ndlr|n\. ?de la r\.)\s*:", re.IGNORECASE)


def is_moderator(text: str) -> bool:
    """Whether a label stands for those who lead the discussion."""
    return bool(_MODERATOR.fullmatch(text.strip(EDGES)))


def is_note(text: str) -> bool:
    """Whether a block is a note of the editors inside somebody's words."""
    return bool(_NOTE.match(text))

"""Plain text → Draft: the parts of a bare text copy, told by their order and form.

Here belongs what a text without markup still shows: lines, blank lines, a date line, a byline above it. Not here:
boilerplate and segments, which are told on blocks whatever they came from (`labels`, `segments`).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from archive.normalise.dates import is_date_line
from archive.normalise.names import looks_like_name
from archive.reading.draft import Draft
from archive.reading.page import Block, Statement
from archive.reading.source import Source

_HEAD_LINES = 16
"""A date line further down belongs to something else than the whole page."""
_SENTENCE_END = re.compile(r"[.!…:][\"”’')\]]?$")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_EMPHASISED = re.compile(r"([*_])([^*_\s](?:[^*_]{0,298}[^*_\s])?)\1")
_STRONG = re.compile(r"(?:\*\*|__)([^*_]{2,300})(?:\*\*|__)")
_LONGEST_TITLE = 200
_LONGEST_HEADING = 140


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int
    paragraph: int

    @property
    def locator(self) -> str:
        return f"line {self.number}"


def draft(text: str, source: Source) -> Draft:
    """Read a text copy as far as its lines go."""
    lines = _lines(text)
    made = Draft("text", "text")
    head, body = _split(lines)
    claims, rest = _head(head, source)
    made.statements = claims
    made.blocks = [_block(line) for line in rest + body]
    return made


def _block(line: _Line) -> Block:
    """A line; signs that stand for headings and emphasis, as Markdown has them, are taken for what they mean."""
    heading = _HEADING.match(line.text)
    if heading:
        return Block("heading", heading[2].strip("# "), line.locator, level=len(heading[1]))
    strong = _STRONG.match(line.text)
    if strong:
        rest = line.text[strong.end() :]
        return Block("paragraph", strong[1] + rest, line.locator, strong=not rest, lead=len(strong[1]) if rest else 0)
    if whole := _EMPHASISED.fullmatch(line.text):
        return Block("paragraph", whole[2], line.locator, strong=_stands_out(whole[2]))
    return Block("paragraph", line.text, line.locator, strong=_stands_out(line.text))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    paragraph = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line:
            found.append(_Line(line, number, paragraph))
        else:
            paragraph += 1
    return _unwrapped(found) if _is_wrapped(found) else found


def _is_wrapped(lines: list[_Line]) -> bool:
    """True for a text broken into lines of a fixed width: no long line, and several paragraphs of full lines."""
    if not lines or max(len(line.text) for line in lines) > 110:
        return False
    inner = [a for a, b in pairwise(lines) if a.paragraph == b.paragraph and len(a.text) > 50]
    return len(inner) >= 5 and len(inner) * 2 > len(lines)


def _unwrapped(lines: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    width = max(len(line.text) for line in lines)
    full = False
    for line in lines:
        if full and joined[-1].paragraph == line.paragraph:
            joined[-1] = _Line(f"{joined[-1].text} {line.text}", joined[-1].number, line.paragraph)
        else:
            joined.append(line)
        full = len(line.text) > width * 0.6
    return joined


def _split(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines down to the date line, and those below; without one the head ends before the first long line."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if len(line.text) < 100 and is_date_line(line.text):
            return lines[: index + 1], lines[index + 1 :]
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _is_running_text(line.text):
            return lines[:index], lines[index:]
    return lines[:_HEAD_LINES], lines[_HEAD_LINES:]


def _head(lines: list[_Line], source: Source) -> tuple[list[Statement], list[_Line]]:
    """Claims about kicker, title, standfirst, byline and date; and the lines that are none of these."""
    left = list(lines)
    claims: list[Statement] = []
    if left and is_date_line(left[-1].text):
        date = left.pop()
        claims.append(Statement("published", date.text, "visible", date.locator))
        if len(left) > 1 and _is_byline(left[-1], left, source):
            byline = left.pop()
            claims.append(Statement("authors", byline.text, "byline", byline.locator))
    if len(left) > 1 and _is_kicker(left[0].text, left[1].text, source):
        kicker = left.pop(0)
        claims.append(Statement("kicker", kicker.text, "visible", kicker.locator))
    if left and not _is_running_text(left[0].text):
        title = left.pop(0)
        claims.append(Statement("title", title.text.strip("#* "), "visible", title.locator))
    standfirst = [line for line in left if _is_running_text(line.text)]
    if standfirst and claims and claims[-1].field == "title" and any(item.field == "published" for item in claims):
        first = standfirst[0]
        claims.append(Statement("standfirst", first.text, "visible", first.locator))
        left.remove(first)
    return claims, left


def _stands_out(line: str) -> bool:
    """A short line that is no sentence: without markup, the only sign of a heading or a label."""
    return len(line) <= _LONGEST_HEADING and not re.search(r"[.!?…:;,][\"”’')\]]?$", line)


def _is_byline(line: _Line, lines: list[_Line], source: Source) -> bool:
    if line.text in source.names or re.match(r"(?i)(?:written )?by\s", line.text):
        return True
    # Directly above the date, in a paragraph of its own or with it, a short line of names is the byline.
    return (
        len(line.text) < 160 and not _SENTENCE_END.search(line.text) and looks_like_name(line.text) and len(lines) > 1
    )


def _is_kicker(first: str, second: str, source: Source) -> bool:
    if first in source.kickers:
        return True
    return (
        len(first) < 60
        and first[0] != "#"
        and not re.search(r"[?.!]$", first)
        and 0 < len(second) <= _LONGEST_TITLE
        and (not _is_running_text(second) and not looks_like_name(second))
    )


def _is_running_text(line: str) -> bool:
    """A line that reads as sentences rather than as a heading, a name or a label."""
    return len(line) > _LONGEST_TITLE or (len(line) > 60 and bool(_SENTENCE_END.search(line)))

"""White space in words taken out of markup: what means nothing is folded, a line break that is printed stays.

Here belongs that alone; text as such is made comparable in `normalise.text`.
"""

import re

_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def unbroken(text: str) -> str:
    """The text with the line breaks and tabs of its source as spaces."""
    if "\n" in text or "\t" in text or "\r" in text or "\f" in text or "\v" in text:
        return _SPACE.sub(" ", text)
    return text


def fold(text: str) -> str:
    """White space made single and trimmed on every line; a line break in the text stays one."""
    if "\n" not in text:
        return _line(text)
    return "\n".join(line for line in map(_line, text.split("\n")) if line)


def _line(text: str) -> str:
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    if "  " in text or "\t" in text or "\r" in text or "\f" in text or "\v" in text:
        text = _SPACE.sub(" ", text)
    return text.strip()

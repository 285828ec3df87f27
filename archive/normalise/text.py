"""Text as such: whitespace, accents, slugs, words.

Here belong the few ways in which any piece of text is made comparable, whatever it means. What a text means (a
name, a date, a language) is for the modules beside this one.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = {ord(mark): None for mark in "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"}
# Letters that no decomposition turns into a base letter with a mark; and the typographic twins of ' and -.
_TWINS = {
    **dict(zip("łøđħıŋŧ", "lodhint", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    **dict.fromkeys("’‘ʼ`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_TWIN = re.compile(f"[{''.join(_TWINS)}]")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]+")
_LONGEST_WORD = 40
"""Characters up to which what was folded is kept: words and names come again and again."""
_NO_LETTERS = re.compile(r"[\W_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_CHUNK = re.compile(r"[^\s–—…]+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def squeeze(text: str) -> str:
    """The text on one line, composed (NFC): single spaces, none at the ends, no invisible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(text.split())


def fold(text: str) -> str:
    """The text without case, accents, vowel points and typographic variants: for comparing, never for showing.

    Spaces and punctuation stay, except that apostrophes and dashes become ' and -. The length may change.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return _fold_word(text) if len(text) <= _LONGEST_WORD else _fold(text)


def _fold(text: str) -> str:
    # Twice, because a compatibility form can decompose into a capital letter.
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _TWIN.sub(_untwinned, _MARKS.sub("", marked)))


def _untwinned(found: re.Match[str]) -> str:
    return _TWINS[found[0]]


_fold_word = lru_cache(maxsize=8_192)(_fold)


def words(*lines: str) -> frozenset[str]:
    """The folded words of some lines, as tables of words are written."""
    return frozenset(fold(word) for line in lines for word in line.split())


def phrases(*lines: str) -> frozenset[str]:
    """The folded phrases of some lines, which stand between commas."""
    return frozenset(fold(phrase.strip()) for line in lines for phrase in line.split(",") if phrase.strip())


def key(text: str) -> str:
    """What is left of the folded text when only letters, their vowel signs and digits count."""
    return _NO_LETTERS.sub(_vowel_signs, fold(text))


def _vowel_signs(found: re.Match[str]) -> str:
    run = found[0]
    return "" if run.isascii() else "".join(mark for mark in run if unicodedata.category(mark)[0] == "M")


def slug(text: str, limit: int = 60) -> str:
    """The text as lower-case ASCII words joined by hyphens, at most `limit` characters, cut between words.

    A word longer than the limit is cut inside. Text of a script that has no ASCII form becomes the code points of
    its letters (`u677e-u5ca1`), so that the slug is empty only where the text holds no letter and no digit.
    """
    folded = fold(text).replace("'", "")
    whole = _NOT_SLUG.sub("-", unicodedata.normalize("NFKD", folded)).strip("-")
    if not whole:
        whole = "-".join(f"u{ord(mark):x}" for mark in folded if mark.isalnum())
    if len(whole) <= limit:
        return whole
    head = whole[:limit]
    return head if whole[limit] == "-" or "-" not in head else head.rpartition("-")[0]


def word_count(text: str) -> int:
    """How many words the text has: what stands between spaces or dashes and holds a letter or a digit.

    Chinese and Japanese put no spaces between words: there, as usual, every character counts as one.
    """
    if text.isascii():
        return sum(1 for chunk in text.split() if any(map(str.isalnum, chunk)))
    count = 0
    for chunk in _CHUNK.findall(text):
        rest, ideographs = _IDEOGRAPH.subn(" ", chunk)
        count += ideographs + sum(1 for part in rest.split() if any(map(str.isalnum, part)))
    return count

"""BM25 as it stands in the textbooks, in plain Python: what the SQL is held against.

Robertson and Zaragoza (2009), with k1 = 1.2, b = 0.75 and the idf that never falls below nought.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import Stemmer

STEMMERS = {"en": "english", "de": "german", "fr": "french"}


def words(text: str) -> list[str]:
    """The words of a text in a script with spaces, without case and accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain)


def terms(text: str, language: str | None) -> list[tuple[str | None, str]]:
    """The stems of a text, each with its language: what is counted."""
    if language not in STEMMERS:
        return [(language, word) for word in words(text)]
    return [(language, stem) for stem in Stemmer.Stemmer(STEMMERS[language]).stemWords(words(text))]


def scores(query: str, texts: Mapping[str, tuple[str, str | None]]) -> dict[str, float]:
    """Name → score of every text, given with its language, that has any word of the query."""
    counted = {name: Counter(terms(*text)) for name, text in texts.items()}
    average = sum(sum(one.values()) for one in counted.values()) / len(counted)
    languages = {language for _, language in texts.values()}
    wanted = {term for language in languages for term in terms(query, language)}
    found: dict[str, float] = {}
    for term in wanted:
        having = sum(term in one for one in counted.values())
        idf = math.log(1 + (len(counted) - having + 0.5) / (having + 0.5))
        for name, one in counted.items():
            if term in one:
                saturation = one[term] + 1.2 * (0.25 + 0.75 * sum(one.values()) / average)
                found[name] = found.get(name, 0.0) + idf * one[term] * 2.2 / saturation
    return found


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain: 1 where no order of the texts could be better."""

    def gain(order: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(order[:depth]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(name, 0) for name in ranked]) / best

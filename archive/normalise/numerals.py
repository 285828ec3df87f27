"""Numbers as words: which number 'two', 'second', 'II' or '2' is.

Here belong the small numbers that publishers print to count rounds and instalments. Not here: dates.
"""

import re

_WORDS = (
    ("one", "first", "eins", "erste", "uno", "primera", "une", "première"),
    ("two", "second", "zwei", "zweite", "dos", "segunda", "deux", "deuxième"),
    ("three", "third", "drei", "dritte", "tres", "tercera", "trois", "troisième"),
    ("four", "fourth", "vier", "vierte", "cuatro", "cuarta", "quatre", "quatrième"),
    ("five", "fifth", "fünf", "fünfte", "cinco", "quinta", "cinq", "cinquième"),
    ("six", "sixth", "sechs", "sechste", "seis", "sexta", "sixième"),
    ("seven", "seventh", "sieben", "siebte", "siete", "séptima", "sept", "septième"),
    ("eight", "eighth", "acht", "achte", "ocho", "octava", "huit", "huitième"),
    ("nine", "ninth", "neun", "neunte", "nueve", "novena", "neuf", "neuvième"),
    ("ten", "tenth", "zehn", "zehnte", "diez", "décima", "dix", "dixième"),
)
_NUMBERS = {word: number for number, words in enumerate(_WORDS, start=1) for word in words}
_ROMAN = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)}


def ordinal_number(word: str) -> int | None:
    """The number that a word, a Roman numeral or digits stand for; None for any other word.

    Counting begins with 1: nobody prints a round 0.
    """
    word = word.lower()
    if digits := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?", word):
        return int(digits[1]) or None
    return _NUMBERS.get(word) or _ROMAN.get(word)

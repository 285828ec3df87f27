"""What languages are called: in English, and by those who speak them.

Here belong the names that pages print on language switchers and in notes about a translation. Not here: tags and
detection (`languages`).
"""

import re

_NAMES = {
    "ar": "arabic العربية عربي",
    "bn": "bengali বাংলা",
    "de": "german deutsch deutschen allemand alemán tedesco",
    "el": "greek ελληνικά",
    "en": "english englisch englischen anglais inglés inglês inglese",
    "es": "spanish español castellano spanisch spanischen espagnol espanhol",
    "fa": "persian farsi فارسی",
    "fi": "finnish suomi",
    "fr": "french français französisch französischen francés francese",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी हिंदी",
    "hu": "hungarian magyar",
    "id": "indonesian indonesia",
    "it": "italian italiano italienisch italienischen italien",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "ms": "malay melayu",
    "nl": "dutch nederlands",
    "pl": "polish polski",
    "pt": "portuguese português portugiesisch portugués portugais",
    "ro": "romanian română",
    "ru": "russian русский",
    "sv": "swedish svenska",
    "sw": "swahili kiswahili",
    "tr": "turkish türkçe",
    "uk": "ukrainian українська",
    "ur": "urdu اردو",
    "vi": "vietnamese",
    "zh": "chinese mandarin 中文 简体中文 繁體中文",
}
_BY_NAME = {name: tag for tag, names in _NAMES.items() for name in names.split()} | {"tiếng việt": "vi"}
_FIRST_WORDS = frozenset(name.partition(" ")[0] for name in _BY_NAME)
_WORD = re.compile(r"\w+")
PATTERN = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True))
"""Any of the names, as a regular expression to be used without regard to case."""


def language_of(name: str) -> str | None:
    """The tag of the language that a name or a switcher's label means (`Español`, `In Spanish`); else None."""
    words = name.strip(" .:()[]/|→»").lower()
    for before in ("in ", "auf ", "en ", "em ", "in het ", "read in ", "version ", "versión en "):
        words = words.removeprefix(before)
    return _BY_NAME.get(words)


def names_language(lowered: str) -> bool:
    """A glance at a text in small letters: False where no language is named in it."""
    return not _FIRST_WORDS.isdisjoint(_WORD.findall(lowered))

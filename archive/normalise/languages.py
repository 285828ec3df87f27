"""Languages: tags made uniform, whether words are in a language, and a guess from the words.

Here belongs BCP 47 spelling and detection. Not here: which of several statements about a page's language wins.
"""

import re
from functools import cache
from typing import Any

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?$")
_SAMPLE = 1_500
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST, _LEAST_SHARE = 4, 8
_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "ar": "في من على أن إلى التي عن مع هذا هذه",
        "bn": "এবং এই করে থেকে জন্য তার না হয় করা একটি",
        "de": "der die das und den dem nicht ist mit sich auf ein eine auch für von im",
        "el": "και το του της να την με που για από οι στην",
        "en": "the and of to in that is was for with on as it his her",
        "es": "el los las del que una por con para como más su al",
        "fi": "ja on ei että oli se hän mutta myös ovat kun",
        "fr": "les des du une dans que pour qui pas est sur au la et le",
        "hi": "के में की है और से को का पर यह",
        "hu": "a az és hogy nem is egy van volt meg",
        "id": "yang dan di untuk dengan dari ini itu dalam pada",
        "it": "di che il della per una non con sono gli del nel dei",
        "nl": "de het een van en dat niet voor met zijn op te",
        "pl": "nie się na jest że do to jak przez są oraz",
        "pt": "não uma dos das com que para por como mais os ao da do em",
        "ro": "și în nu că pe cu din este care pentru",
        "ru": "и не на что как по это из от он но его",
        "sv": "och att det som är inte för på med den till ett",
        "tr": "ve bir bu için ile da de olarak olan daha çok",
        "uk": "і не на що та це як до від він його за",
        "vi": "và của là các có được cho trong không với",
    }.items()
}
"""Words of which running text is full, for languages whose nearest relatives have others."""
MIN_LETTERS = 80
"""Fewer letters than this are too few to tell related languages apart."""


def tag(printed: str | None) -> str | None:
    """A language tag in BCP 47 spelling (`en-GB`); None for what is no tag."""
    found = _TAG.fullmatch((printed or "").strip())
    if not found:
        return None
    language, script, region = found.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)


def speaks(text: str, language: str) -> bool:
    """Whether a text is full of words of a language; False also where its words are not known here.

    Args:
        text: running text.
        language: the first part of a tag.
    """
    common = _COMMON.get(language)
    if common is None:
        return False
    words = _WORD.findall(text[:_SAMPLE].lower())
    hits = [word for word in words if word in common]
    return len(hits) * _LEAST_SHARE >= len(words) and len(set(hits)) >= _FEWEST


def detect(text: str) -> str | None:
    """The language of a text by its letters; None where there are too few of them."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library publishes no types
    # Loading the model takes a good second, so it waits for the first text that needs it.
    import py3langid  # noqa: PLC0415

    return py3langid

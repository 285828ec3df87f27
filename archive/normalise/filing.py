"""Where a name with a particle is filed, by the usage of a language.

    von Mises, Ludwig  →  German: Mises, Ludwig von
    de Courcy Wheeler, Anna  →  English: as it stands

Here belongs what cataloguers agreed on for names with particles (AACR2 22.5D, RDA appendix F): which of them stay in
front of the family name and which go behind the given names, in the language that somebody writes in. `persons` files
every such name under its particle, as English does, since a name alone does not tell whose it is. Not here: deciding
where somebody is filed, which a person does (`authority`).
"""

from archive.normalise.text import fold

_NO_COUNTRY = ""
_BEHIND: dict[str, tuple[frozenset[str], frozenset[str], str]] = {
    "de": (frozenset(("von", "zu", "der", "den", "dem", "und")), frozenset(("vom", "zum", "zur", "am")), _NO_COUNTRY),
    "fr": (frozenset(("de", "d")), frozenset(("le", "la", "les", "du", "des", "l")), _NO_COUNTRY),
    "es": (frozenset(("de", "del", "la", "las", "los")), frozenset(), _NO_COUNTRY),
    "pt": (frozenset(("de", "da", "das", "do", "dos")), frozenset(), _NO_COUNTRY),
    "nl": (
        frozenset(("van", "de", "den", "der", "het", "'t", "t", "te", "ten", "ter", "tot", "von", "zu", "la")),
        frozenset(("ver",)),
        "the Netherlands; in Belgium under the particle",
    ),
    "sv": (frozenset(("af", "von", "van")), frozenset(), _NO_COUNTRY),
    "da": (frozenset(("af", "von", "van")), frozenset(), _NO_COUNTRY),
    "no": (frozenset(("af", "von", "van")), frozenset(), _NO_COUNTRY),
}
"""Language → particles that go behind the given names, those that stay where they are, and where alone that holds."""


def filed_elsewhere(given: str, family: str, language: str) -> tuple[str, str] | None:
    """Where usage of a language files a name that is not where its particle files it.

    Args:
        given: given names.
        family: the family name with its particles.
        language: the language that somebody writes in, as a BCP 47 tag.

    Returns:
        The form for sorting, and where alone it holds (empty: wherever the language is spoken); None where the name
        stays under its first word, has no particle, or has one that the language does not know.
    """
    behind, stays, where = _BEHIND.get(language.partition("-")[0].lower(), (frozenset(), frozenset(), _NO_COUNTRY))
    words = family.split()
    moved = 0
    while moved < len(words) - 1 and words[moved].islower() and fold(words[moved]) in behind:
        moved += 1
    # An article, alone or with a preposition in it, stays with the name.
    if moved == 0 or (words[moved].islower() and fold(words[moved]) not in stays):
        return None
    return f"{' '.join(words[moved:])}, {given} {' '.join(words[:moved])}", where

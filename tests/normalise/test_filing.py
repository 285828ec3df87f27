"""Names with particles are filed as the usage of the language in which somebody writes files them."""

import pytest

from archive.normalise.filing import filed_elsewhere
from archive.normalise.persons import parse_person


@pytest.mark.parametrize(
    ("name", "language", "filed"),
    [
        ("Anna de Courcy Wheeler", "en", None),
        ("Wietske van der Houtkamp", "en-GB", None),
        ("Ludwig von Mises", "de", "Mises, Ludwig von"),
        ("Otto von der Aue", "de-AT", "Aue, Otto von der"),
        ("Karl vom Felde", "de", None),
        ("Simone de Beauvoir", "fr", "Beauvoir, Simone de"),
        ("Jean de la Fontaine", "fr", "la Fontaine, Jean de"),
        ("Claire du Bois", "fr", None),
        ("Pilar de los Ríos", "es", "Ríos, Pilar de los"),
        ("João dos Santos", "pt-BR", "Santos, João dos"),
        ("Annelies van der Meer", "nl", "Meer, Annelies van der"),
        ("Carl von Linné", "sv", "Linné, Carl von"),
        ("Jens de Lange", "da", None),
        ("Gabriele di Stefano", "it", None),
        # A particle of another language than that of the text is not moved by this one's usage.
        ("Ludwig von Mises", "fr", None),
        ("Jane Doe", "de", None),
    ],
)
def test_a_particle_goes_where_the_language_puts_it(name, language, filed):
    parsed = parse_person(name)
    found = filed_elsewhere(parsed.given, parsed.family, language)
    assert (found and found[0]) == filed


def test_what_holds_in_one_country_only_says_so():
    assert filed_elsewhere("Annelies", "van der Meer", "nl")[1]
    assert not filed_elsewhere("Ludwig", "von Mises", "de")[1]

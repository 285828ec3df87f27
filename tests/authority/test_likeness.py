"""Names that can be one person's, and the forms of an organisation's name. What cannot be is never even proposed."""

import pytest

from archive.authority.likeness import family_key, organisation_forms, same_person_perhaps
from archive.normalise.persons import parse_person


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Luis C.deBaca", "LUIS C.DEBACA", "spelt alike"),
        ("Luis C.deBaca", "Ambassador Luis C. deBaca (retired)", "spelt alike"),
        ("Sebastian Köhn", "Sebastian Kohn", "spelt alike"),
        ("Han Dongfang", "Dongfang Han", "but for their order"),
        ("Anne T. Gallagher", "Anne Gallagher", "no other given name contradicts"),
        ("A. T. Gallagher", "Anne Gallagher", "an initial agrees"),
        ("A.T. Gallagher", "Anne Thérèse Gallagher", "an initial agrees"),
        ("Anna de Courcy Wheeler", "A. de Courcy Wheeler", "an initial agrees"),
        ("Fred Hof", "Frederic C. Hof", "begins like the other"),
        ("J.-P. Martin", "Jean-Paul Martin", "an initial agrees"),
    ],
)
def test_names_that_can_be_one_persons(one, other, words):
    first, second = parse_person(one), parse_person(other)
    for left, right in ((first, second), (second, first)):
        assert words in (same_person_perhaps(left, right) or "")
    assert words in {"spelt alike", "but for their order"} or family_key(first) == family_key(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne Gallagher", "Anna Gallagher"),
        ("Anne T. Gallagher", "Anne M. Gallagher"),
        ("Anne Gallagher", "B. Gallagher"),
        ("Fred Hof", "Fritz C. Hof"),
        ("Shawna Bader-Blau", "Shawna Bader"),
        ("Ada Lind", "Ada"),
        ("Paul Jean Martin", "Jean Paul Martine"),
    ],
)
def test_names_that_cannot(one, other):
    assert same_person_perhaps(parse_person(one), parse_person(other)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Focus on Labour Exploitation (FLEX)", "FLEX"),
        ("Focus on Labour Exploitation (FLEX)", "Focus on Labour Exploitation"),
        ("The Freedom Fund", "Freedom Fund"),
        ("Solidarity Center", "SOLIDARITY CENTER"),
        ("Chair in Economics, University of Wexmouth", "University of Wexmouth"),
        ("La Strada International", "Strada International"),
    ],
)
def test_forms_of_one_organisation_s_name(one, other):
    first, second = organisation_forms(one), organisation_forms(other)
    assert first.names & second.names or first.letters & second.letters


def test_initials_stand_beside_letters_only():
    whole, letters = organisation_forms("International Trade Union Confederation"), organisation_forms("ITUC")
    assert whole.initials & letters.letters == {"ituc"}
    assert not organisation_forms("Ford Foundation").initials


@pytest.mark.parametrize(("one", "other"), [("Ford Foundation", "Ford Fund"), ("London", "Director, London")])
def test_organisations_that_share_no_form(one, other):
    first, second = organisation_forms(one), organisation_forms(other)
    assert not (first.names & second.names) | (first.letters & second.letters)

"""What is proposed, with what speaks for it and against it; and what is not proposed at all."""

import pytest

from archive.authority.bodies import of_organisations, wordings
from archive.authority.profiles import Profile, Voice
from archive.authority.proposals import Proposal, of_people, rank
from archive.normalise.identifiers import parse
from archive.normalise.persons import parse_person

A, B = "stairs/people/ada-lind", "roofs/people/ada-lind"
ORCID, OTHER = parse("orcid:0000-0002-1825-0097"), parse("orcid:0000-0001-5109-3700")


def person(entity: str, name: str = "Ada Lind", *voices: Voice, reviewed: bool = False, **printed: str) -> Profile:
    made = Profile(entity, parse_person(name), reviewed)
    made.voices = list(voices) or [voice(entity)]
    return made


def voice(entity: str, contribution: str = "1", **more: object) -> Voice:
    scope = entity.partition("/")[0]
    values = {"name": "Ada Lind", "scope": scope, "contribution": f"{scope}/{contribution}", "year": 2020} | more
    return Voice(entity, **values)


def proposed(*profiles: Profile, apart: frozenset = frozenset()) -> list[Proposal]:
    return rank(of_people(list(profiles), apart))


def test_a_name_alone_is_told_as_such():
    (one,) = proposed(person(A), person(B))
    assert (one.kind, set(one.members), one.pro, one.on_name_alone) == ("same", {A, B}, (), True)
    assert one.alike == "the names are spelt alike"


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ({"affiliations": ("Lift Society",)}, {"affiliations": ("LIFT SOCIETY",)}, "both belong to ‘"),
        ({"affiliations": ("Lift Society",)}, {"bio": "Ada Lind chairs the Lift Society."}, "names ‘Lift Society’"),
        ({"page": "https://a.example/ada"}, {"page": "https://a.example/ada"}, "both names lead to https://a.example"),
        (
            {"bio": "Ada Lind repairs funiculars in Sallowmere and paints harbours."},
            {"bio": "Painter of harbours; repairs the funiculars of Sallowmere. Paints."},
            "their notes share",
        ),
        (
            {"role": "convenor", "series": "long-table", "contribution": None},
            {"role": "convenor", "series": "long-table", "contribution": None},
            "both are convenor in the series long-table",
        ),
    ],
)  # fmt: skip
def test_what_speaks_for_it_is_said(mine, theirs, words):
    (one,) = proposed(person(A, "Ada Lind", voice(A, **mine)), person(B, "Ada Lind", voice(B, **theirs)))
    assert not one.on_name_alone
    assert words in " / ".join(one.pro)


def test_whoever_signs_with_both_speaks_for_it():
    bo = [person(f"{table}/people/bo-ek", "Bo Ek", voice(f"{table}/people/bo-ek")) for table in ("stairs", "roofs")]
    found = proposed(person(A), person(B), *bo)
    assert {one.pro for one in found} == {("Bo Ek is beside both",), ("Ada Lind is beside both",)}


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ({"affiliations": ("Lift Society",)}, {"affiliations": ("Roof Guild",)}, "in 2020 they belong to different"),
        ({"year": 1931}, {"year": 2020}, "89 years lie between them"),
    ],
)
def test_what_speaks_against_it_is_said(mine, theirs, words):
    (one,) = proposed(person(A, "Ada Lind", voice(A, **mine)), person(B, "Ada Lind", voice(B, **theirs)))
    assert words in " / ".join(one.contra)


def test_printed_identifiers_join_and_part():
    one, other = person(A), person(B, "Ada Lind-Moore")
    one.identifiers[ORCID] = other.identifiers[ORCID] = "the byline"
    same = next(found for found in proposed(one, other) if found.kind == "same")
    assert (same.alike, same.pro) == ("the names differ", (f"{ORCID} is printed beside both",))
    another = person(B)
    another.identifiers[OTHER] = "the byline"
    parted = next(found for found in proposed(one, another) if found.kind == "same")
    (against,) = parted.contra
    assert {str(ORCID), str(OTHER)} <= set(against.replace(",", " ").split())


def test_an_identifier_is_proposed_until_somebody_decides():
    one = person(A)
    one.identifiers[ORCID] = "json-ld of https://a.example"
    (found,) = proposed(one)
    assert (found.kind, found.members, found.detail) == ("identifier", (A,), str(ORCID))
    one.identifiers[ORCID] = ""
    assert proposed(one) == []


@pytest.mark.parametrize(
    "others",
    [
        [person(A, "Ada Lind", voice(A, role="respondent", contribution=None)),
         person("stairs/people/ada-lind-2", "Ada Lind",
                Voice("stairs/people/ada-lind-2", "Ada Lind", "stairs", role="respondent"))],
        [person(A), person("stairs/people/ada-lind-2", "Ada Lind", voice("stairs/people/ada-lind-2"))],
        [person(A), person(B, "Bo Lind")],
    ],
    ids=["one line-up", "one byline", "other names"],
)  # fmt: skip
def test_what_cannot_be_is_not_proposed(others):
    assert proposed(*others) == []


def test_what_was_decided_apart_is_not_proposed_again():
    assert proposed(person(A), person(B), apart=frozenset({frozenset((A, B))})) == []


def test_the_reviewed_id_stays_and_a_proposal_keeps_its_id():
    first, second = proposed(person(A), person(B, reviewed=True)), proposed(person(B, reviewed=True), person(A))
    assert first[0].members == (B, A)
    assert first[0].id == second[0].id != proposed(person(A), person("doors/people/ada-lind"))[0].id


def test_many_namesakes_speak_against_it():
    found = proposed(*(person(f"t{n}/people/ada-lind") for n in range(4)))
    assert len(found) == 6
    assert {one.contra for one in found} == {("4 people are called so here",)}


def test_one_name_of_two_organisations_in_one_round_table_may_be_two_people():
    one = person(
        A, "Ada Lind",
        voice(A, "1", affiliations=("Lift Society",)), voice(A, "2", affiliations=("Lift Society",)),
        voice(A, "3", affiliations=("Roof Guild",)),
    )  # fmt: skip
    (found,) = proposed(one)
    assert (found.kind, found.members) == ("split", (A, "stairs/3"))
    assert found.pro == ("elsewhere the name is of ‘Lift Society’, here of ‘Roof Guild’",)
    one.reviewed = True
    assert proposed(one) == []


# --- organisations ---------------------------------------------------------------------------------------


def bodies(profiles: list[Profile], voices: list[Voice]) -> list[Proposal]:
    return rank(of_organisations(profiles, wordings(voices, frozenset()), frozenset()))


def test_one_organisation_in_three_wordings_and_one_that_answers():
    voices = [
        voice(A, affiliations=("Focus on Labour Exploitation (FLEX)",)),
        voice(B, affiliations=("FLEX",)),
        voice("doors/people/cy", affiliations=("Focus on Labour Exploitation",)),
        voice("doors/people/di", affiliations=("Roof Guild",)),
    ]
    (new,) = bodies([], voices)
    assert (new.kind, new.members, new.name) == (
        "affiliation", ("organisations/focus-on-labour-exploitation-flex",), "Focus on Labour Exploitation (FLEX)",
    )  # fmt: skip
    assert {words for _, words in new.printed} == {voice.affiliations[0] for voice in voices[:3]}
    agent = person("walls/organisations/flex", "Focus on Labour Exploitation")
    (known,) = bodies([agent], voices)
    assert (known.members, known.name) == (("walls/organisations/flex",), None)


def test_organisations_of_one_name_are_proposed_with_what_they_do():
    funders = [
        person(f"{table}/organisations/fund", name, voice(f"{table}/", role="funder", series="s", contribution=None))
        for table, name in (("stairs", "The Tallow Fund"), ("roofs", "Tallow Fund"))
    ]
    (one,) = bodies(funders, [])
    assert (one.kind, one.about, one.pro) == ("same", "organisations", ("both are funder in the series s",))


def test_a_wording_in_one_place_is_no_proposal():
    assert bodies([], [voice(A, affiliations=("Lift Society",)), voice(A, affiliations=("Lift Society",))]) == []


def test_names_are_compared_with_their_neighbours_only(monkeypatch):
    compared = []

    def counting(one, other):
        compared.append((one, other))

    monkeypatch.setattr("archive.authority.proposals.same_person_perhaps", counting)
    people = [person(f"t{n}/people/a", f"Ada{n % 50:02}x Smith") for n in range(2000)]
    assert proposed(*people) == []
    # Four kinds of blocks, eight neighbours in each; every pair would be two million.
    assert 2000 < len(compared) <= 4 * 8 * 2000


MISES = "stairs/people/ludwig-von-mises"


def filed(*languages: str, name: str = "Ludwig von Mises", **more: object) -> list[Proposal]:
    made = person(MISES, name)
    made.languages = languages
    for field, value in more.items():
        setattr(made, field, value)
    return [one for one in proposed(made) if one.kind == "name"]


def test_where_all_texts_are_in_a_language_of_another_usage_filing_is_proposed():
    (one,) = filed("de", "de-AT")
    assert (one.members, one.detail, one.name, one.contra) == ((MISES,), "Mises, Ludwig von", "Ludwig von Mises", ())
    assert "‘von Mises, Ludwig’" in one.alike
    assert not one.on_name_alone


def test_what_holds_in_one_country_only_speaks_against_it():
    (one,) = filed("nl", name="Annelies van der Meer")
    assert one.detail == "Meer, Annelies van der"
    assert "Belgium" in one.contra[0]


@pytest.mark.parametrize("languages", [(), ("en",), ("de", "en")])
def test_nobody_is_filed_elsewhere_for_a_guess(languages):
    assert filed(*languages) == []
    assert filed(*languages, name="Anna de Courcy Wheeler") == []


def test_who_was_filed_by_a_decision_is_not_proposed_again():
    assert filed("de", is_filed=True) == []

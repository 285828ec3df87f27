import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.identifiers import Identifier, of_link, parse

GOOD = {
    "orcid:0000-0002-1825-0097": ["https://orcid.org/0000-0002-1825-0097", "http://www.orcid.org/0000-0002-1825-0097/"],
    "orcid:0000-0002-1694-233X": ["https://orcid.org/0000-0002-1694-233x", "ORCID: 0000-0002-1694-233X"],
    "isni:000000012146438X": ["https://isni.org/isni/000000012146438X", "isni:0000 0001 2146 438X"],
    "viaf:113230702": ["https://viaf.org/viaf/113230702/#Adams"],
    "wikidata:Q42": ["https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42", "wikidata:q42"],
    "ror:05dxps055": ["https://ror.org/05dxps055", "ror:05DXPS055"],
    "ror:03yrm5c26": ["https://ror.org/03yrm5c26?lang=en"],
}


@pytest.mark.parametrize(
    ("plain", "form"), [(plain, form) for plain, forms in GOOD.items() for form in [plain, *forms]]
)
def test_an_identifier_is_known_in_every_form(plain, form):
    found = parse(form)
    assert str(found) == plain
    assert parse(found.url) == found == of_link(found.url)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0000-0002-1825-0097", "is no identifier such as orcid:"),
        ("https://example.org/0000-0002-1825-0097", "is no identifier such as orcid:"),
        ("doi:10.1000/182", "is no identifier such as orcid:"),
        ("orcid:0000-0002-1825", "has not the form of an identifier of orcid"),
        ("orcid:0000-0002-1825-0090", "its last digit would have to be 7"),
        ("isni:0000000121464380", "its last digit would have to be X"),
        ("orcid:٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧", "has not the form"),
        ("viaf:0", "has not the form"),
        ("wikidata:P31", "has not the form"),
        ("ror:05dxps056", "its last two digits would have to be 55"),
        ("ror:05dxlo055", "has not the form"),
        ("", "is no identifier"),
    ],
)
def test_what_can_be_none_is_refused_in_one_line(text, why):
    with pytest.raises(ValueError, match=r".") as caught:
        parse(text)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["https://orcid.org/", "https://orcid.org/0000-0002-1825-0090", "https://ror.org/about", "mailto:a@b.example"],
)
def test_a_link_that_leads_elsewhere_is_no_identifier(url):
    assert of_link(url) is None


@given(position=st.integers(0, 18), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(position, digit):
    good = "0000-0002-1825-0097"
    changed = good[:position] + digit + good[position + 1 :]
    if good[position] == "-" or changed == good:
        return
    assert of_link(f"https://orcid.org/{changed}") is None


def test_identifiers_sort_by_scheme():
    assert min(parse("viaf:113230702"), parse("isni:000000012146438X")) == Identifier("isni", "000000012146438X")

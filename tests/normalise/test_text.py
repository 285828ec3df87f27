import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.text import fold, key, slug, squeeze, word_count


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Milorad Drča", "milorad drca"),
        ("Łukasz Ørsted, Straße", "lukasz orsted, strasse"),
        ("İstanbul’ı", "istanbul'i"),
        ("août – décembre", "aout - decembre"),
        ("Ελλάδας", "ελλαδασ"),
        ("Май Ёлка", "маи елка"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁn Ｊａｎ", "fin jan"),
    ],
)
def test_folding_drops_case_accents_and_typographic_twins(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing_and_form_does_not_matter(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_a_key_keeps_letters_and_digits_only():
    assert key("Luis C.deBaca") == key("LUIS C. DEBACA") == "luiscdebaca"
    assert key("–?!") == ""


@given(st.text())
def test_squeezed_text_is_one_line_without_invisible_characters(text):
    squeezed = squeeze(f" a\u200b\u00ad{text}\n\t b ")
    assert squeezed == squeeze(squeezed)
    assert not {"\n", "\t", "  ", "\u200b", "\u00ad"} & set(squeezed)
    assert squeezed.startswith("a")
    assert squeezed.endswith("b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theresa Haas & Penelope Kyritsis", "theresa-haas-penelope-kyritsis"),
        ("Luis C.deBaca", "luis-c-debaca"),
        ("Self-Employed Women's Association", "self-employed-womens-association"),
        ("  Œuvre d’été!  ", "oeuvre-dete"),
        ("松岡", "u677e-u5ca1"),
        ("—", ""),
    ],
)
def test_a_slug_is_lower_case_ascii_words(text, expected):
    assert slug(text) == expected


def test_a_slug_is_cut_between_words_where_it_can_be():
    assert slug("one two three", 9) == "one-two"
    assert slug("one two three", 7) == "one-two"
    assert slug("one two three", 3) == "one"
    assert slug("x" * 70) == "x" * 60


@given(st.text(), st.integers(1, 80))
def test_a_slug_keeps_its_limit_its_alphabet_and_itself(text, limit):
    made = slug(text, limit)
    assert len(made) <= limit
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made, limit) == made
    assert bool(made) == any(mark.isalnum() for mark in fold(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One word—or two – don't count dashes.", 7),
        ("self-employed women's 3 % …", 3),
        ("हिन्दी में", 2),
        ("松岡大地 is four", 6),
        ("한국어 단어", 2),
    ],
)
def test_words_are_counted_in_every_script(text, count):
    assert word_count(text) == count


@given(st.text(), st.text())
def test_words_add_up_over_lines(first, second):
    assert word_count(f"{first}\n{second}") == word_count(first) + word_count(second)

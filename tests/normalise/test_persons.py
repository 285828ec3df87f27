import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.normalise import name_words
from archive.normalise.persons import (
    can_be_single_name,
    classify,
    is_all_caps,
    parse_person,
    restore_case,
    same_person_label,
)
from tests.normalise.invented import FULL


@pytest.mark.parametrize(
    ("printed", "given", "family", "sort_name"),
    [
        ("Shawna Bader-Blau", "Shawna", "Bader-Blau", "Bader-Blau, Shawna"),
        ("Bader-Blau, Shawna", "Shawna", "Bader-Blau", "Bader-Blau, Shawna"),
        ("Luis C.deBaca", "Luis", "C.deBaca", "C.deBaca, Luis"),
        ("Anne T. Gallagher", "Anne T.", "Gallagher", "Gallagher, Anne T."),
        ("Anna de Courcy Wheeler", "Anna", "de Courcy Wheeler", "de Courcy Wheeler, Anna"),
        ("Annelies van der Meer", "Annelies", "van der Meer", "van der Meer, Annelies"),
        ("ANNELIES VAN DER MEER", "ANNELIES", "VAN DER MEER", "VAN DER MEER, ANNELIES"),
        ("Robert De Niro", "Robert", "De Niro", "De Niro, Robert"),
        ("José Ortega y Gasset", "José", "Ortega y Gasset", "Ortega y Gasset, José"),
        ("Julia Witte genannt Vedder", "Julia", "Witte genannt Vedder", "Witte genannt Vedder, Julia"),
        ("Mohammed El-Kurd", "Mohammed", "El-Kurd", "El-Kurd, Mohammed"),
        ("Perry Bacon Jr.", "Perry", "Bacon", "Bacon, Perry, Jr."),
        ("Edward Said", "Edward", "Said", "Said, Edward"),
        ("大渡 美咲", "美咲", "大渡", "大渡 美咲"),
        ("Madonna", None, None, "Madonna"),
        ("松岡大地", None, None, "松岡大地"),
        ("Garment & Allied Workers' Union", None, None, "Garment & Allied Workers' Union"),
        ("Theresa Haas & Penelope Kyritsis", None, None, "Theresa Haas & Penelope Kyritsis"),
        ("Jane Doe, Political Editor", None, None, "Jane Doe, Political Editor"),
        ("", None, None, ""),
    ],
)
def test_a_name_has_its_parts_and_its_place_in_a_list(printed, given, family, sort_name):
    name = parse_person(printed)
    assert (name.given, name.family, name.sort_name) == (given, family, sort_name)


def test_a_name_with_the_family_name_first_sorts_as_it_is_written():
    name = parse_person("Han Dongfang", family_first=True)
    assert (name.family, name.given, name.sort_name, name.display) == (
        "Han",
        "Dongfang",
        "Han Dongfang",
        "Han Dongfang",
    )


@pytest.mark.parametrize(
    ("printed", "display", "honorifics", "post_nominals"),
    [
        ("Dr Prabha Kotiswaran", "Prabha Kotiswaran", ("Dr",), ()),
        ("Ambassador Luis C.deBaca (retired)", "Luis C.deBaca", ("Ambassador", "(retired)"), ()),
        ("Prof. Dr. med. Rainer Quitzow", "Rainer Quitzow", ("Prof.", "Dr.", "med."), ()),
        ("Rachael Link, MS, RD", "Rachael Link", (), ("MS", "RD")),
        ("Lauren Manaker MS, RDN, LD", "Lauren Manaker", (), ("MS", "RDN", "LD")),
        ("Grant Tinsley PhD", "Grant Tinsley", (), ("PhD",)),
        ("Sir Jane Doe OBE", "Jane Doe", ("Sir",), ("OBE",)),
        ("Judge Jane Doe", "Jane Doe", ("Judge",), ()),
        ("Judge Reinhold", "Judge Reinhold", (), ()),
        ("Dean Baker", "Dean Baker", (), ()),
        ("JACK MA", "JACK MA", (), ()),
        ("M. Night Shyamalan", "M. Night Shyamalan", (), ()),
    ],
)
def test_titles_are_kept_apart_from_the_name(printed, display, honorifics, post_nominals):
    name = parse_person(printed)
    assert (name.display, name.honorifics, name.post_nominals) == (display, honorifics, post_nominals)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(
            (name, "person")
            for name in ("Han Dongfang", "Luis C.deBaca", "Germán Bersalli", "Matt Law", "松岡大地", "J.R. Stone")
        ),
        *(
            (name, "person")
            for name in ("Dr Prabha Kotiswaran", "Mohammed bin Salman", "Johnnie To", "Fritz Haber", "d'Arcy Doe")
        ),
        *(
            (name, "collective")
            for name in ("BTS Editorial Team", "Redaktion", "Reuters Staff", "News Desk", "Equipo de redacción")
        ),
        *(
            (name, "institution")
            for name in ("Solidarity Center", "Asia Floor Wage Alliance", "Reuters", "Uniwersytet Warszawski")
        ),
        *(
            (name, "institution")
            for name in ("China Labour Bulletin", "Bundesverband WindEnergie e.V.", "The West Australian")
        ),
        *((name, "anonymous") for name in ("Anonymous", "N.N.", "admin", "Name withheld", "editor")),
        *(
            (name, "unknown")
            for name in ("Steffi", "ProDESC", "Politics", "carl_caldwell", "ReadAction", "Anna and Ben", "")
        ),
        *(
            (name, "unknown")
            for name in ("Jeff Passan ESPN", "La Rosa", "van der Meer", "New York", "x " * 100, "medellín")
        ),
    ],
)
def test_a_name_is_of_the_kind_that_its_words_say(name, kind):
    assert classify(name) == kind


@pytest.mark.parametrize(
    ("words", "are_names"),
    [
        ("孔德明 王文 欧阳小雨 趙小蘭 松岡大地 佐々木蓮 林文子 김민수 남궁민 허준", True),
        (
            "入力 关注 未知 点击量 华夏文明 相关文章 当前位置 文章列表 日本人 石川県 입력 업데이트 수정 닫기 기자 정치",
            False,
        ),
    ],
)
def test_a_name_of_han_or_hangul_begins_with_a_family_name(words, are_names):
    assert [word for word in words.split() if (classify(word) == "person") != are_names] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("山田 太郎", "person"),
        ("김 민수", "person"),
        ("さくら ももこ", "person"),
        ("政治 社会", "unknown"),
        ("고규홍 나무", "unknown"),
    ],
)
def test_a_space_parts_family_and_given_name(name, kind):
    assert classify(name) == kind


@pytest.mark.parametrize("name", ["Steffi", "Fatima", "Jean-Luc", "McKenzie", "Άννα"])
def test_a_single_word_can_be_a_name(name):
    assert can_be_single_name(name)
    assert classify(name) == "unknown"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Person",
            "ReadAction",
            "Organization",
            "Politics",
            "Opinion",
            "World",
            "admin",
            "Editor",
            "Staff",
            "Redaktion",
        ),
        *(
            "Reuters",
            "AP",
            "NASA",
            "LinkNaija",
            "steffi",
            "Steffi22",
            "carl_caldwell",
            "Senior",
            "The",
            "Van",
            "Twitter",
            "A.",
        ),
        *("Jane Doe", "Undefined", "Ed", "", "example.org", "Guest", "News"),
    ],
)
def test_accounts_sections_types_and_outlets_cannot_be_a_single_name(name):
    assert not can_be_single_name(name)


@pytest.mark.parametrize(
    "label",
    [
        "LUIS C.DEBACA",
        "Luis C. deBaca",
        "Ambassador Luis C.deBaca (retired)",
        "C.deBaca, Luis",
        "luis c.debaca:",
        "Luís C.deBaca",
    ],
)
def test_spellings_of_one_label_are_the_same(label):
    assert same_person_label(label, "Luis C.deBaca")
    assert same_person_label("Luis C.deBaca", label)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Fred Hof", "Frederic C. Hof"), ("Joel Quirk", "J. Quirk"), ("", ""), ("—", "…"), ("Jane Doe", "John Doe")],
)
def test_different_spellings_are_not_the_same_label(first, second):
    assert not same_person_label(first, second)


def test_the_order_of_a_family_name_first_name_does_not_matter_for_a_label():
    assert same_person_label("Han, Dongfang", "Han Dongfang")
    assert same_person_label("Han, Dongfang", "Dongfang Han")


def test_case_comes_back_only_from_another_witness():
    assert restore_case("LUIS C.DEBACA", ["JOEL QUIRK", "LUIS C. DEBACA", "Luis C.deBaca"]) == "Luis C.deBaca"
    assert restore_case("LUIS C.DEBACA", ["Luis Debaca", "luis c.debaca"]) == "LUIS C.DEBACA"
    assert restore_case("Joel Quirk", ["JOEL QUIRK"]) == "Joel Quirk"
    assert [is_all_caps(name) for name in ("LUIS C.DEBACA", "JR", "Luis", "松岡大地")] == [True, False, False, False]


@given(FULL, st.booleans())
def test_a_name_taken_apart_and_put_together_stays_the_same(name, family_first):
    parts = parse_person(name, family_first=family_first)
    again = parse_person(parts.display, family_first=family_first)
    assert again == parts
    filed = parse_person(parts.sort_name, family_first=family_first)
    assert (filed.given, filed.family, filed.sort_name) == (parts.given, parts.family, parts.sort_name)
    assert same_person_label(name.upper(), parts.sort_name)


def test_no_word_means_two_things():
    assert not name_words.ROLES & name_words.PARTICLES
    assert not name_words.STOP_WORDS & name_words.CAPITAL_PARTICLES
    assert not (name_words.COLLECTIVES | name_words.INSTITUTIONS) & (name_words.PARTICLES | name_words.SUFFIXES)

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.normalise import name_words
from archive.normalise.names import (
    Byline,
    classify,
    is_all_caps,
    join_names,
    looks_like_name,
    parse_byline,
    parse_person,
    restore_case,
    same_person_label,
)
from tests.normalise.test_dates import calls

REGISTER = frozenset({"Joel Quirk", "Cameron Thibos", "Neil Howard", "Genevieve LeBaron"})

SYLLABLES = ("ka", "lo", "mir", "ten", "vash", "du", "bel", "zor", "ni", "quo", "ælf", "ü", "ğan", "ří")
WORD = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join).map(str.capitalize)
DOUBLE = st.builds("{}-{}".format, WORD, WORD)
GIVEN = st.one_of(WORD, DOUBLE, st.builds("{} {}.".format, WORD, st.sampled_from("ABTZ")))
FAMILY = st.one_of(
    WORD,
    DOUBLE,
    st.builds("{} {}".format, st.sampled_from(["van der", "de", "von", "bin", "de la"]), WORD),
    st.builds("O'{}".format, WORD),
)
FULL = st.builds("{} {}".format, GIVEN, FAMILY)


# --- bylines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Shawna Bader-Blau", ["Shawna Bader-Blau"]),
        ("By Jane Doe", ["Jane Doe"]),
        ("BY JANE DOE AND JOHN ROE", ["JANE DOE", "JOHN ROE"]),
        ("Written by: Jane Doe All articles by: Jane Doe", ["Jane Doe"]),
        ("Words by Jane Doe. Photographs by John Roe", ["Jane Doe"]),
        ("Von: JÖRG ZSCHOCHE", ["JÖRG ZSCHOCHE"]),
        ("Autor*in Brit Weirich (Medizinredakteurin)", ["Brit Weirich"]),
        ("By — Najib Jobain, Associated Press By — Samy Magdy, Associated Press", ["Najib Jobain", "Samy Magdy"]),
        ("Di Marco Rossi e Anna Bianchi", ["Marco Rossi", "Anna Bianchi"]),
        ("Di Smith", ["Di Smith"]),
        ("文 孔德明", ["孔德明"]),
        ("作者：孔德明", ["孔德明"]),
        ("大渡 美咲", ["大渡 美咲"]),
        ("بقلم محمد علي", ["محمد علي"]),
        ("Автор: Иван Иванов", ["Иван Иванов"]),
        ("by Jane Doe for The Guardian", ["Jane Doe"]),
        ("Jane Doe in Berlin", ["Jane Doe"]),
        ("Jane Doe | The Guardian", ["Jane Doe"]),
        ("Jane Doe, Political Editor", ["Jane Doe"]),
        ("Amy Gibbons Political Correspondent 16 September 2024 9:33pm", ["Amy Gibbons"]),
        ("Von Holger Zschäpitz Leitender Wirtschaftsredakteur", ["Holger Zschäpitz"]),
        ("Contributing Editor JR Raphael serves up tasty morsels", ["JR Raphael"]),
        ("By Brooke Singman Fox News", ["Brooke Singman"]),
        ("Phil Helsel is a reporter for NBC News.", ["Phil Helsel"]),
        ("Jane Doe jane.doe@example.org @janedoe https://example.org/jane", ["Jane Doe"]),
        ("Rodrigo Campos 5 Min Read", ["Rodrigo Campos"]),
        ("By Cat Lafuente / June 12, 2020 9:49 am EST / Updated: Aug. 18, 2020", ["Cat Lafuente"]),
        ("Monday November 18, 2019 7:45 am PST by Joe Rossignol", ["Joe Rossignol"]),
        ("Britt-Cole Lee Jun 21st at 1:22 am", ["Britt-Cole Lee"]),
        ("Sean Martin Sean Martin", ["Sean Martin"]),
        ("Judy DempseyThursday, April 28, 2022", ["Judy Dempsey"]),
        ("By Private: Janice Sinclaire", ["Janice Sinclaire"]),
        ("Bader-Blau, Shawna", ["Shawna Bader-Blau"]),
        ("Smith, John; Doe, Jane", ["John Smith", "Jane Doe"]),
        ("Perry Bacon, Jr.", ["Perry Bacon Jr."]),
        ("Rachael Link, MS, RD", ["Rachael Link"]),
        ("Dr Prabha Kotiswaran", ["Prabha Kotiswaran"]),
        ("Ambassador Luis C.deBaca (retired)", ["Luis C.deBaca"]),
        ("'Luana Patriolino, Raphael Felice'", ["Luana Patriolino", "Raphael Felice"]),
        ("Jane Doe, Professor, New England Law|Boston", ["Jane Doe"]),
        ("Theresa Haas & Penelope Kyritsis (Worker-driven Network)", ["Theresa Haas", "Penelope Kyritsis"]),
        ("Jane Doe, as told to John Roe", ["Jane Doe", "John Roe"]),
        ("Richard David Precht im Gespräch mit Karin Fischer", ["Richard David Precht", "Karin Fischer"]),
        ("Elena Shih/Joel Quirk", ["Elena Shih", "Joel Quirk"]),
        ("Jane Doe\nJohn Roe\nMary Major", ["Jane Doe", "John Roe", "Mary Major"]),
        ("Tom Cary, Senior Sports Correspondent and Fiona Parker", ["Tom Cary", "Fiona Parker"]),
        ("By Kat Lay, Health Editor, and Chris Smyth, Whitehall Editor", ["Kat Lay", "Chris Smyth"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Jane Doe and the Solidarity Center", ["Jane Doe"]),
    ],
)
def test_a_byline_becomes_its_people_in_order(printed, names):
    assert list(parse_byline(printed).names) == names


@pytest.mark.parametrize(
    "separator",
    [
        *(
            ", ",
            " , ",
            ",",
            "; ",
            " | ",
            " / ",
            " • ",
            " · ",
            " – ",
            "\n",
            " & ",
            " and ",
            ", and ",
            " with ",
            " und ",
            " et ",
        ),
        *(" y ", " e ", " i ", " och ", " og ", " en ", " ja ", " ve ", " dan ", " и ", " та ", " και ", "、"),
    ],
)
@pytest.mark.parametrize(
    ("first", "second"), [("Elena Shih", "Joel Quirk"), ("Anna de Courcy Wheeler", "Milorad Drča")]
)
def test_two_names_are_parted_by_separators_of_many_languages(separator, first, second):
    assert parse_byline(f"{first}{separator}{second}").names == (first, second)


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "",
            " ",
            "By",
            "By | December 23, 2016",
            "Written by and",
            "|",
            ",",
            "and",
            "22 hours ago",
            "View author archive",
        ),
        *(
            "admin",
            "jdadmin",
            "Editor",
            "Staff",
            "Reuters Staff",
            "carl_caldwell",
            "freeman1984",
            "@THR",
            "michael.andrusio",
        ),
        *(
            "Person",
            "ReadAction",
            "Organization",
            "NewsMediaOrganization",
            "undefined",
            "{{ author }}",
            "[object Object]",
        ),
        *(
            "Politics",
            "Sport",
            "Breaking News",
            "The Guardian",
            "Reuters",
            "dpa/lno",
            "ntv.com.tr",
            "Fox News",
            "Le Monde",
        ),
        *(
            "BTS Editorial Team",
            "International Committee on the Rights of Sex Workers in Europe",
            "Telegraph Reporters",
        ),
        *("Garment & Allied Workers' Union", "Clothes, Sex & Trafficking", "Threadbare: Clothes, Sex & Trafficking"),
        *(
            "Redaktion",
            "von Redaktion, 24. Januar 2022",
            "Deutscher Caritasverband e. V.",
            "AFP and TOI staff",
            "毎日新聞",
        ),
        *("Anonymous", "Guest author", "Dancing With the Stars", "Anna and Ben", "Political Correspondent", "x" * 700),
    ],
)
def test_what_is_nobody_gives_no_name(printed):
    assert parse_byline(printed).names == ()
    assert not looks_like_name(printed)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Joel Quirk Cameron Thibos", ("Joel Quirk", "Cameron Thibos")),
        ("Neil Howard Cameron Thibos Genevieve LeBaron", ("Neil Howard", "Cameron Thibos", "Genevieve LeBaron")),
        ("By Joel Quirk Cameron Thibos", ("Joel Quirk", "Cameron Thibos")),
    ],
)
def test_names_that_nothing_separates_are_parted_only_where_the_people_are_known(printed, names):
    assert parse_byline(printed, known=REGISTER).names == names
    assert parse_byline(printed, known=REGISTER.__contains__).names == names
    assert not set(names) & set(parse_byline(printed).names)
    assert parse_byline(printed, known={"Joel Quirk"}).names == parse_byline(printed).names


def test_somebody_known_is_a_person_whatever_the_name_looks_like():
    assert parse_byline("By Rights Watch", known={"Rights Watch"}).names == ("Rights Watch",)


def test_what_is_cut_off_is_kept_apart():
    byline = parse_byline(
        "By ROBERT BURNS, AP National Security Writer; Fotos: Jane Doe; edited by John Roe, PhD (BBC) "
        "r.b@example.org @rb www.ap.org"
    )
    assert [(c.name, c.kind, c.part, c.description, c.all_caps) for c in byline.credits] == [
        ("ROBERT BURNS", "person", "author", "AP National Security Writer", True),
        ("Jane Doe", "person", "photographer", None, False),
        ("John Roe", "person", "editor", "BBC", False),
    ]
    assert byline.credits[2].as_printed == "John Roe, PhD (BBC)"
    assert (byline.emails, byline.handles, byline.urls) == (("r.b@example.org",), ("@rb",), ("www.ap.org",))
    assert byline.labelled


def test_a_note_in_brackets_says_what_somebody_did():
    byline = parse_byline("Jane Doe (Text), John Roe (Fotos)")
    assert [(credit.name, credit.part) for credit in byline.credits] == [
        ("Jane Doe", "author"),
        ("John Roe", "photographer"),
    ]


def test_organisations_and_single_words_are_credits_and_no_people():
    byline = parse_byline("By Minyvonne Burke and The Associated Press, Steffi")
    assert byline.names == ("Minyvonne Burke",)
    assert byline.organisations == ("The Associated Press",)
    assert [credit.kind for credit in parse_byline("von Ulrike").credits] == ["unknown"]


def test_a_long_text_is_no_byline():
    assert parse_byline("Jane Doe, " * 100) == Byline("Jane Doe, " * 100, rest=(("Jane Doe, " * 100).strip(),))


# --- one name ----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *(
            (line, True)
            for line in ("Han Dongfang", "By Jane Doe", "Jane Doe, John Roe and Mary Major", "Иван Иванов", "孔德明")
        ),
        *(
            (line, True)
            for line in ("LUIS C.DEBACA", "Theresa Haas & Penelope Kyritsis", "Perry Bacon Jr.", "von Dr. Jane Doe")
        ),
        *(
            (line, False)
            for line in ("Jane Doe is here.", "Jane Doe, Editor", "国际", "Jane Doe | Fox News", "A", "Jane", "who?")
        ),
        *(
            (line, False)
            for line in ("The answer is no.", "Read more", "1 March 2019", "Jane Doe " * 30, "jane doe", "ДА")
        ),
    ],
)
def test_a_line_that_can_be_a_name_looks_like_one(line, expected):
    assert looks_like_name(line) is expected


# --- for all names -----------------------------------------------------------------------------------------------


@given(st.lists(FULL, min_size=1, max_size=5, unique_by=str.casefold))
def test_names_joined_and_taken_apart_are_the_same_names(names):
    assert list(parse_byline(join_names(names)).names) == names
    assert list(parse_byline("By " + join_names(names)).names) == names
    assert looks_like_name(join_names(names)) == (len(join_names(names)) <= 160)


@given(FULL, FULL, st.sampled_from([" and ", " & ", " und ", " et ", " y ", " e ", " och ", " en ", " AND "]))
def test_a_and_b_is_never_one_person(first, second, joint):
    assume(first != second)
    together = f"{first}{joint}{second}"
    assert classify(together) != "person"
    assert parse_person(together).family is None
    assert together not in parse_byline(together).names
    if joint != " AND ":
        assert parse_byline(together).names == (first, second)


@given(FULL, st.booleans())
def test_a_name_taken_apart_and_put_together_stays_the_same(name, family_first):
    parts = parse_person(name, family_first=family_first)
    again = parse_person(parts.display, family_first=family_first)
    assert again == parts
    filed = parse_person(parts.sort_name, family_first=family_first)
    assert (filed.given, filed.family, filed.sort_name) == (parts.given, parts.family, parts.sort_name)
    assert same_person_label(name.upper(), parts.sort_name)


ODDMENTS = st.sampled_from(
    [
        *(
            "By",
            "von",
            "and",
            "&",
            ",",
            ";",
            "|",
            "/",
            "(",
            ")",
            "[",
            "]",
            ":",
            "-",
            "–",
            "\n",
            "\0",
            "@",
            ".",
            "'",
            "…",
            "  ",
        ),
        *(
            "Jane Doe",
            "Jr.",
            "PhD",
            "Dr",
            "the",
            "Editor",
            "Reuters",
            "Team",
            "1 March 2019",
            "5",
            "www.x.org",
            "a@b.co",
            "@x",
        ),
        *(
            "as told to",
            "with",
            "Text:",
            "(Fotos)",
            "孔德明",
            "の",
            "é",
            "VAN",
            "de",
            "y",
            "²",
            "Thursday",
            "Updated",
            "said",
        ),
    ]
)
LINES = st.one_of(
    st.text(), st.lists(ODDMENTS, max_size=14).map(" ".join), st.lists(ODDMENTS, max_size=14).map("".join)
)


@given(LINES)
def test_any_line_is_taken_apart(line):
    byline = parse_byline(line, known={"Jane Doe"})
    assert len({(credit.name, credit.part) for credit in byline.credits}) == len(byline.credits)
    for credit in byline.credits:
        assert credit.name == credit.name.strip()
        assert credit.name
        assert not set("\n\r\t\0") & set(credit.name)
    for name in byline.names:
        assert classify(name) == "person"
        assert parse_byline(name).names == (name,)
    looks_like_name(line)
    parse_person(line, family_first=True)
    assert same_person_label(line, line) in {True, False}
    assert restore_case(line, [line.title()]) in {line, line.title()}


def test_no_word_means_two_things():
    assert not name_words.ROLES & name_words.PARTICLES
    assert not name_words.STOP_WORDS & name_words.CAPITAL_PARTICLES
    assert not (name_words.COLLECTIVES | name_words.INSTITUTIONS) & (name_words.PARTICLES | name_words.SUFFIXES)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A ",
        "Jane Doe ",
        "Jane, ",
        "and ",
        "By ",
        "as told to ",
        "(",
        "()",
        "@ ",
        "J.",
        "-",
        "' ",
        "de ",
        "Dr ",
        "1 ",
    ],
)
def test_work_grows_no_faster_than_the_byline(unit):
    # The longest line that is read at all, against a line of a tenth of it.
    few, many = (calls(parse_byline, (unit * 600)[:size]) for size in (60, 600))
    assert many <= 14 * few + 400

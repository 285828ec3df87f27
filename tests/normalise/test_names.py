import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.normalise.names import (
    Byline,
    classify,
    join_names,
    looks_like_name,
    may_begin_with_name,
    parse_byline,
    parse_person,
    restore_case,
    same_person_label,
)
from tests.normalise.invented import FULL, calls

REGISTER = frozenset({"Joel Quirk", "Cameron Thibos", "Neil Howard", "Genevieve LeBaron"})


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
        ("Jane Doe Senior Berlin Correspondent", ["Jane Doe"]),
        ("Par JANE DOE, JEAN ROE Envoyés spéciaux à Lyon", ["JANE DOE", "JEAN ROE"]),
        ("Jane Doe\nDo XYZ, em Lisboa", ["Jane Doe"]),
        ("Nga\nJane Doe\n-", ["Jane Doe"]),
        ("Nga Tran", ["Nga Tran"]),
        ("Theme by Jane Doe | User Admin", []),
        ("晨报记者 王小明 李华", ["王小明", "李华"]),
        ("采写：晨报见习记者 王小明", ["王小明"]),
        ("来源：晨报 记者王小明 摄影：李华", ["王小明"]),
        ("文/王小明", ["王小明"]),
        ("松岡大地記者", ["松岡大地"]),
        ("【松岡大地】", ["松岡大地"]),
        ("〔記者王小明／台北報導〕", ["王小明"]),
        ("（晨報記者王小明台北5日電）", ["王小明"]),
        ("《晨报》作者 王小明", ["王小明"]),
        ("김민수기자", ["김민수"]),
        ("Jane Kumar Rai", ["Jane Kumar Rai"]),
        ("Jane Kumar RAI", ["Jane Kumar"]),
        ("Siti Jane binti Doe", ["Siti Jane binti Doe"]),
        ("Jane Doe für den Kurier", ["Jane Doe"]),
        ("oprac. Jane Doe", ["Jane Doe"]),
        ("De\nJane Doe", ["Jane Doe"]),
        ("De Jane Doe", ["De Jane Doe"]),
        ("Zdroj: Jane Doe", []),
        ("王小明 北京报道", ["王小明"]),
        ("文＝松岡大地", ["松岡大地"]),
        ("松岡大地（ライター）", ["松岡大地"]),
        ("高橋 文子", ["高橋 文子"]),
        ("김민수 나무 칼럼니스트", ["김민수"]),
        ("김민수 이영희 기자 mail@example.org", ["김민수", "이영희"]),
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


@pytest.mark.parametrize("line", ["Jane Doe (@jane)", "By Jane Doe•@jane", "Jane Doe [jane@doe.example] · @jane"])
def test_an_address_beside_a_name_leaves_nothing_on_it(line):
    byline = parse_byline(line)
    assert (byline.names, byline.handles) == (("Jane Doe",), ("@jane",))


def test_a_note_in_brackets_says_what_somebody_did():
    byline = parse_byline("Jane Doe (Text), John Roe (Fotos)")
    assert [(credit.name, credit.part) for credit in byline.credits] == [
        ("Jane Doe", "author"),
        ("John Roe", "photographer"),
    ]


def test_a_job_in_brackets_is_a_job():
    (credit,) = parse_byline("Jane Doe (Editor)").credits
    assert (credit.name, credit.part, credit.description) == ("Jane Doe", "author", "Editor")


def test_organisations_and_single_words_are_credits_and_no_people():
    byline = parse_byline("By Minyvonne Burke and The Associated Press, Steffi")
    assert byline.names == ("Minyvonne Burke",)
    assert byline.organisations == ("The Associated Press",)
    assert [credit.kind for credit in parse_byline("von Ulrike").credits] == ["unknown"]


def test_a_long_text_is_no_byline():
    assert parse_byline("Jane Doe, " * 100) == Byline("Jane Doe, " * 100, rest=(("Jane Doe, " * 100).strip(),))


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


@given(FULL, st.sampled_from([" is a pilot.", ", who is a pilot, is late.", " 3 is late."]))
def test_a_text_that_begins_with_a_name_may_begin_with_one(name, rest):
    assert may_begin_with_name(name + rest)


@pytest.mark.parametrize(
    ("text", "may"), [("The harbour is closed.", False), ("松岡 is a pilot.", True), ("Ada", True)]
)
def test_a_second_word_that_is_in_no_name_tells_that_none_stands_there(text, may):
    assert may_begin_with_name(text) == may

"""Citations: what a reference says, how styles word it, and that it is rendered once."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import citation
from archive.citation import rendering
from archive.citation.kept import KeptTexts
from archive.citation.reference import references
from archive.model import (
    Citation,
    Contribution,
    Participation,
    Person,
    Prompt,
    Publisher,
    RoundTable,
    Series,
)
from archive.model.records import Records
from archive.normalise.persons import parse_person
from tests import made

TITLE = "Who should settle the bill?"


def records(*voices, reviewed=(), **content):
    """One contribution by `voices` (a name, or name and kind), in a round table."""
    rows = Records()
    day = {"published_on": dt.date(2019, 3, 16), "published_edtf": "2019-03-16T09:00:00+01:00"}
    values = day | {"round_table_id": "bus", "prompt_id": "bus/q1", "title": TITLE, "language": "en"} | content
    rows.add(
        Publisher(publisher_id="lamp", name="The Lamplighter", url="http://x.example/"),
        Series(series_id="long", publisher_id="lamp", title="The Long Table", issn="0000-0019"),
        RoundTable(round_table_id="bus", series_id="long", title="The Night Bus", state="complete"),
        Prompt(prompt_id="bus/q1", round_table_id="bus", kind="question", text="Who is it for?"),
        Contribution(
            contribution_id="bus/q1/x", version=1, role="response", text="T", word_count=1,
            storage_policy="full_text", **{"url": "http://x.example/a", "capture_id": "c-1", **values},
        ),
        made.Capture(**{**vars_of(made.capture("http://x.example/a", b"")), "capture_id": "c-1"}),
        *reviewed,
    )  # fmt: skip
    for position, voice in enumerate(voices, start=1):
        printed, kind = voice if isinstance(voice, tuple) else (voice, "person")
        rows.add(
            Participation(
                contribution_id="bus/q1/x", version=1, position=position, name_as_printed=printed, agent_kind=kind,
                person_id=reviewed[0].person_id if reviewed else None,
            )
        )  # fmt: skip
    return rows


def vars_of(row):
    return {name: getattr(row, name) for name in row.__slots__}


def item(*voices, **content):
    ((_, found),) = references(records(*voices, **content))
    return found


def texts(*voices, **content):
    rows = records(*voices, **content)
    citation.add_citations(rows)
    return {row.style: row.text for row in rows.of(Citation)}


@pytest.mark.parametrize(
    ("voice", "author"),
    [
        ("Wietske van der Houtkamp", {"family": "van der Houtkamp", "given": "Wietske"}),
        ("Dr Hal Winterbrook Jr.", {"family": "Winterbrook", "given": "Hal", "suffix": "Jr."}),
        ("Plato", {"literal": "Plato"}),
        ("Božena T. Vrbíčková", {"family": "Vrbíčková", "given": "Božena T."}),
        (("Cleaners & Porters’ Mutual Union", "institution"), {"literal": "Cleaners & Porters’ Mutual Union"}),
        (("A night driver", "anonymous"), {"literal": "A night driver"}),
        ("毛泽东", {"literal": "毛泽东"}),
    ],
)
def test_an_author_stands_in_parts_where_they_are_known(voice, author):
    assert item(voice)["author"] == [author]


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("Nghiem Thu Lam", {"family": "Nghiem", "given": "Thu Lam"}),
        ("N. T. Lam", {"family": "Lam", "given": "N. T."}),
    ],
)
def test_the_authority_file_tells_the_parts_of_a_name_but_not_what_was_printed(printed, author):
    person = Person(
        person_id="p", name="Nghiem Thu Lam", given="Thu Lam", family="Nghiem", sort_name="Nghiem", status="reviewed"
    )
    assert parse_person("Nghiem Thu Lam").family == "Lam"
    assert item(printed, reviewed=[person])["author"] == [author]


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2019", {"date-parts": [[2019]]}),
        ("2019-03", {"date-parts": [[2019, 3]]}),
        ("2019-03-16T09:00:00Z", {"date-parts": [[2019, 3, 16]]}),
        ("2019~", {"date-parts": [[2019]], "circa": True}),
        ("2019-21", {"date-parts": [[2019]], "season": 1}),
        ("2018-11/2019-02", {"date-parts": [[2018, 11], [2019, 2]]}),
        ("2018/2019~", {"date-parts": [[2018], [2019]], "circa": True}),
        ("some day", None),
        (None, None),
    ],
)
def test_a_date_is_as_exact_as_what_is_known(edtf, issued):
    assert item(published_on=None, published_edtf=edtf).get("issued") == issued


def test_a_doubted_date_is_no_date_and_says_so():
    found = item("Plato", published_doubt="migration")
    assert "issued" not in found
    assert found["custom"]["doubted-date"] == "2019-03-16T09:00:00+01:00 (migration)"


def test_an_answer_without_a_title_is_cited_under_its_prompt_and_a_loose_text_without_a_container():
    assert item(title=None)["title"] == "Who is it for?"
    found = item("Plato", round_table_id=None, prompt_id=None, title=None, url="urn:sha256:1")
    assert found == {
        "id": "bus/q1/x", "type": "webpage", "author": [{"literal": "Plato"}],
        "issued": {"date-parts": [[2019, 3, 16]]}, "accessed": {"date-parts": [[2024, 6, 1]]}, "language": "en",
        "custom": {"role": "response", "capture_id": "c-1"},
    }  # fmt: skip


WHERE = "The Lamplighter. The Night Bus."
NO_DATE = {"published_on": None, "published_edtf": None}


@pytest.mark.parametrize(
    ("voices", "content", "apa", "chicago"),
    [
        (
            ["Wietske van der Houtkamp"],
            {},
            f"van der Houtkamp, W. (2019, March 16). {TITLE} {WHERE} http://x.example/a",
            (
                "van der Houtkamp, Wietske. 2019. “Who Should Settle the Bill?” The Night Bus, The Lamplighter, "
                "March 16. http://x.example/a."
            ),
        ),
        (
            ["Hal Winterbrook", "Sunniva Rostad", ("Cleaners & Porters’ Mutual Union", "institution")],
            {"title": "On bread"},
            (
                f"Winterbrook, H., Rostad, S., & Cleaners & Porters’ Mutual Union. (2019, March 16). On bread. {WHERE} "
                "http://x.example/a"
            ),
            (
                "Winterbrook, Hal, Sunniva Rostad, and Cleaners & Porters’ Mutual Union. 2019. “On Bread.” "
                "The Night Bus, The Lamplighter, March 16. http://x.example/a."
            ),
        ),
        (
            ["Plato"],
            {**NO_DATE, "title": "Über “das” Brot", "language": "de"},
            f"Plato. (n.d.). Über “das” Brot. {WHERE} Retrieved June 1, 2024, from http://x.example/a",
            "Plato. n.d. “Über “das” Brot.” The Night Bus, The Lamplighter. Accessed June 1, 2024. http://x.example/a.",
        ),
        (
            [],
            {"published_on": None, "published_edtf": "2019-03/2019-05"},
            f"The Lamplighter. (2019). {TITLE} {WHERE} http://x.example/a",
            "The Lamplighter. 2019. “Who Should Settle the Bill?” The Night Bus, The Lamplighter. http://x.example/a.",
        ),
        (
            ["Jo March"],
            {"published_on": None, "published_edtf": "2019~"},
            f"March, J. (ca. 2019). {TITLE} {WHERE} http://x.example/a",
            "March, Jo. [2019?]. “Who Should Settle the Bill?” The Night Bus, The Lamplighter. http://x.example/a.",
        ),
    ],
    ids=["one author", "joint, with an organisation", "no date", "no author", "about"],
)
def test_apa_and_chicago_word_a_reference(voices, content, apa, chicago):
    found = texts(*voices, **content)
    assert found["apa"] == apa
    assert found["chicago-author-date"] == chicago


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, f"A B and C D, ‘{TITLE}’, The Night Bus, The Lamplighter, 16 March 2019, http://x.example/a."),
        (NO_DATE, f"A B and C D, ‘{TITLE}’, The Night Bus, The Lamplighter, no date, http://x.example/a."),
        (
            {"published_on": None, "published_edtf": "2019-21", "url": "urn:sha256:1"},
            f"A B and C D, ‘{TITLE}’, The Night Bus, The Lamplighter, spring 2019, bus/q1/x.",
        ),
        (
            {"published_on": None, "published_edtf": "2018-11/2019-02~"},
            (
                f"A B and C D, ‘{TITLE}’, The Night Bus, The Lamplighter, about November 2018 to February 2019, "
                "http://x.example/a."
            ),
        ),
    ],
)
def test_the_plain_style_names_who_what_where_and_when(content, expected):
    assert texts(("A B", "anonymous"), ("C D", "anonymous"), **content)["plain"] == expected


def test_every_contribution_that_is_shown_has_a_citation_in_every_style():
    rows = made.records(made.demo_readings())
    shown = {(row.contribution_id, style) for row in rows.of(Contribution) for style in citation.STYLES}
    assert {(row.contribution_id, row.style) for row in rows.of(Citation)} == shown
    assert texts("Plato", state="withdrawn") == {}


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(WORDS, max_size=3), WORDS, st.sampled_from(["en", "de", "zh-Hant", None]))
@settings(max_examples=25)
def test_whatever_is_printed_can_be_cited_and_no_text_depends_on_another(names, title, language):
    one, other = item(*names, title=title, language=language), item("Plato")
    rendering.in_all_styles.cache_clear()
    forward = list(rendering.rendered([one, other], {}))
    rendering.in_all_styles.cache_clear()
    assert list(rendering.rendered([other, one], {})) == forward[::-1]


def test_what_was_rendered_before_is_not_rendered_again_and_what_nobody_cites_is_forgotten(tmp_path, monkeypatch):
    path = tmp_path / "citations.sqlite"

    def rendered(*titles):
        with KeptTexts(path) as kept:
            return list(rendering.rendered([item("Plato", title=title) for title in titles], kept))

    first = rendered("Bread", "Roses")
    asked = []
    monkeypatch.setattr(rendering, "in_all_styles", lambda text: asked.append(text) or {"apa": "anew"})
    assert rendered("Roses", "Bread", "Roses") == [first[1], first[0], first[1]]
    assert asked == []
    rendered("Roses")
    assert b"Bread" not in path.read_bytes()
    assert rendered("Bread") == [{"apa": "anew"}]
    monkeypatch.setattr(rendering, "_renderer", lambda: "another version")
    assert rendered("Bread") == [{"apa": "anew"}]
    assert len(asked) == 2


def test_many_are_rendered_by_several_processes_with_the_same_words(monkeypatch):
    items = [item("Plato", title=f"Bread {number}") for number in range(3)]
    alone = list(rendering.rendered(items, {}))
    monkeypatch.setattr(rendering, "_MANY", 2)
    monkeypatch.setattr(rendering.os, "sched_getaffinity", lambda _: {0, 1})
    assert list(rendering.rendered(items, {})) == alone

"""Tables of votes are answers row by row, however their columns stand; no other table is taken for one."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archive
from archive.codes import Code

PEOPLE = ("Ada Lindqvist", "Björn Aas", "Kwame Mensah-Bonsu", "Sophie Vance")
VOTES = ("Agree", "Uncertain", "Did Not Answer", "Strongly Disagree")
SURE = ("7", "3", "", "9")
SAYS = ("The revenue could be paid back to those who wait.", "", "", "It depends on who crosses, and when.")
WHERE = ("University of Marle", "Wexmouth", "Marle", "Marle")
ASKED = "A toll on the bridge at rush hour would leave the average citizen better off."
TEXT = "<p>" + "The bridge was closed for nine days and everybody had an opinion about the ferry. " * 4 + "</p>"


def table(columns: dict[str, tuple[str, ...]], *, heads: str = "th") -> str:
    first = "".join(f"<{heads}>{escape(name)}</{heads}>" for name in columns)
    rows = ("".join(f"<td>{cell}</td>" for cell in cells) for cells in zip(*columns.values(), strict=True))
    return f"<table><tr>{first}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def read(*parts: str, title: str = "Tolls on the bridge"):
    body = f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{''.join(parts)}</article>"
    return archive.read(f"{body}</body></html>".encode(), "https://www.marle.example/panel")


def told(page) -> list[tuple[object, ...]]:
    return [(item.authors, item.affiliation, item.stance, item.confidence, item.text) for item in page.contributions]


ALL = [
    ((name,), where, vote, sure or None, says)
    for name, where, vote, sure, says in zip(PEOPLE, WHERE, VOTES, SURE, SAYS, strict=True)
]
PHOTOS = tuple(f"<img src='{number}.jpg' alt='{name}'>" for number, name in enumerate(PEOPLE))
LINKED = tuple(f"<a href='/people/{number}'>{name}</a>" for number, name in enumerate(PEOPLE))
SORTED = tuple(f"{name.split()[-1]} {name}" for name in PEOPLE)
HISTORY = ("Bio/Vote History",) * 4


@pytest.mark.parametrize(
    "columns",
    [
        {"Participant": PEOPLE, "University": WHERE, "Vote": VOTES, "Confidence": SURE, "Comment": SAYS},
        {"": PHOTOS, "Economist": LINKED, "Affiliation": WHERE, "Your answer": VOTES, "How confident?": SURE,
         "Explanation": SAYS, "Profile": HISTORY},
        {"Response": VOTES, "Certainty": SURE, "In their own words": SAYS, "Institution": WHERE, "Expert": SORTED},
        {"Comments": SAYS, "Name": PEOPLE, "Organisation": WHERE, "Position": VOTES, "Level of confidence": SURE,
         "Median vote": ("Agree",) * 4},
        {"Name": PEOPLE, "Institut": WHERE, "Votum": VOTES, "Sicherheit": SURE, "Begründung": SAYS},
    ],
)  # fmt: skip
@pytest.mark.parametrize("heads", ["th", "td"])
def test_each_row_is_an_answer_whatever_the_columns_are_called_and_in_whatever_order(columns, heads):
    page = read(f"<p>{ASKED}</p>", table(columns, heads=heads))
    assert told(page) == ALL
    assert [(prompt.text, prompt.kind) for prompt in page.prompts] == [(ASKED, "statement")]
    assert {item.prompt for item in page.contributions} == {0}
    assert [entry.name for entry in page.line_up] == list(PEOPLE)
    assert (page.authors, page.faults) == ((), ())


def test_without_confidence_and_comments_a_vote_is_an_answer_without_words():
    page = read(f"<p>{ASKED}</p>", table({"Name": PEOPLE, "Vote": VOTES}))
    assert told(page) == [((name,), None, vote, None, "") for name, vote in zip(PEOPLE, VOTES, strict=True)]


def test_two_tables_are_two_prompts_and_a_table_that_goes_on_is_none():
    halves = [table({"Name": PEOPLE[at : at + 2], "Vote": ("Agree", "Disagree")}) for at in (0, 2)]
    page = read("<h3>Question A: The toll should be doubled.</h3>", *halves, "<h3>Question B:</h3>",
                "<p>Should lorries pay more?</p>", table({"Name": PEOPLE, "Vote": VOTES}))  # fmt: skip
    assert [(prompt.text, prompt.kind) for prompt in page.prompts] == [
        ("The toll should be doubled.", "statement"), ("Should lorries pay more?", "question"),
    ]  # fmt: skip
    assert [item.prompt for item in page.contributions] == [0] * 4 + [1] * 4


def test_a_row_that_asks_begins_the_next_question_and_a_row_that_says_belongs_to_the_vote_above():
    def row(*cells: str) -> str:
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    asked = ("Statement A: The toll is too low.", "Statement B: The ferry is slow.")
    rows = row(asked[0]) + row(PEOPLE[0], "Agree") + row("Who else would pay?") + row(PEOPLE[1], "Disagree")
    page = read(f"<table>{rows}{row(asked[1])}{row(PEOPLE[0], 'Uncertain')}{row(PEOPLE[1], 'Agree')}</table>")
    assert [prompt.text for prompt in page.prompts] == ["The toll is too low.", "The ferry is slow."]
    assert [(item.stance, item.prompt, item.text) for item in page.contributions] == [
        ("Agree", 0, "Who else would pay?"), ("Disagree", 0, ""), ("Uncertain", 1, ""), ("Agree", 1, ""),
    ]  # fmt: skip


def test_yes_and_no_are_votes_where_the_column_says_so_and_reasons_are_given():
    yes = {"Name": PEOPLE, "Answer": ("Yes", "No", "No", "Yes"), "Why": ("One.", "Two.", "Three.", "Four.")}
    page = read("<p>Should lorries pay more?</p>", table(yes))
    assert [(item.stance, item.text) for item in page.contributions] == list(
        zip(yes["Answer"], yes["Why"], strict=True)
    )


def test_a_table_of_votes_above_the_answers_is_their_list_and_not_the_answers():
    answers = "".join(f"<h3>{name}</h3><p>{name[0]} says that {SAYS[0]} {SAYS[3]}</p>" for name in PEOPLE)
    page = read("<p>Should lorries pay more?</p>", table({"Name": PEOPLE, "Vote": VOTES}), answers)
    assert [item.authors for item in page.contributions] == [(name,) for name in PEOPLE]
    assert all("says that" in item.text for item in page.contributions)


ORDINARY = {
    "percentages": {"Answer": ("Agree", "Disagree", "No opinion", "Total"), "2019": ("41%", "38%", "21%", "100%")},
    "items of a survey": {"Statement": ("I like ferries", "I fear bridges", "I swim", "I row"),
                          "Agree": ("41", "38", "21", "5"), "Disagree": ("12", "9", "3", "2")},
    "prices": {"Room": ("Single", "Double", "Suite", "Attic"), "Breakfast": ("Yes", "No", "Yes", "No"),
               "Price": ("£40", "£60", "£90", "£20")},
    "results": {"Home": ("Marle Town", "Wexmouth", "Sallow Park", "Nordhaven"), "": ("2–1", "0–0", "3–2", "1–1"),
                "Away": ("Wexmouth", "Marle Town", "Nordhaven", "Sallow Park")},
    "an election": {"Candidate": PEOPLE, "Party": ("Ferry", "Bridge", "Ferry", "None"),
                    "Votes": ("1,204", "998", "310", "12")},
    "a timetable": {"Time": ("9.00", "10.30", "12.00", "14.00"), "Speaker": PEOPLE,
                    "Talk": ("On tolls", "On ferries", "Lunch", "On lorries")},
    "a roll call": {"Member": PEOPLE, "Ward": WHERE, "Vote": ("Yes", "No", "Yes", "No")},
    "who comes": {"Name": PEOPLE, "Attending": ("Yes", "No", "Maybe", "Yes"), "Diet": ("none", "fish", "none", "fish")},
    "who has paid": {"Name": PEOPLE, "Paid": ("yes", "no", "yes", "yes"), "Notes": ("by post", "asked", "", "cash")},
    "countries": {"Country": ("France", "Norway", "Ghana", "Chile"), "Position": ("For", "Against", "Abstained", "For")}
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_table_stays_part_of_its_article(name):
    page = read(TEXT, table(ORDINARY[name]), TEXT)
    (text,) = page.contributions
    assert (text.role, text.stance) == ("article", None)
    first = next(iter(ORDINARY[name].values()))
    assert all(cell in text.text for cell in first)


CELLS = st.sampled_from(
    ("Marle", "12", "1,204", "41%", "9.30", "–", "Yes", "no", "Ferry", "£4", "n/a", "2019", "won", "a longer remark")
)


@given(
    heads=st.lists(st.sampled_from(("Name", "Year", "Price", "Paid", "Notes", "Goals", "")), min_size=2, max_size=5),
    rows=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=8),
    people=st.booleans(),
)
def test_tables_without_opinions_tear_no_article(heads, rows, people):
    if people:
        rows = [[PEOPLE[number % 4], *row[1:]] for number, row in enumerate(rows)]
    columns = {f"{head} {number}": tuple(row[number] for row in rows) for number, head in enumerate(heads)}
    page = read(TEXT, table(columns), TEXT)
    assert len(page.contributions) == 1
    assert not {fault.code for fault in page.faults} & {Code.ANSWER_EMPTY, Code.UNKNOWN_SPEAKER}


def test_a_heading_that_says_what_a_table_holds_asks_nothing_and_links_after_comments_are_no_part_of_them():
    comments = tuple(f"{text} <a href='/people/{n}'>Bio/Vote History</a>" for n, text in enumerate(SAYS))
    columns = {"Participant": PEOPLE, "University": WHERE, "Vote": VOTES, "Confidence": SURE, "Comment": comments}
    page = read(f"<h3>Question A: {ASKED}</h3><h4>Question A Participant Responses</h4>", table(columns))
    assert [prompt.text for prompt in page.prompts] == [ASKED]
    assert told(page) == ALL

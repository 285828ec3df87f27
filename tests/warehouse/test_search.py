"""Full-text search, in SQL alone."""

import datetime as dt
import random

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import TABLES
from tests.warehouse import bm25
from tests.warehouse.texts import Text, published
from warehouse import search_index
from warehouse.search_index import COMMENTS

GERMAN = "Die Städte der Frauen: Wer arbeitet nachts, und wer zahlt die Löhne der arbeitenden Frauen?"
FRENCH = "Les grèves de 2019 étaient nationales; la solidarité était transnationale."
WORDS = "strike strikes striking worker workers union unions wage wages 2019 café border solidarity the of and".split()


def invented(number: int, rng: random.Random) -> Text:
    language, extra = [("en", ""), ("de", GERMAN), ("fr", FRENCH), (None, "")][number % 4]
    passages = [" ".join(rng.choices(WORDS, k=rng.randint(3, 40))) for _ in range(rng.randint(1, 5))]
    return Text(name=f"t/{number:03}", passages=(*passages, extra) if extra else tuple(passages), language=language)


TEXTS = [invented(number, random.Random(number)) for number in range(60)]


@pytest.fixture(scope="module")
def invented_texts(tmp_path_factory):
    with duckdb.connect(str(published(TEXTS, tmp_path_factory.mktemp("home"))), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "query",
    ["strike", "STRIKES and Wages", "cafe 2019", "transnationale Frauen", "the of and", "border border", "arbeite"],
)
def test_scores_are_those_of_the_textbook(invented_texts, query):
    whole = {text.name: (" ".join(text.passages), text.language) for text in TEXTS}
    expected = bm25.scores(query, whole)
    found = invented_texts.execute("SELECT contribution_id, score FROM search(?)", [query]).fetchall()
    assert expected
    assert dict(found) == pytest.approx(expected, rel=0, abs=1e-9)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    parts = {f"{text.name}#{n}": (part, text.language) for text in TEXTS for n, part in enumerate(text.passages, 1)}
    found = invented_texts.execute(
        "SELECT contribution_id || '#' || passage, score FROM search_passages(?)", [query]
    ).fetchall()
    assert dict(found) == pytest.approx(bm25.scores(query, parts), rel=0, abs=1e-9)


SAID = [
    Text(name="a", passages=("Solidarity across borders.", "Workers struck in 2019; the strikers won."),
         speaker="Ana Ruiz"),
    Text(name="b", passages=("Transnational solidarity is work.", "The café is closed."), speaker="Božena Łuk",
         published_on=dt.date(2019, 5, 1)),
    Text(name="c", passages=("Solidarity? Transnational firms know it better.",), published_on=dt.date(2021, 5, 1)),
    Text(name="d", passages=("Die Arbeiterinnen streikten für höhere Löhne.",), language="de"),
    Text(name="e", passages=("La solidarité transnationale, déjà.",), language="fr"),
    Text(name="f", passages=("連帯経済と労働。", "国境を越える"), language="ja"),
    Text(name="g", passages=("โลกของแรงงาน",), language="th"),
    Text(name="h", passages=("A text of\nits own, to be or not to be.",), title="Ports and cranes",
         aside=("Subscribe!",)),
    Text(name="i", passages=("Забастовка шла три дня. Её поддержали.",), language="ru"),
]  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    with duckdb.connect(str(published(SAID, tmp_path_factory.mktemp("home"))), read_only=True) as connection:
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        yield connection


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("striker", "a"),  # stemmed, also where the word itself stands in no text
        ("STRIKERS", "a"),
        ("worker", "a"),
        ("lohn", "d"),
        ("löhne", "d"),
        ("lohne", "d"),
        ("cafe", "b"),
        ("CAFÉ", "b"),
        ("2019", "a"),
        ("luk", ""),  # names are not searched
        ("to be or not to be", "h"),  # no word is too common
        ("deja", "e"),
        ('"transnational solidarity"', "b"),
        ('“transnational solidarity”', "b"),
        ('"solidarity transnational"', "c"),
        ('"own to be"', "h"),  # across punctuation
        ('"borders workers"', ""),  # never across passages
        ('solidarity -"transnational solidarity"', "ac"),
        ("solidarity -transnational", "a"),
        ("transnational -solidarity", "e"),  # in French, too
        ("trans*", "bce"),
        ("transnational*", "bce"),
        ("solidarité", "e"),
        ("连帯", ""),
        ("連帯", "f"),
        ("労働", "f"),
        ("国", "f"),
        ("境", "f"),
        ('"国境"', "f"),
        ('"境国"', ""),
        ("แรงงาน", "g"),
        ("забастовк*", "i"),
        ("ее", "i"),
        ('"lohn"', ""),  # a phrase of one word is that word, not its stem
        ('"strikers"', "a"),
        ('"ports and cranes" -"its own"', ""),
        ('"ports and cranes" "its own"', "h"),
        ('"ports and cranes" "its own" "solidarity"', ""),
        ('"is work" "solidarity is"', "b"),
        ('"' + "to be " * 80 + '"', ""),
        ("ports", "h"),  # titles are searched with the text
        ('"ports and cranes"', "h"),
        ("subscribe", ""),  # what stands beside the text is not
    ],
)  # fmt: skip
def test_what_is_found(said, query, names):
    found = said.execute("SELECT contribution_id FROM search(?)", [query]).fetchall()
    assert "".join(sorted(name for (name,) in found)) == names


def test_a_hit_shows_its_words_in_their_passage(said):
    rank, passage, snippet, names, series = said.execute(
        "SELECT rank, passage, snippet, names, series_id FROM search('striker')"
    ).fetchone()
    assert (rank, passage, names, series) == (1, 2, "Ana Ruiz", "talks")
    assert snippet == "Workers struck in 2019; the **strikers** won."
    assert said.execute("SELECT snippet FROM search('連帯')").fetchone() == ("**連帯**経済と労働。",)
    assert said.execute("SELECT snippet FROM search('café')").fetchone() == ("The **café** is closed.",)
    assert said.execute("SELECT snippet, passage FROM search('cranes')").fetchone() == (None, None)
    assert said.execute("SELECT count(snippet), count(*) FROM search('solidarity', snippets := 1)").fetchone() == (1, 3)


def test_hits_are_narrowed_in_the_where_clause(said):
    found = said.execute(
        "SELECT contribution_id FROM search('solidarity') JOIN participations USING (contribution_id, version) "
        "WHERE person_id = 'ana-ruiz'"
    ).fetchall()
    assert found == [("a",)]
    found = said.execute(
        "SELECT contribution_id FROM search('solidarity') WHERE series_id = 'talks' AND year(published_on) >= 2020"
    ).fetchall()
    assert found == [("c",)]


HOSTILE = [
    "", " ", "'", '"', '""', '"""', "-", "--", "*", "-*", '-"', '"-"', "' OR 1=1 --", "%_", "\\", "(", "[a",
    "a b" * 3000, "x" * 10_000, "-solidarity", "NULL", "\x00", "a\x00b", "\x07\x1b[31m", "\u202e", "😀", "ﷺ",
    "a\u0301", "ー", "國", "؟",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error(said, query):
    for macro in ("search", "search_passages"):
        literal = query.replace("'", "''")
        as_parameter = said.execute(f"FROM {macro}(?)", [query]).fetchall()
        if "\x00" not in query:
            assert said.execute(f"FROM {macro}('{literal}')").fetchall() == as_parameter
    assert said.execute("FROM search(NULL)").fetchall() == []


@given(st.text(alphabet=st.one_of(st.sampled_from('"-*“” \n'), st.characters()), max_size=60))
def test_no_query_at_all_is_an_error(said, query):
    said.execute(
        "SELECT count(*), count(snippet) FROM search(?)", [query.encode("utf-8", "ignore").decode()]
    ).fetchall()


def test_what_may_not_be_shown_is_nowhere_in_the_index(tmp_path):
    texts = [
        Text(name="all", passages=("Lanterns everywhere.",)),
        Text(name="excerpt", passages=("Lanterns at first …",), policy="excerpt"),
        Text(name="metadata", passages=("Lanterns hidden beyond.",), title="Lanterns hidden", policy="metadata_only"),
        Text(name="gone", passages=("Lanterns withdrawn.",), state="withdrawn"),
    ]
    with duckdb.connect(str(published(texts, tmp_path)), read_only=True) as connection:
        found = connection.execute("SELECT contribution_id FROM search('lanterns') ORDER BY 1").fetchall()
        assert found == [("all",), ("excerpt",)]
        assert connection.execute("SELECT contribution_id FROM search('first')").fetchall() == [("excerpt",)]
        hidden = "SELECT count(*) FROM search_index.words WHERE word IN ('hidden', 'beyond', 'withdrawn')"
        assert connection.execute(hidden).fetchone() == (0,)


def test_the_index_is_the_same_however_many_words_are_counted_at_once(tmp_path, monkeypatch):
    rows = "SELECT * FROM search_index.{} ORDER BY ALL"
    tables = ("words", "contribution_postings", "passage_postings")
    made = []
    for rows_at_once, words_at_once in ((200_000, 24_000_000), (7, 50)):
        monkeypatch.setattr(search_index, "_ROWS", rows_at_once)
        monkeypatch.setattr(search_index, "_SLICE", words_at_once)
        folder = tmp_path / str(words_at_once)
        folder.mkdir()
        with duckdb.connect(str(published([*TEXTS, *SAID], folder)), read_only=True) as connection:
            made.append([connection.execute(rows.format(table)).fetchall() for table in tables])
            lengths = connection.execute(
                "SELECT count(*) FROM passages AS p JOIN search_index.documents AS d USING (contribution_id) "
                "LEFT JOIN (SELECT document, ordinal, sum(occurrences) AS length, max(length) AS noted "
                "FROM search_index.passage_postings GROUP BY ALL) AS n USING (document, ordinal) WHERE p.in_text "
                "AND (length IS DISTINCT FROM len(search_index.tokens(p.text)) OR length IS DISTINCT FROM noted)"
            ).fetchone()
            assert lengths == (0,)
    assert made[0] == made[1]


def test_an_archive_without_texts_can_be_searched(tmp_path):
    with duckdb.connect(str(published([], tmp_path)), read_only=True) as connection:
        assert connection.execute("FROM search('anything')").fetchall() == []
        assert connection.execute("FROM search_passages('anything')").fetchall() == []


def test_an_archive_without_texts_has_every_table_of_the_model(tmp_path):
    with duckdb.connect(str(published([], tmp_path)), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
    assert set(TABLES) <= {name for (name,) in tables}


def test_the_index_stands_apart_and_says_what_it_is(said):
    assert said.execute("SELECT count(*) FROM (SHOW TABLES) WHERE name IN ('words', 'documents')").fetchone() == (0,)
    comments = dict(
        said.execute("SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'search_index'").fetchall()
    )
    assert comments == {name: comment for name, (comment, _) in COMMENTS.items()}
    columns = "SELECT count(*) FROM duckdb_columns() WHERE schema_name = 'search_index' AND comment IS NULL"
    assert said.execute(columns).fetchone() == (0,)
    functions = (
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE schema_name = 'search_index' AND comment IS NULL"
    )
    assert said.execute(functions).fetchall() == []

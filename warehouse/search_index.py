"""The index for full-text search: tables of the schema `search_index`, made at publication.

Here belongs cutting the texts into words, finding their stems, and counting which word stands where. Not here: how a
query is understood and ranked; that is SQL, stored in the file (`sql/search`), so that any client can
search without this program.

What may not be shown is not indexed: neither withdrawn contributions nor those of which only metadata may be shown;
of an excerpt the tables hold no more than the excerpt.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

import duckdb
import pyarrow as pa
import Stemmer

from warehouse.schema import literal
from warehouse.statements import store

_SLICE = 8_000_000
"""Postings that are put in order at once."""
_ROWS = 200_000
"""Passages whose words are counted at once."""

_ENDINGS = 16
"""Endings of a language from which words are made that no text has."""
_BASES = 20_000
"""Stems, and words, of a language to which they are added: the most frequent ones."""

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Primary language subtag → Snowball's algorithm; words of other languages stand as they are written."""

COMMENTS = {
    "documents": (
        "What is searched, and what a hit shows of it: each contribution that may be shown.",
        {
            "document": "Row of `contributions` (its rowid).",
            "contribution_id": "The contribution.",
            "version": "Its current version.",
            "round_table_id": "Its round table.",
            "series_id": "The series of that.",
            "prompt_id": "The prompt that it answers.",
            "role": "Its part in the discussion.",
            "names": "Its speakers' names in order, joined.",
            "title": "Its own title.",
            "published_on": "The day of publication.",
            "language": "Primary language subtag, which chose the stemmer; null where nobody knows.",
            "head": "Title and standfirst, which are searched with the text.",
        },
    ),
    "words": (
        "Every word as it is written, folded, and the term that stands for all words of its stem.",
        {
            "word": "In lower case, without accents.",
            "term": "Number of the term: a stem in one language.",
            "forms": "All words of the term.",
            "contribution_weight": "BM25 of the term among contributions: idf × (k1 + 1).",
            "contribution_slope": "k1 × b ÷ average length of a contribution in words.",
            "passage_weight": "The same among passages; null where no passage has it.",
            "passage_slope": "The same among passages.",
        },
    ),
    "contribution_postings": (
        "Which contribution has a term how often, in order of term.",
        {
            "term": "The term.",
            "document": "The contribution.",
            "occurrences": "How often it has the term.",
            "length": "Its length in words.",
        },
    ),
    "passage_postings": (
        "Which passage has a term how often, in order of term.",
        {
            "term": "The term.",
            "passage": "Row of `passages` (its rowid).",
            "document": "Its contribution.",
            "occurrences": "How often it has the term.",
            "length": "Its length in words.",
        },
    ),
}
"""Each table of the index: what a row is, and its columns."""

_DOCUMENTS = """
CREATE TABLE search_index.documents AS
SELECT
    c.rowid::INTEGER AS document, c.contribution_id, c.version, c.round_table_id, r.series_id, c.prompt_id, c.role,
    s.names, c.title, c.published_on, lower(regexp_extract(c.language, '^[A-Za-z]+')) AS language,
    concat_ws(' ', c.title, c.standfirst) AS head
FROM contributions AS c
LEFT JOIN round_tables AS r USING (round_table_id)
LEFT JOIN speakers AS s USING (contribution_id)
WHERE c.state = 'available' AND c.storage_policy <> 'metadata_only'
ORDER BY document
"""
_PLACES = """
CREATE TEMP TABLE places AS
SELECT p.rowid::INTEGER AS passage, d.document, d.language
FROM passages AS p
JOIN search_index.documents AS d USING (contribution_id, version)
WHERE p.in_text
ORDER BY passage
"""
_PIECES = """
CREATE TEMP VIEW pieces AS
SELECT l.document, l.passage, l.language, p.text FROM passages AS p JOIN places AS l ON l.passage = p.rowid
UNION ALL
SELECT document, NULL, language, head FROM search_index.documents WHERE head <> ''
"""
_VOCABULARY = """
SELECT language, token, count(*) AS occurrences
FROM (SELECT language, unnest(search_index.tokens(text)) AS token FROM pieces)
GROUP BY ALL
"""
# A folded word has one stem in each language: that of its most frequent spelling.
_TERMS = """
CREATE TEMP TABLE tokens AS
WITH stemmed AS (
    SELECT
        language, token, search_index.fold(token) AS word,
        first(search_index.fold(stem)) OVER (
            PARTITION BY language, search_index.fold(token) ORDER BY occurrences DESC, token
        ) AS stem
    FROM vocabulary
)
SELECT language, token, word, stem, (dense_rank() OVER (ORDER BY stem, language) - 1)::INTEGER AS term
FROM stemmed
WHERE word <> '' AND stem <> ''
"""
_INFLECTED = """
CREATE TEMP TABLE inflected AS
SELECT DISTINCT search_index.fold(i.token) AS word, t.term
FROM inflections AS i
JOIN (SELECT DISTINCT language, stem, term FROM tokens) AS t
    ON t.language = i.language AND t.stem = search_index.fold(i.stem)
WHERE NOT EXISTS (SELECT 1 FROM tokens AS k WHERE k.language = i.language AND k.word = search_index.fold(i.token))
"""
_COUNTED = """
INSERT INTO counted
SELECT t.term, w.document, w.passage, count(*)::INTEGER
FROM (
    SELECT document, passage, language, unnest(search_index.tokens(text)) AS token
    FROM pieces
    WHERE document BETWEEN ? AND ?
) AS w
JOIN tokens AS t ON t.token = w.token AND t.language IS NOT DISTINCT FROM w.language
GROUP BY ALL
"""
_LENGTHS = """
CREATE TEMP TABLE passage_lengths AS
SELECT passage, sum(occurrences)::INTEGER AS length FROM counted WHERE passage IS NOT NULL GROUP BY passage;
CREATE TEMP TABLE lengths AS
SELECT document, sum(occurrences)::INTEGER AS length FROM counted GROUP BY document
"""
_PASSAGE_POSTINGS = """
CREATE TABLE search_index.passage_postings AS
SELECT c.term, c.passage, c.document, c.occurrences, l.length
FROM counted AS c
JOIN passage_lengths AS l USING (passage)
ORDER BY c.term, c.passage
"""
_CONTRIBUTION_POSTINGS = """
INSERT INTO search_index.contribution_postings
SELECT c.term, c.document, sum(c.occurrences)::INTEGER, any_value(l.length)
FROM (
    SELECT term, document, occurrences FROM search_index.passage_postings WHERE term BETWEEN $low AND $high
    UNION ALL
    SELECT term, document, occurrences FROM counted WHERE passage IS NULL AND term BETWEEN $low AND $high
) AS c
JOIN lengths AS l USING (document)
GROUP BY c.term, c.document
ORDER BY c.term, c.document
"""
# BM25 with k1 = 1.2 and b = 0.75; what does not depend on the text is reckoned here.
_WORDS = """
CREATE TABLE search_index.words AS
WITH among AS (
    SELECT term, count(*) AS found FROM search_index.contribution_postings GROUP BY term
),
within AS (
    SELECT term, count(*) AS found FROM search_index.passage_postings GROUP BY term
),
spelt AS (
    SELECT term, list(DISTINCT word ORDER BY word) AS forms FROM tokens GROUP BY term
),
averages AS (
    SELECT
        (SELECT count(*) FROM lengths) AS contributions, (SELECT avg(length) FROM lengths) AS contribution_length,
        (SELECT count(*) FROM passage_lengths) AS passages, (SELECT avg(length) FROM passage_lengths) AS passage_length
)
SELECT
    word, term, forms,
    2.2 * ln(1 + (contributions - among.found + 0.5) / (among.found + 0.5)) AS contribution_weight,
    (0.9 / contribution_length)::DOUBLE AS contribution_slope,
    2.2 * ln(1 + (passages - within.found + 0.5) / (within.found + 0.5)) AS passage_weight,
    (0.9 / passage_length)::DOUBLE AS passage_slope
FROM (
    SELECT term, unnest(forms) AS word, forms FROM spelt
    UNION ALL
    SELECT term, word, forms FROM inflected JOIN spelt USING (term)
)
CROSS JOIN averages
JOIN among USING (term)
LEFT JOIN within USING (term)
ORDER BY word, term
"""


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the schema `search_index` in the connection's current database, whose tables and views are filled.

    Temporary tables are left behind.
    """
    connection.execute("CREATE SCHEMA search_index")
    store(connection, "search/functions")
    connection.execute(_DOCUMENTS)
    connection.execute(_PLACES)
    connection.execute(_PIECES)
    _stem(connection)
    connection.execute(
        "CREATE TEMP TABLE counted (term INTEGER, document INTEGER, passage INTEGER, occurrences INTEGER)"
    )
    for low, high in _slices(
        connection, "SELECT document, count(*) FROM pieces GROUP BY document ORDER BY document", _ROWS
    ):
        connection.execute(_COUNTED, [low, high])
    connection.execute(_LENGTHS)
    connection.execute(_PASSAGE_POSTINGS)
    connection.execute(
        "CREATE TABLE search_index.contribution_postings "
        "(term INTEGER, document INTEGER, occurrences INTEGER, length INTEGER)"
    )
    sizes = "SELECT term, count(*) FROM counted GROUP BY term ORDER BY term"
    for low, high in _slices(connection, sizes, _SLICE):
        connection.execute(_CONTRIBUTION_POSTINGS, {"low": low, "high": high})
    connection.execute(_WORDS)
    store(connection, "search/macros")
    for table, (comment, columns) in COMMENTS.items():
        connection.execute(f"COMMENT ON TABLE search_index.{table} IS {literal(comment)}")
        for column, words in columns.items():
            connection.execute(f"COMMENT ON COLUMN search_index.{table}.{column} IS {literal(words)}")


def _stem(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of tokens, each spelling of each language with its term, and of inflections that no text has."""
    found = connection.sql(_VOCABULARY).to_arrow_table().to_pydict()
    stems: list[str] = list(found["token"])
    inflections: list[tuple[str, str, str]] = []
    by_language: dict[str | None, list[int]] = {}
    for row, language in enumerate(found["language"]):
        by_language.setdefault(language, []).append(row)
    for language, rows in by_language.items():
        if language in _ALGORITHMS:
            stemmer = Stemmer.Stemmer(_ALGORITHMS[language])
            words = [stems[row] for row in rows]
            counts = [found["occurrences"][row] for row in rows]
            stemmed = stemmer.stemWords(words)
            for row, stem in zip(rows, stemmed, strict=True):
                stems[row] = stem
            inflections += [(language, *one) for one in inflected(stemmer, words, stemmed, counts)]
    with _registered(connection, "vocabulary", {**found, "stem": stems}):
        connection.execute(_TERMS)
    columns = zip(*inflections, strict=True) if inflections else ((), (), ())
    with _registered(connection, "inflections", dict(zip(("language", "token", "stem"), columns, strict=True))):
        connection.execute(_INFLECTED)


def inflected(
    stemmer: Stemmer.Stemmer, words: Sequence[str], stems: Sequence[str], counts: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Words that stand in no text, each with its stem: who asks for `worker` shall find `workers`.

    They are made of the most frequent stems and words, and of the endings that are most frequent among the words
    themselves; the stemmer has the last word.
    """
    known = set(words)
    endings: Counter[tuple[int, str]] = Counter()
    frequent: Counter[str] = Counter()
    for word, stem, count in zip(words, stems, counts, strict=True):
        shared = _shared(word, stem)
        endings[len(stem) - shared, word[shared:]] += 1
        frequent[stem] += count
    ends = {(0, ""), *sorted(endings, key=lambda end: (-endings[end], end))[:_ENDINGS]}
    bases = [(stem, stem) for stem in sorted(frequent, key=lambda stem: (-frequent[stem], stem))[:_BASES]]
    in_order = sorted(zip(words, stems, counts, strict=True), key=lambda one: (-one[2], one[0]))
    bases += [(stem, word) for word, stem, _ in in_order[:_BASES]]
    made = sorted({(stem, base[: len(base) - cut] + end) for stem, base in bases for cut, end in ends})
    made = [(stem, word) for stem, word in made if word and word not in known]
    for (stem, word), again in zip(made, stemmer.stemWords([word for _, word in made]), strict=True):
        if again == stem:
            yield word, stem


def _shared(one: str, other: str) -> int:
    """How many signs two words begin with in common."""
    same = (a == b for a, b in zip(one, other, strict=False))
    return sum(takewhile(bool, same))


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, Any]) -> Iterator[None]:
    """Columns of Python values, as a table that SQL can name."""
    types = {"occurrences": pa.int64()}
    table = pa.table({key: pa.array(values, types.get(key, pa.string())) for key, values in columns.items()})
    connection.register(name, table)
    try:
        yield
    finally:
        connection.unregister(name)


def _slices(connection: duckdb.DuckDBPyConnection, sizes: str, most: int) -> Iterator[tuple[int, int]]:
    """Ranges of consecutive numbers that hold about `most` each; `sizes` gives each number and what it holds."""
    low, high, held = None, 0, 0
    for number, size in connection.execute(sizes).fetchall():
        if low is not None and held + size > most:
            yield low, high
            low, held = None, 0
        low = number if low is None else low
        high, held = number, held + size
    if low is not None:
        yield low, high

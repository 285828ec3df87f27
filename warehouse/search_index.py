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

_SLICE = 24_000_000
"""Words of texts that are put in order at once."""
_ROWS = 200_000
"""Passages that are cut into words at once."""

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
    "places": (
        "Where the passages are that are searched.",
        {
            "document": "The contribution.",
            "ordinal": "The passage.",
            "passage": "Row of `passages` (its rowid).",
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
            "document": "The contribution.",
            "ordinal": "The passage; 0 is title and standfirst, which count as none.",
            "occurrences": "How often it has the term.",
            "length": "The length of the passage in words.",
        },
    ),
}
"""Each table of the index: what a row is, and its columns."""

_DOCUMENTS = """
CREATE TABLE search_index.documents AS
SELECT
    c.rowid::INTEGER AS document, c.contribution_id, c.version, c.round_table_id, r.series_id, c.prompt_id, c.role,
    s.names, c.title, c.published_on, lower(regexp_extract(c.language, '^[A-Za-z]+')) AS language,
    concat_ws(E'\\n\\n', c.title, c.standfirst) AS head
FROM contributions AS c
LEFT JOIN round_tables AS r USING (round_table_id)
LEFT JOIN speakers AS s USING (contribution_id)
WHERE c.state = 'available' AND c.storage_policy <> 'metadata_only'
ORDER BY document
"""
_STRIDE = """
SELECT
    coalesce((SELECT max(ordinal) FROM passages), 0) + 1,
    coalesce((SELECT max(document) FROM search_index.documents), 0)
"""
_PIECES = """
CREATE TEMP TABLE pieces AS
SELECT
    (document * {stride} + ordinal)::{place} AS place, document, ordinal, passage::INTEGER AS passage, language,
    (dense_rank() OVER (ORDER BY language))::SMALLINT AS tongue,
    (row_number() OVER (ORDER BY document, ordinal))::INTEGER AS number
FROM (
    SELECT d.document::BIGINT AS document, p.ordinal, d.language, p.rowid AS passage
    FROM passages AS p
    JOIN search_index.documents AS d USING (contribution_id, version)
    WHERE p.in_text
    UNION ALL
    SELECT document, 0, language, NULL FROM search_index.documents WHERE head <> ''
)
"""
_PLACES = """
CREATE TABLE search_index.places AS
SELECT document::INTEGER AS document, ordinal, passage FROM pieces WHERE ordinal > 0 ORDER BY document, ordinal
"""
_TOKENS = """
CREATE OR REPLACE TEMP TABLE tokens AS
SELECT place, tongue, unnest(search_index.tokens(text)) AS token
FROM (
    SELECT place, tongue, number, text FROM passages AS p JOIN pieces AS l ON l.passage = p.rowid
    UNION ALL
    SELECT place, tongue, number, head FROM search_index.documents JOIN pieces USING (document) WHERE ordinal = 0
)
WHERE number BETWEEN ? AND ?
"""
_SPELLINGS = """
INSERT INTO spellings
SELECT (SELECT count(*) FROM spellings) + row_number() OVER (), tongue, token
FROM (SELECT DISTINCT tongue, token FROM tokens)
ANTI JOIN spellings USING (tongue, token)
"""
_SAID = "INSERT INTO said SELECT spelling, place FROM tokens JOIN spellings USING (tongue, token)"
_VOCABULARY = """
SELECT language, token, spelling, occurrences
FROM (SELECT spelling, count(*) AS occurrences FROM said GROUP BY spelling)
JOIN spellings USING (spelling)
JOIN (SELECT DISTINCT tongue, language FROM pieces) USING (tongue)
"""
# A folded word has one stem in each language: that of its most frequent spelling.
_STEMS = """
CREATE TEMP TABLE stems AS
WITH stemmed AS (
    SELECT
        language, spelling, occurrences, search_index.fold(token) AS word,
        first(search_index.fold(stem)) OVER (
            PARTITION BY language, search_index.fold(token) ORDER BY occurrences DESC, token
        ) AS stem
    FROM vocabulary
)
SELECT *, (dense_rank() OVER (ORDER BY stem, language) - 1)::INTEGER AS term
FROM stemmed
WHERE word <> '' AND stem <> ''
"""
_INFLECTED = """
CREATE TEMP TABLE inflected AS
SELECT DISTINCT search_index.fold(i.token) AS word, t.term
FROM inflections AS i
JOIN (SELECT DISTINCT language, stem, term FROM stems) AS t
    ON t.language = i.language AND t.stem = search_index.fold(i.stem)
WHERE NOT EXISTS (SELECT 1 FROM stems AS k WHERE k.language = i.language AND k.word = search_index.fold(i.token))
"""
_LENGTHS = """
CREATE TEMP TABLE passage_lengths AS
SELECT place, count(*)::INTEGER AS length FROM said SEMI JOIN stems USING (spelling) GROUP BY place;
CREATE TEMP TABLE lengths AS
SELECT place // {stride} AS place, sum(length)::INTEGER AS length FROM passage_lengths GROUP BY ALL
"""
_RANGES = """
SELECT min(term), max(term)
FROM (SELECT term, sum(sum(occurrences)) OVER (ORDER BY term) // {slice} AS slice FROM stems GROUP BY term)
GROUP BY slice
ORDER BY slice
"""
_SORTED = """
CREATE OR REPLACE TEMP TABLE sorted AS
SELECT term, place FROM said JOIN stems USING (spelling) WHERE term BETWEEN ? AND ? ORDER BY term, place
"""
# A window without an order runs along the rows as they stand, and `_SORTED` has put them in order: what is alike is
# counted without being sorted or hashed again.
_RUNS = """
CREATE OR REPLACE TEMP TABLE runs AS
SELECT term, place, (upto - lag(upto, 1, 0) OVER ())::INTEGER AS occurrences
FROM (
    SELECT
        term, place, row_number() OVER () AS upto,
        lead(term) OVER () IS DISTINCT FROM term OR lead(place) OVER () IS DISTINCT FROM place AS is_last
    FROM (SELECT term, {place} AS place FROM sorted)
)
WHERE is_last
"""
# The smaller side of the join is looked up, and the other keeps its order: of large slices that is `runs`.
_PASSAGE_POSTINGS = """
INSERT INTO search_index.passage_postings
SELECT term, place // {stride}, place % {stride}, occurrences, length FROM runs JOIN passage_lengths USING (place)
"""
_CONTRIBUTION_POSTINGS = """
INSERT INTO search_index.contribution_postings
SELECT term, place, occurrences, length FROM runs JOIN lengths USING (place)
"""
# BM25 with k1 = 1.2 and b = 0.75; what does not depend on the text is reckoned here.
_WORDS = """
CREATE TABLE search_index.words AS
WITH among AS (
    SELECT term, count(*) AS found FROM search_index.contribution_postings GROUP BY term
),
within AS (
    SELECT term, count(*) AS found FROM search_index.passage_postings WHERE ordinal > 0 GROUP BY term
),
spelt AS (
    SELECT term, list(DISTINCT word ORDER BY word) AS forms FROM stems GROUP BY term
),
averages AS (
    SELECT
        (SELECT count(*) FROM lengths) AS contributions, (SELECT avg(length) FROM lengths) AS contribution_length,
        (SELECT count(*) FROM passage_lengths WHERE place % {stride} > 0) AS passages,
        (SELECT avg(length) FROM passage_lengths WHERE place % {stride} > 0) AS passage_length
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
    stride = _listen(connection)
    _stem(connection)
    _count(connection, stride)
    connection.execute(_WORDS.format(stride=stride))
    store(connection, "search/macros")
    for table, (comment, columns) in COMMENTS.items():
        connection.execute(f"COMMENT ON TABLE search_index.{table} IS {literal(comment)}")
        for column, words in columns.items():
            connection.execute(f"COMMENT ON COLUMN search_index.{table}.{column} IS {literal(words)}")


def _listen(connection: duckdb.DuckDBPyConnection) -> int:
    """Make the tables `said`, a row for each word that stands anywhere, and `spellings`; the stride of places.

    A place is one number for a document and an ordinal, so many to a document, and the ordinal 0 is its head. Texts are
    cut into words once, some at a time: what stays of a word are two numbers.
    """
    [(stride, last)] = connection.execute(_STRIDE).fetchall()
    place = "INTEGER" if (last + 1) * stride < 2**31 else "BIGINT"
    connection.execute(_PIECES.format(stride=stride, place=place))
    connection.execute(_PLACES)
    connection.execute("CREATE TEMP TABLE spellings (spelling INTEGER, tongue SMALLINT, token VARCHAR)")
    connection.execute(f"CREATE TEMP TABLE said (spelling INTEGER, place {place})")
    [(pieces,)] = connection.execute("SELECT count(*) FROM pieces").fetchall()
    for first in range(1, pieces + 1, _ROWS):
        connection.execute(_TOKENS, [first, first + _ROWS - 1])
        connection.execute(_SPELLINGS)
        connection.execute(_SAID)
    connection.execute("DROP TABLE IF EXISTS temp.tokens")
    return int(stride)


def _stem(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of stems, each spelling of each language with its term, and of inflections that no text has."""
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
        connection.execute(_STEMS)
    columns = zip(*inflections, strict=True) if inflections else ((), (), ())
    with _registered(connection, "inflections", dict(zip(("language", "token", "stem"), columns, strict=True))):
        connection.execute(_INFLECTED)


def _count(connection: duckdb.DuckDBPyConnection, stride: int) -> None:
    """Make the tables of postings, some terms at a time."""
    connection.execute(_LENGTHS.format(stride=stride))
    counted = "occurrences INTEGER, length INTEGER"
    connection.execute(f"CREATE TABLE search_index.contribution_postings (term INTEGER, document INTEGER, {counted})")
    connection.execute(
        f"CREATE TABLE search_index.passage_postings (term INTEGER, document INTEGER, ordinal INTEGER, {counted})"
    )
    for terms in connection.execute(_RANGES.format(slice=_SLICE)).fetchall():
        connection.execute(_SORTED, terms)
        connection.execute(_RUNS.format(place="place"))
        connection.execute(_PASSAGE_POSTINGS.format(stride=stride))
        connection.execute(_RUNS.format(place=f"place // {stride}"))
        connection.execute(_CONTRIBUTION_POSTINGS)
    connection.execute("DROP TABLE IF EXISTS temp.sorted; DROP TABLE IF EXISTS temp.runs; DROP TABLE temp.said")


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
    types = {"occurrences": pa.int64(), "spelling": pa.int32()}
    table = pa.table({key: pa.array(values, types.get(key, pa.string())) for key, values in columns.items()})
    connection.register(name, table)
    try:
        yield
    finally:
        connection.unregister(name)

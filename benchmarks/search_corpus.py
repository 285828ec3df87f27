"""Texts for the benchmark of the search: invented words, as often as words are in natural texts (Zipf).

Here belongs making them and putting them into a database with the tables of a release. Not here: what is measured.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from archive.model.table import TABLES
from warehouse.publish import STORAGE_VERSION
from warehouse.schema import create_table, literal
from warehouse.statements import store

PASSAGES, WORDS, VOCABULARY = 10, 70, 200_000
"""Passages of a contribution, words of a passage, and different words that the texts are drawn from."""
_STEP = 2000
_ONSETS = "b c d f g h k l m n p r s t v w st tr pl".split()
_RIMES = "a e i o u an er on ti al".split()
_ENDINGS = ["", "s", "ed", "ing", "ity", "ment"]


def vocabulary() -> list[str]:
    """Words by falling frequency; several are inflections of one stem."""
    syllables = [onset + rime for onset in _ONSETS for rime in _RIMES]

    def stem(number: int) -> str:
        word, number = "", number + 1
        while number:
            number, digit = divmod(number, len(syllables))
            word += syllables[digit]
        return word

    return [stem(number // 3) + _ENDINGS[number * 7 % 6] for number in range(VOCABULARY)]


def drawn(seed: int, size: int) -> np.ndarray:
    """Numbers of words, drawn as often as their rank says."""
    shares = 1 / np.arange(1, VOCABULARY + 1)
    return np.searchsorted(np.cumsum(shares / shares.sum()), np.random.default_rng(seed).random(size))


def make(path: Path, contributions: int) -> None:
    """A database with the tables of a release, so many contributions and their passages; it has no index yet."""
    words = np.array(vocabulary(), dtype=object)
    with duckdb.connect() as connection:
        connection.execute(
            f"ATTACH {literal(str(path))} AS made (STORAGE_VERSION {literal(STORAGE_VERSION)}); USE made"
        )
        for table in TABLES.values():
            connection.execute(create_table(table))
        store(connection, "views")
        for first in range(0, contributions, _STEP):
            count = min(_STEP, contributions - first)
            ids = [f"series/q{number % 97}/person-{number:06}" for number in range(first, first + count)]
            table = words[drawn(first, count * PASSAGES * WORDS)].reshape(count * PASSAGES, WORDS)
            texts = [" ".join(row) for row in table]
            whole = ["\n\n".join(texts[at : at + PASSAGES]) for at in range(0, len(texts), PASSAGES)]
            rows = pa.table({"id": ids, "text": whole})
            connection.register("rows", rows)
            connection.execute(
                "INSERT INTO contributions BY NAME SELECT id AS contribution_id, 1 AS version, 'response' AS role, "
                "text, 700 AS word_count, 'en' AS language, 'full_text' AS storage_policy, 'available' AS state, "
                "'https://example.org/' || id AS url, 'c-0' AS capture_id FROM rows"
            )
            parts = pa.table({"id": np.repeat(ids, PASSAGES), "n": list(range(1, PASSAGES + 1)) * count, "text": texts})
            connection.register("parts", parts)
            connection.execute(
                "INSERT INTO passages BY NAME SELECT id AS contribution_id, 1 AS version, n AS ordinal, "
                "'paragraph' AS kind, true AS in_text, text, 'p' AS locator, 'c-0' AS capture_id FROM parts"
            )
        connection.execute("CHECKPOINT made")


def queries(number: int) -> list[str]:
    """Queries of one to three words, drawn as the texts are."""
    words = vocabulary()
    found = iter(drawn(4242, number * 3))
    return [" ".join(words[next(found)] for _ in range(1 + place % 3)) for place in range(number)]

"""A ConvoKit corpus back into rows: what `convokit` wrote, as rows of the tables that it came from.

Here belongs reading our own metadata, also from a corpus that ConvoKit dumped again. What the corpus does not hold is
not made up: the place of each passage in its page, other versions than the current one, media, and evidence.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.model.table import TABLES
from warehouse.exports.convokit import META, OF_A_PASSAGE
from warehouse.exports.published import Row

Rows = dict[str, list[Row]]


def rows(folder: Path) -> Rows:
    """Table → rows, in the order of the corpus.

    Raises:
        OSError, ValueError: a file is missing, or is no JSON.
    """
    found: Rows = defaultdict(list)
    for table, row in (*_conversations(folder), *_speakers(folder), *_utterances(folder)):
        typed = {name: _value(table, name, value) for name, value in row.items()}
        if table in {"contributions", "passages", "participations", "affiliations"} or typed not in found[table]:
            found[table].append(typed)
    return dict(found)


def _conversations(folder: Path) -> Iterator[tuple[str, Row]]:
    tables = {"round_table": "round_tables", "series": "series", "prompt": "prompts"}
    for one in json.loads((folder / "conversations.json").read_text()).values():
        yield from ((table, one["meta"][name]) for name, table in tables.items() if one["meta"][name])


def _speakers(folder: Path) -> Iterator[tuple[str, Row]]:
    tables = {"person": "people", "organisation": "organisations", "participant": "round_table_participants"}
    for one in json.loads((folder / "speakers.json").read_text()).values():
        for member in one["meta"]["members"]:
            yield from ((tables[kind], row) for kind, row in member.items() if kind in tables)


def _utterances(folder: Path) -> Iterator[tuple[str, Row]]:
    with (folder / "utterances.jsonl").open(encoding="ascii") as lines:
        for line in lines:
            one = json.loads(line)
            meta = one["meta"]
            if meta["synthetic"]:
                continue
            key = {"contribution_id": one["id"], "version": meta["version"]}
            yield "contributions", {**key, "text": one["text"], **{name: meta[name] for name in META}}
            begin = 0
            for part in meta["passages"]:
                end = begin + part["length"]
                noted = {name: part[name] for name in OF_A_PASSAGE}
                yield "passages", {**key, **noted, "text": one["text"][begin:end]}
                begin = end + len("\n\n")
            for voice in meta["voices"]:
                yield from (("affiliations", row) for row in voice.pop("affiliations"))
                yield "participations", voice
            yield from (("relations", row) for row in meta["addressees"])


def _value(table: str, name: str, value: Any) -> Any:  # noqa: ANN401 - a value of any column
    (kind,) = (column.type for column in TABLES[table].columns if column.name == name)
    if value is None or not issubclass(kind, dt.date):
        return value
    made = kind.fromisoformat(value)
    return made.replace(tzinfo=None) if isinstance(made, dt.datetime) else made

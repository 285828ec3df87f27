"""ConvoKit: a corpus folder with a conversation for each prompt, opened by the prompt itself.

Here belongs how a round table becomes utterances. A prompt is an utterance that nobody made: its `meta` says
`synthetic`, and its speaker is the round table's convenors. What answers no prompt stands in a conversation under the
round table's title; what belongs to no round table is a conversation of its own. An utterance has one speaker and one
addressee: of a joint contribution that is a speaker with several `members`; of several addressees `reply-to` is the
first that was heard before in the same conversation, and `meta` has all of them as `addressees`. `convokit_back` reads
it all back. The files are ASCII, as ConvoKit opens them in whatever encoding the machine prefers.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from archive.model.table import TABLES
from warehouse.exports.discussions import Discussion, Said, Voice, discussions
from warehouse.exports.published import Published, Row

_VERSION = 1
_ADDRESSING = {"responds_to", "replies_to", "follows_up", "comments_on"}
_UNNAMED = "unnamed"
_LISTS = ("voices", "passages", "addressees")
OF_THE_UTTERANCE = ("contribution_id", "text")
"""Columns that are no metadata: ConvoKit has fields for them."""
OF_A_PASSAGE = ("ordinal", "kind", "capture_id")
"""What is noted of a passage beside its length in characters: its words are a part of the utterance's."""
META = tuple(column.name for column in TABLES["contributions"].columns if column.name not in OF_THE_UTTERANCE)


@dataclass(slots=True)
class _Corpus:
    """The open files, and the speakers that were heard so far."""

    utterances: IO[str]
    conversations: IO[str]
    speakers: dict[str, Row] = field(default_factory=dict)
    has_conversations: bool = False

    def conversation(self, name: str, meta: Row) -> None:
        comma = "," if self.has_conversations else ""
        self.has_conversations = True
        self.conversations.write(f"{comma}\n{json.dumps(name)}: {_json({'meta': meta, 'vectors': []})}")

    def utterance(self, **values: Any) -> None:  # noqa: ANN401 - a JSON value each
        self.utterances.write(_json(values | {"vectors": []}) + "\n")


def write(published: Published, folder: Path) -> None:
    """Write a corpus into `folder`."""
    with ExitStack() as files:

        def opened(name: str) -> IO[str]:
            return files.enter_context((folder / name).open("w", encoding="ascii"))

        corpus = _Corpus(opened("utterances.jsonl"), opened("conversations.json"))
        corpus.conversations.write("{")
        for discussion, contributions in discussions(published):
            _write_discussion(corpus, discussion, contributions)
        corpus.conversations.write("\n}\n")
        opened("speakers.json").write(
            _json({name: {"meta": meta, "vectors": []} for name, meta in corpus.speakers.items()})
        )
        release = published.release
        opened("corpus.json").write(
            _json({"name": "round-tables", "release_id": release.release_id, "digest": f"sha256:{release.digest}"})
        )
        opened("index.json").write(_json(_index()))


def _write_discussion(corpus: _Corpus, discussion: Discussion, contributions: Iterable[Said]) -> None:
    prompts = {row["prompt_id"]: row for row in discussion.prompts}
    for prompt_id, group in groupby(contributions, key=lambda one: one.row["prompt_id"]):
        if discussion.row is None:
            for one in group:
                corpus.conversation(one.row["contribution_id"], _about(None, None))
                _write_answers(corpus, discussion, None, [one])
            continue
        root = prompt_id or discussion.row["round_table_id"]
        _write_prompt(corpus, discussion, prompts.pop(prompt_id, None))
        _write_answers(corpus, discussion, root, group)
    for row in prompts.values():
        _write_prompt(corpus, discussion, row)


def _write_prompt(corpus: _Corpus, discussion: Discussion, prompt: Row | None) -> None:
    """Open a conversation with what is asked, or with the title of the round table."""
    table = discussion.row or {}
    name = prompt["prompt_id"] if prompt else table["round_table_id"]
    speaker = f"{table['round_table_id']}#convenors"
    members = [{"participant": row} for row in discussion.participants if row["role"] == "convenor"]
    corpus.speakers[speaker] = {"kind": "convenors", "name": _listed(members), "synthetic": True, "members": members}
    corpus.conversation(name, _about(discussion, prompt))
    corpus.utterance(
        id=name,
        conversation_id=name,
        text=(prompt["text"] or "") if prompt else table["title"],
        speaker=speaker,
        meta={"synthetic": True, **dict.fromkeys(META), **{name: [] for name in _LISTS}},
        **{"reply-to": None, "timestamp": None},
    )


def _write_answers(corpus: _Corpus, discussion: Discussion, root: str | None, group: Iterable[Said]) -> None:
    heard: set[str] = set()
    for one in group:
        row = one.row
        name = row["contribution_id"]
        corpus.utterance(
            id=name,
            conversation_id=root or name,
            text=row["text"],
            speaker=_speaker(corpus, discussion, one.voices, name),
            meta={
                "synthetic": False,
                **{column: row[column] for column in META},
                "voices": [{**voice.row, "affiliations": voice.affiliations} for voice in one.voices],
                "passages": [
                    {"length": len(part["text"])} | {name: part[name] for name in OF_A_PASSAGE} for part in one.passages
                ],
                "addressees": one.relations,
            },
            **{"reply-to": next(_addressed(one, heard), root), "timestamp": _seconds(row["published_at"])},
        )
        heard.add(name)


def _addressed(one: Said, heard: set[str]) -> Iterator[str]:
    return (row["to_id"] for row in one.relations if row["type"] in _ADDRESSING and row["to_id"] in heard)


def _speaker(corpus: _Corpus, discussion: Discussion, voices: list[Voice], name: str) -> str:
    """The speaker of an utterance; whoever speaks is noted in the corpus."""
    if not voices:
        corpus.speakers[_UNNAMED] = {"kind": _UNNAMED, "name": "", "synthetic": False, "members": []}
        return _UNNAMED
    ids, members = [], []
    for voice in voices:
        kind = "person" if voice.row["person_id"] else "organisation"
        known = voice.row[f"{kind}_id"]
        rows = discussion.people if kind == "person" else discussion.organisations
        found = next((row for row in rows if row[f"{kind}_id"] == known), None)
        ids.append(known or f"{name}#{voice.row['position']}")
        members.append({kind: found} if found else {"name": voice.row["name_as_printed"]})
    speaker = "+".join(ids)
    kind = "joint" if len(voices) > 1 else voices[0].row["agent_kind"]
    corpus.speakers[speaker] = {"kind": kind, "name": _listed(members), "synthetic": False, "members": members}
    return speaker


def _listed(members: list[Row]) -> str:
    names = []
    for member in members:
        ((_, value),) = member.items()
        names.append(value if isinstance(value, str) else value.get("name") or value.get("name_as_printed"))
    return ", ".join(names)


def _about(discussion: Discussion | None, prompt: Row | None) -> Row:
    """The metadata of a conversation."""
    return {
        "round_table": discussion.row if discussion else None,
        "series": discussion.series if discussion else None,
        "prompt": prompt,
    }


def _seconds(at: dt.datetime | None) -> int | None:
    return int(at.replace(tzinfo=dt.UTC).timestamp()) if at else None


def _index() -> Row:
    """The types of all metadata, as ConvoKit notes them."""
    of_columns = {column.name: [str(column.type)] for column in TABLES["contributions"].columns if column.name in META}
    as_text = {name: ["<class 'str'>"] if "datetime" in kinds[0] else kinds for name, kinds in of_columns.items()}
    lists = {name: ["<class 'list'>"] for name in _LISTS}
    return {
        "utterances-index": {"synthetic": ["<class 'bool'>"], **as_text, **lists},
        "speakers-index": {
            "kind": ["<class 'str'>"], "name": ["<class 'str'>"], "synthetic": ["<class 'bool'>"],
            "members": ["<class 'list'>"],
        },
        "conversations-index": {name: ["<class 'dict'>"] for name in ("round_table", "series", "prompt")},
        "overall-index": {name: ["<class 'str'>"] for name in ("name", "release_id", "digest")},
        "version": _VERSION,
        "vectors": [],
    }  # fmt: skip


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(
        value, default=lambda one: f"{one.isoformat()}Z" if isinstance(one, dt.datetime) else one.isoformat()
    )

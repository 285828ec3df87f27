"""A proposal as the text of a register file: TOML with the witness of each value beside it.

Here belongs the writing alone; what was written is read back by the same schema as any file of the register. Not
here: what is proposed (`proposal`).
"""

import datetime as dt
import json
import tomllib
from typing import Any

from archive.normalise.text import squeeze
from archive.sources.proposal import Proposal, Section, Value
from archive.sources.schema import RoundTableFile

_LONGEST_NOTE = 180


def text(proposal: Proposal, origin: str) -> str:
    """The file.

    Args:
        proposal: what the page says.
        origin: where the page was taken from, in words: a capture, a file.
    """
    lines = [
        f"# Proposed from {proposal.url} ({squeeze(origin)}).",
        "# Beside each value stands where the page states it. Correct and complete them; then type",
        f"# `roundtable sources accept {proposal.id}`. Until then nothing here is fetched or published.",
    ]
    if proposal.series:
        lines += ["#", "# What the page states of its series, to be compared with source.toml:"]
        lines += [f"#   {value.key} = {literal(value.value)}{_beside(value)}" for value in proposal.series]
    for section in proposal.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def parsed(toml: str) -> RoundTableFile:
    """The file as the register would read it."""
    return RoundTableFile.model_validate(tomllib.loads(toml))


def literal(value: Any) -> str:  # noqa: ANN401 - any value of the schema
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {literal(item)}' for key, item in value.items())} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _section(section: Section) -> list[str]:
    note = [f"# {_note(section.note)}"] if section.note else []
    return [*note, section.header, *(f"{one.key} = {literal(one.value)}{_beside(one)}" for one in section.values)]


def _beside(value: Value) -> str:
    return f"  # {_note(value.witness)}" if value.witness else ""


def _note(words: str) -> str:
    """Words on one line, without what a comment may not hold."""
    line = "".join(char for char in squeeze(words) if char.isprintable())
    return line if len(line) <= _LONGEST_NOTE else line[: _LONGEST_NOTE - 1] + "…"

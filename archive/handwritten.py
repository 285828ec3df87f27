"""Files that people write: their bytes, and what is wrong in one: the key, and in which way.

Here belongs what configuration, register, corrections and decisions do alike. Not here: their keys, and what follows
from a mistake.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.codes import Code, RoundtableError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MOST_BYTES = 10_000_000
"""No person writes more; what is longer has another file's name."""


def content(path: Path, code: Code) -> bytes:
    """The bytes of a file.

    Raises:
        RoundtableError: `code`, where there is no file, or another thing of that name, or it is longer than any.
    """
    if not path.is_file():
        raise RoundtableError(code, "this is no file, or a link that leads to none", str(path))
    with path.open("rb") as handle:
        found = handle.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise RoundtableError(code, f"this is longer than {MOST_BYTES:,} bytes", str(path))
    return found


def mistake(error: "ValidationError") -> tuple[Sequence[int | str], str]:
    """Place and kind of the mistake that says most: a misspelt key is also one that is missing."""
    first = min(error.errors(), key=_rank)
    what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return first["loc"], what


def _rank(fault: "ErrorDetails") -> int:
    """What says more comes first; of what may be true, false or something else, that something says more."""
    return {"extra_forbidden": 0, "bool_type": 2}.get(fault["type"], 1)

"""What is wrong in a file that people write: the key, and in which way.

Here belongs what register, corrections and decisions say alike of a mistake in them. Not here: their keys, and what
follows from a mistake.
"""

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails


def mistake(error: ValidationError) -> tuple[Sequence[int | str], str]:
    """Place and kind of the mistake that says most: a misspelt key is also one that is missing."""
    first = min(error.errors(), key=_is_secondary)
    what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    return first["loc"], what


def _is_secondary(fault: ErrorDetails) -> bool:
    return fault["type"] != "extra_forbidden"

"""The references of a release: items of CSL-JSON, and what the formats of reference managers share.

Here belongs reading them from `citations`, and the CSL-JSON file itself, which is nothing but them. What an item says
was decided when the release was made.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from warehouse.exports.published import Published

Item = dict[str, Any]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def items(published: Published) -> Iterator[Item]:
    """Every reference, in the order of ids."""
    for row in published.rows("SELECT text FROM citations WHERE style = 'csl-json' ORDER BY contribution_id"):
        yield json.loads(row["text"])


def csl_json(published: Published) -> Iterator[str]:
    """A CSL-JSON file, piece by piece: an array with an item on each line."""
    before = "["
    for item in items(published):
        yield f"{before}\n{json.dumps(item, ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def one_line(text: str) -> str:
    """A value as formats of lines can hold it: control characters, line ends among them, become a space."""
    return _CONTROL.sub(" ", text).strip()


def days(item: Item, field: str, joined: str) -> list[str]:
    """The ends of a date as numbers: year, month and day, as far as they are known, with `joined` between them."""
    return [
        joined.join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(parts))
        for parts in item.get(field, {}).get("date-parts", ())
    ]


def note(item: Item) -> str:
    """What the fields of a reference manager do not hold, in words; empty where there is nothing."""
    custom = item.get("custom", {})
    words = [
        f"date in doubt: {custom['doubted-date']}" if "doubted-date" in custom else "",
        f"licence: {custom['license']}" if "license" in custom else "",
        f"read from capture {custom['capture_id']}" if "capture_id" in custom else "",
    ]
    return "; ".join(word for word in words if word)

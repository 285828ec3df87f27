"""Pages that were read wrongly, kept as tests: the page, and what a person reads on it.

Here belongs making such a folder and comparing it with what the reader says. Not here: how a page comes to be
suspected (`archive.discussion.drift`).
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archive import durable
from archive.codes import Code, RoundtableError
from archive.normalise import urls
from archive.normalise.text import slug
from archive.reading.page import Page
from archive.reading.reader import read
from archive.sources.register import Register

PAGE, EXPECTED = "page", "expected.toml"
UNKNOWN_VALUE = "?"
_HEAD = """\
# What a person reads on this page. Where the reader found nothing, "?" stands: write what is printed there.
# `# was` shows what an earlier capture of the address gave. Lines of which you are not sure can be removed.
"""
Value = str | int | list[str] | None


def facts(page: Page) -> dict[str, Value]:
    """What of a page is compared: its fields, how many contributions it has and by whom, and where its text begins."""
    said = page.as_dict()
    fields: dict[str, Value] = {
        name: said[name] for name in ("title", "standfirst", "kicker", "authors", "published", "language")
    }
    body = page.body.split()
    return {
        **fields,
        "contributions": len(page.contributions),
        "contribution_authors": [", ".join(item.authors) for item in page.contributions],
        "line_up": len(page.line_up),
        "text_begins": " ".join(body[:12]),
        "text_ends": " ".join(body[-12:]),
    }


def save(
    folder: Path, payload: bytes, url: str, page: Page, doubted: Sequence[str], earlier: Mapping[str, Value]
) -> Path:
    """Make a folder for a page; what is doubted and is not what it was, or is missing and was there, stands as "?".

    Args:
        folder: where fixtures lie, each in a folder of its own.
        payload: the page.
        url: its address.
        page: what the reader makes of it now.
        doubted: names of facts that an alarm, or the register's fill rates, name.
        earlier: what an earlier capture of the address gave.

    Returns:
        The new folder.

    Raises:
        RoundtableError: `fixture_exists`.
    """
    place = folder / (slug(urls.slug(url)) or "page")
    if place.exists():
        raise RoundtableError(Code.FIXTURE_EXISTS, "there is such a fixture already", str(place))
    now = facts(page)
    lines = [_HEAD, f"url = {_toml(url)}", "", "[expected]"]
    for name, value in now.items():
        was = earlier.get(name)
        if (name in doubted and value != was) or (value in (None, [], "", 0) and was not in (None, [], "", 0)):
            lines.append(f"{name} = {_toml(UNKNOWN_VALUE)}" + (f"  # was: {_toml(was)}" if was is not None else ""))
        elif value not in (None, [], ""):
            lines.append(f"{name} = {_toml(value)}")
    durable.make_folder(place)
    durable.write_bytes(place / PAGE, payload)
    durable.write_text(place / EXPECTED, "\n".join(lines) + "\n")
    return place


def differences(place: Path, register: Register) -> list[str]:
    """Where the reader and the person disagree; empty where they do not.

    Raises:
        RoundtableError: `fixture_invalid`.
    """
    try:
        kept = tomllib.loads((place / EXPECTED).read_text())
        url, expected = urls.parse(kept["url"]), dict(kept["expected"])
        payload = (place / PAGE).read_bytes()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RoundtableError) as error:
        raise RoundtableError(Code.FIXTURE_INVALID, f"the fixture cannot be read: {error}", str(place)) from None
    found: dict[str, Any] = facts(read(payload, url, register.source_for(url)))
    unknown = sorted(set(expected) - set(found))
    if unknown:
        raise RoundtableError(Code.FIXTURE_INVALID, f"there is no fact called {unknown[0]!r}", str(place / EXPECTED))
    return [
        f"{name}: a person reads {value!r}, the reader {found[name]!r}"
        for name, value in expected.items()
        if value != found[name]
    ]


def _toml(value: Value) -> str:
    """Strings, numbers and lists of strings are written in TOML as in JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

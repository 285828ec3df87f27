r"""BibTeX: an entry `@misc` for each contribution, as BibTeX, biber and reference managers read it.

Here belongs what LaTeX takes for commands, and names as BibTeX takes them apart. Letters stay UTF-8, which LaTeX has
read by default since 2018. Titles and organisations stand in two pairs of braces, so that no style changes their case
or takes them apart. What the format cannot hold: control characters; a brace is `\textbraceleft{}`, since BibTeX counts
braces behind a backslash too.
"""

import re
from collections.abc import Iterator

from warehouse.exports.published import Published
from warehouse.exports.references import Item, days, items, note, one_line

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_TAKEN_APART = re.compile(r",|\band\b", re.IGNORECASE)
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9/:.+-]")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASON = 20
"""What lies between a season's number in CSL and in EDTF, which biber reads."""


def bibtex(published: Published) -> Iterator[str]:
    """A BibTeX file, entry by entry."""
    yield from map(entry, items(published))


def entry(item: Item) -> str:
    """A reference as an entry."""
    fields = {
        "author": " and ".join(_name(author) for author in item.get("author", ())),
        "title": _kept(item.get("title", "")),
        "howpublished": _latex(", ".join(item[key] for key in ("container-title", "publisher") if key in item)),
        "series": _latex(item.get("collection-title", "")),
        "publisher": _latex(item.get("publisher", "")),
        "issn": _latex(item.get("ISSN", "")),
        **_dates(item),
        "url": _address(item.get("URL", "")),
        "urldate": "".join(days(item, "accessed", "-")),
        "keywords": _latex(item.get("custom", {}).get("role", "")),
        "note": _latex(note(item)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if month := _month(item):
        lines.append(f"  month = {month}")
    return f"@misc{{{_key(item['id'])},\n" + ",\n".join(lines) + "\n}\n\n"


def _key(contribution_id: str) -> str:
    return _NOT_IN_KEY.sub(lambda found: f"+{ord(found[0]):x}+", contribution_id)


def _latex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in one_line(text))


def _kept(text: str) -> str:
    """Text that no style may change, in a pair of braces of its own."""
    return f"{{{_latex(text)}}}" if text else ""


def _address(url: str) -> str:
    """An address, in which LaTeX's url package takes nothing for a command, but BibTeX counts braces."""
    return one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(author: Item) -> str:
    if "literal" in author:
        return _kept(author["literal"])
    parts = [author["family"], *([author["suffix"]] if "suffix" in author else []), author["given"]]
    return ", ".join(_kept(part) if _TAKEN_APART.search(part) else _latex(part) for part in parts)


def _dates(item: Item) -> dict[str, str]:
    """`year` for BibTeX, where there is one; `date` in EDTF for biber."""
    found = days(item, "issued", "-")
    if not found:
        return {}
    issued = item["issued"]
    ends = [f"{end}-{issued['season'] + _SEASON}" if "season" in issued else end for end in found]
    years = sorted({parts[0] for parts in issued["date-parts"]})
    date = "/".join(end + ("~" if issued.get("circa") else "") for end in ends)
    return {"year": "--".join(f"{year:04}" for year in years), "date": date}


def _month(item: Item) -> str:
    parts = item.get("issued", {}).get("date-parts", [])
    return _MONTHS[parts[0][1] - 1] if len(parts) == 1 and len(parts[0]) > 1 else ""

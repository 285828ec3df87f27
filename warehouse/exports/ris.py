"""RIS: a record of type ELEC for each contribution, as reference managers import it.

Here belongs the choice of tags. A record's lines end with CR LF, as the format wants. What the format cannot hold:
line ends inside a value, and whether an author with a comma is an organisation; a date that is only about right is said
in the notes (N1).
"""

from collections.abc import Iterator

from warehouse.exports.published import Published
from warehouse.exports.references import Item, days, items, note, one_line


def ris(published: Published) -> Iterator[str]:
    """A RIS file, record by record."""
    yield from map(record, items(published))


def record(item: Item) -> str:
    """A reference as a record."""
    issued = days(item, "issued", "/")
    begin = issued[0].split("/") if issued else []
    about = [f"date: about {' to '.join(issued)}"] if item.get("issued", {}).get("circa") or len(issued) > 1 else []
    lines = [
        ("TY", "ELEC"),
        ("ID", item["id"]),
        *(("AU", _name(author)) for author in item.get("author", ())),
        ("TI", item.get("title")),
        ("T2", item.get("container-title")),
        ("T3", item.get("collection-title")),
        ("PB", item.get("publisher")),
        ("SN", item.get("ISSN")),
        ("PY", begin[0] if begin else None),
        ("DA", "/".join([*begin, "", ""][:3]) + "/" if begin else None),
        ("UR", item.get("URL")),
        ("Y2", "".join(f"{day}/" for day in days(item, "accessed", "/"))),
        ("LA", item.get("language")),
        ("KW", item.get("custom", {}).get("role")),
        ("N1", "; ".join([*about, *filter(None, [note(item)])])),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def _name(author: Item) -> str:
    return author.get("literal") or ", ".join(author[part] for part in ("family", "given", "suffix") if part in author)

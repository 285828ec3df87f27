"""The plain style of this archive: what a reader needs to find the text again, in the order who, what, where, when."""

from archive.citation.reference import Item

_MONTHS = "January February March April May June July August September October November December".split()
_SEASONS = "spring summer autumn winter".split()


def text(item: Item) -> str:
    """The citation of a reference."""
    title = item.get("title")
    parts = [
        _listed([_name(author) for author in item.get("author", ())]),
        f"‘{title}’" if title else None,
        item.get("container-title"),
        item.get("publisher"),
        _date(item["issued"]) if "issued" in item else "no date",
        item.get("URL") or item["id"],
    ]
    return ", ".join(part for part in parts if part) + "."


def _name(author: Item) -> str:
    return author.get("literal") or " ".join(author[part] for part in ("given", "family", "suffix") if part in author)


def _listed(names: list[str]) -> str | None:
    if len(names) > 1:
        return ", ".join(names[:-1]) + " and " + names[-1]
    return names[0] if names else None


def _date(issued: Item) -> str:
    words = " to ".join(_day(parts) for parts in issued["date-parts"])
    if "season" in issued:
        words = f"{_SEASONS[issued['season'] - 1]} {words}"
    return f"about {words}" if issued.get("circa") else words


def _day(parts: list[int]) -> str:
    year, month, day = [*parts, 0, 0][:3]
    return " ".join(str(part) for part in (day, _MONTHS[month - 1] if month else 0, year) if part)

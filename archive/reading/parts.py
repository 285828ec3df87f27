"""The part that each text of a page plays: lead essay, response, the lead author's last word.

Here belongs what the headings of the stages and the people who speak under them say together. Not here: which headings
are stages (`stages`, `segments`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from archive.reading import stages
from archive.reading.page import PageContribution


def told(contributions: Sequence[PageContribution]) -> list[PageContribution]:
    """The same texts with their roles.

    A text is the lead where its stage says so. It is a rejoinder where its stage says so and a lead author speaks
    there, or one person alone who spoke before; everybody's closing remarks are responses.
    """
    leads = {
        author for item in contributions if item.role == "response" and _says(item, "lead") for author in item.authors
    }
    counts = Counter(item.stage_at for item in contributions if item.role == "response")
    found: list[PageContribution] = []
    heard: set[str] = set()
    for item in contributions:
        alone = counts[item.stage_at] == 1
        speaks_again = leads.intersection(item.authors) or (alone and not leads and heard.intersection(item.authors))
        if item.role != "response":
            found.append(item)
        elif _says(item, "lead"):
            found.append(replace(item, role="lead"))
        elif _says(item, "rejoinder") and speaks_again:
            found.append(replace(item, role="rejoinder"))
        else:
            found.append(item)
        heard.update(item.authors)
    return found


def _says(item: PageContribution, role: str) -> bool:
    named = stages.named(item.stage) if item.stage else None
    return named is not None and named.role == role

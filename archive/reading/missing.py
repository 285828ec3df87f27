"""What a page of many respondents lacks: a list, an answer, or what tells two people of one name apart.

Here belongs saying so. Not here: labels that nobody knows and answers without words, which are met on the way
(`segments`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.codes import Code
from archive.reading import announcing, openings
from archive.reading.line_up import LineUp
from archive.reading.page import Block, Entry, Fault

LOADING = re.compile(
    r"(?:(?:please )?(?:enable|turn on|activate) javascript|javascript (?:is|must)|loading|wird geladen|lädt|chargement"
    r"|cargando|carregando)\b.{0,80}$",
    re.IGNORECASE,
)
"""What stands where a script puts the words."""


def faults(listed: LineUp) -> Iterator[Fault]:
    """What is missing from the line-up, or from under it."""
    for entry in listed.unanswered:
        reason = "listed among the respondents, but no answer follows"
        yield Fault(Code.ENTRY_UNANSWERED, entry.locator, entry.name, reason)
    if not listed.is_listed:
        first = listed.entries[listed.start]
        reason = "answers stand under names, but no list says who answers"
        yield Fault(Code.LINE_UP_MISSING, first.locator, first.name, reason)
    for heading in shared(listed):
        entry = listed.entries[heading]
        reason = "several respondents are listed by this name, and nothing tells their answers apart but their order"
        yield Fault(Code.NAME_SHARED, listed.flow[heading].locator, entry.name, reason)


def shared(listed: LineUp) -> list[int]:
    """The headings that repeat a name which several entries of the list have, and nothing else."""
    entries = {id(entry): openings.key(entry.name) for entry in listed.entries.values()}
    counts = Counter(entries.values())
    return [
        heading
        for heading, entry in sorted(listed.entries.items())
        if listed.is_listed
        and counts[entries[id(entry)]] > 1
        and openings.key(listed.flow[heading].text) == entries[id(entry)]
    ]


def answers(flow: Sequence[Block], entries: Sequence[Entry]) -> Fault:
    """That nobody of those who are listed answers."""
    loads = next((block for block in flow if LOADING.match(block.text)), None)
    if loads:
        return Fault(Code.ANSWERS_NOT_CAPTURED, loads.locator, loads.text[:200], "a script loads what belongs here")
    excerpt = ", ".join(entry.name for entry in entries)[:200]
    reason = f"{len(entries)} respondents are listed, and no heading or label repeats a name"
    return Fault(Code.ANSWERS_MISSING, entries[0].locator, excerpt, reason)


def speakers(title: str, standfirst: str) -> tuple[Fault, ...]:
    """What is told of a text that nobody is known to have written, under words that announce a discussion."""
    if not announcing.announces(f"{title}\n{standfirst}"):
        return ()
    reason = "the page announces a discussion, and nobody is known to speak on it"
    return (Fault(Code.SPEAKERS_UNKNOWN, "payload", title[:200], reason),)

"""An invented publisher with two round tables, and pages of it: for tests of how pages are joined."""

import datetime as dt
import json
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.discussion.pages import Reading
from archive.model.records import Records
from archive.sources.register import Register
from tests import made

HOST = "https://www.gazette.example"
ELSEWHERE = "https://weekly.example"
DAY = dt.timedelta(days=1)
PEOPLE = {"anna-lind": "Anna Lindqvist", "bo-karl": "Bo Karlsen", "cy-dahl": "Cyra Dahlmann", "dora-ek": "Dora Ekholm"}
QUESTION = "Who should mend the bridge before the winter comes?"

_SOURCE = """
[publisher]
id = "gazette"
name = "The Gazette"
url = "https://www.gazette.example/"
hosts = ["www.gazette.example", "gazette.example"]
zone = "Europe/London"
language = "en"
[[series]]
id = "bridges"
title = "Bridges"
[roles]
response = ["(?P<to>The Bridge Debate).{0,200}written in response"]
"""
_TABLE = """
[round_table]
id = "bridge"
series = "bridges"
title = "The Bridge Debate"
opened_on = 2020-03-01
state = "complete"
"""


@cache
def register(
    targets: tuple[tuple[str, str, str | None], ...] = (),
    line_up: tuple[str, ...] = tuple(PEOPLE),
    announced: int = 0,
    *,
    silent: bool = False,
) -> Register:
    """The register with these targets of the round table `bridge`: path or address, role, prompt.

    It does not say when that opened where it is `silent`.
    """
    announcement = f"announced_people = {announced}" if announced else ""
    lines = [
        (_TABLE.replace("opened_on = 2020-03-01\n", "") if silent else _TABLE) + announcement,
        *(f'[[prompts]]\nid = "{name}"\nordinal = {n}' for n, name in enumerate(("q1", "q2"), start=1)),
    ]
    lines += [f'[[line_up]]\nentry = "{name}"\npeople = [{{ name = "{PEOPLE.get(name, name)}" }}]' for name in line_up]
    for path, role, prompt in targets:
        url = path if path.startswith("http") else HOST + path
        lines.append(f'[[targets]]\nurl = "{url}"\nrole = "{role}"' + (f'\nprompt = "{prompt}"' if prompt else ""))
    other = _TABLE.replace('"bridge"', '"ferry"').replace("The Bridge Debate", "The Ferry Debate")
    with TemporaryDirectory() as folder:
        tables = Path(folder) / "gazette" / "round_tables"
        tables.mkdir(parents=True)
        (tables.parent / "source.toml").write_text(_SOURCE)
        (tables / "bridge.toml").write_text("\n".join(lines))
        (tables / "ferry.toml").write_text(other + f'[[targets]]\nurl = "{HOST}/ferry"\nrole = "article"\n')
        return Register.load(Path(folder))


def text(seed: str, paragraphs: int = 4) -> list[str]:
    """Paragraphs that nobody else has: the seed stands in each of them."""
    return [
        f"In {seed} the river rose {number} times, and in the year {1900 + number} they carried the {seed} timber over "
        f"by hand, because nobody had asked number {number} of the {seed} carpenters what it would cost."
        for number in range(1, paragraphs + 1)
    ]


def article(
    author: str | None,
    paragraphs: list[str],
    *,
    title: str = "The bridge and the people who cross it",
    head: str = "",
    kicker: str = "",
    standfirst: str = "",
    date: str = "3 March 2020",
    lang: str = "en",
    below: str = "",
) -> bytes:
    """A page of one text."""
    byline = f'<p class="byline">By {escape(author)}</p>' if author else ""
    data = {"@context": "https://schema.org", "@type": "Article", "headline": title}
    if author:
        data["author"] = {"@type": "Person", "name": author}
    return (
        f'<html lang="{lang}"><head><title>{escape(title)}</title>{head}'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body><article>'
        + (f'<p class="kicker">{escape(kicker)}</p>' if kicker else "")
        + f"<h1>{escape(title)}</h1>"
        + (f'<p class="standfirst">{escape(standfirst)}</p>' if standfirst else "")
        + f'{byline}<p class="date">{date}</p>'
        + "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
        + f"{below}</article></body></html>"
    ).encode()


def question(answers: dict[str, list[str]], *, title: str = "The bridge: who should mend it?") -> bytes:
    """A page of many respondents: name → paragraphs."""
    listed = "".join(f"<li>{escape(name)}</li>" for name in answers)
    sections = "".join(
        f"<h3>{escape(name)}</h3>" + "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
        for name, paragraphs in answers.items()
    )
    return (
        f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{QUESTION}</p>'
        f"<ul>{listed}</ul>{sections}</article></body></html>"
    ).encode()


def seen(path: str, payload: bytes, day: int = 0, known: Register | None = None, **more: object) -> Reading:
    """A page as it was captured, some days after the first."""
    url = HOST + path if path.startswith("/") else path
    return made.reading(url, payload, made.AT + day * DAY, known or register(), **more)


def records(readings: list[Reading], known: Register | None = None, ids=None, **more) -> Records:
    """The rows of every table."""
    return made.records(readings, ids, register=known or register(), **more)

"""Nothing in reading takes more than linear time: pages of growing size, and every compiled expression, are measured.

Time is counted for this process alone, the best of several runs, and only where there is enough of it to be told from
noise: four times the input may take eight times as long, where the square would take sixteen.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import archive.normalise
import archive.reading
from archive.reading.reader import read

URL = "https://pilot.example/harbour"
NOISE = 0.06
"""Seconds below which nothing is measured: at these sizes the square of anything takes longer."""


def _seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        run()
        best = min(best, time.process_time() - before)
        if best < NOISE:
            break
    return best


def _grows_with_its_input(run: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether four times the input takes less than eight times as long; on a busy machine in one try of four."""
    large, small = run(4 * size), run(size)
    return any((taken := _seconds(large)) < NOISE or taken <= 8 * _seconds(small) for _ in range(4))


PROSE = "<p>The harbour closed on Tuesdays, and nobody could say who had asked for it, or why it had to be. "
HEAD = "<!doctype html><html><head><title>The harbour</title></head><body><article><h1>The harbour</h1>" + PROSE * 3
PAGES: dict[str, str] = {
    "paragraphs": PROSE,
    "bare lines": "<div>By Ada Moll</div>",
    "links": "<a href='/x'>one</a> ",
    "teasers": "<div class=teaser><a href='/x'><h3>Another text</h3></a><p>It begins like this.</p></div>",
    "bylines": "<span class=byline>By Ada Moll</span>",
    "bylines inside each other": "<span class=author>",
    "dates": "<time datetime='2019-03-01'>1 March 2019</time>",
    "dates in lines": "<p>1 March 2019",
    "titles": "<h1>The harbour</h1>",
    "other titles": "<h2>Some other harbour</h2>",
    "quotations": "<blockquote>The harbour closed on Tuesdays, they say</blockquote>",
    "pictures": "<figure><img src=x><figcaption>Photo: Ada Moll</figcaption></figure>",
    "lists": "<ul><li>one<ul><li>two</ul></ul>",
    "tables": "<table><tr><td>one<td>two</table>",
    "names and headings": "<li>Ada Moll (Harbour Trust)</li><h2>Ada Moll</h2><p>Yes.</p>",
    "names that run in": "<p><b>Ada Moll:</b> We asked and were told that nobody knew, or would say so.</p>",
    "quotations and names": "<blockquote>We asked and were told.</blockquote><p>— Ada Moll</p>",
    "shouted labels": "<p>ADA MOLL</p><p>Yes.</p>",
    "breaks": "x<br>",
    "regions": "<div class=related><div class=comments>x</div></div>",
    "claims": "<meta name=author content='Ada Moll'><meta name=date content='2019-03-01'>",
    "marked elements": "<span itemprop=author>Ada Moll</span>",
    "articles": "<article><p>One more text, and it is as long as this and no longer.</p></article>",
    "JSON-LD": '<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Moll"}}</script>',
    "open brackets": "<",
    "entities": "&amp;",
    "separators": " | a",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_time_that_grows_with_it(name: str) -> None:
    def run(size: int) -> Callable[[], object]:
        payload = (HEAD + PAGES[name] * (size // len(PAGES[name]))).encode()
        return lambda: read(payload, URL)

    assert _grows_with_its_input(run, 12_000)


def test_a_line_up_is_read_in_time_that_grows_with_it() -> None:
    def run(size: int) -> Callable[[], object]:
        names = [
            f"Ada{'abcdefghij'[number % 10]} Moll{number:b}".translate({48: "o", 49: "i"}) for number in range(size)
        ]
        listed = "".join(f"<li>{name} (Harbour Trust)</li>" for name in names)
        answers = "".join(f"<h2>{name}</h2>{PROSE}" for name in names)
        payload = f"<html><body><article><p>Who asks?</p><ul>{listed}</ul>{answers}</article></body></html>".encode()
        return lambda: read(payload, URL)

    assert _grows_with_its_input(run, 400)


HEADS: dict[str, Callable[[int], str]] = {
    "a long title": lambda n: f"<title>{'a | ' * n}</title>",
    "a long byline": lambda n: f"<meta name=author content='{'Ada Moll, ' * n}'>",
    "a long date": lambda n: f"<meta name=date content='{'1.' * n}'>",
    "a long description": lambda n: f"<meta name=description content='{'We asked. ' * n}'>",
    "deep JSON-LD": lambda n: '<script type="application/ld+json">' + "[" * n + "]" * n + "</script>",
    "many authors": lambda n: (
        '<script type="application/ld+json">{"@type":"Article","author":['
        + ",".join(['{"name":"A B"}'] * n)
        + "]}</script>"
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_read_in_time_that_grows_with_it(name: str) -> None:
    def run(size: int) -> Callable[[], object]:
        payload = f"<html><head>{HEADS[name](size // 8)}</head><body>{PROSE * 5}</body></html>".encode()
        return lambda: read(payload, URL)

    assert _grows_with_its_input(run, 12_000)


@pytest.mark.parametrize(
    "line", ["Ada Moll\n", "By Ada Moll\n\n", "1 March 2019\n", "word ", "HARBOUR\n", "?\n\n", "a. "]
)
def test_a_text_copy_is_read_in_time_that_grows_with_it(line: str) -> None:
    def run(size: int) -> Callable[[], object]:
        payload = (line * (size // len(line))).encode()
        return lambda: read(payload, URL)

    assert _grows_with_its_input(run, 12_000)


FEEDS: dict[str, Callable[[int], str]] = {
    "items": lambda n: "<rss>" + "<item><link>/1</link><title>&amp;</title></item>" * n + "</rss>",
    "texts": lambda n: f"<rss><item><link>/1</link><description>{'&lt;p&gt;x ' * n}</description></item></rss>",
    "elements": lambda n: f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{'<p>x</p>' * n}",
    "titles": lambda n: f"<rss><item>{'<title>One</title><author>a</author>' * n}",
    "comments": lambda n: "<!-- -- -->" * n,
    "declarations": lambda n: "<?xml " * n,
    "names": lambda n: f"<rss>{'&nbsp;&x' * n}",
    "objects": lambda n: '[{"link":"/1"' + ',"date_gmt":{"items":[' * n,
    "posts": lambda n: '{"items":[' + '{"url":"/1","authors":[{"name":"a"}]},' * n + "1]}",
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_read_in_time_that_grows_with_it(name: str) -> None:
    def run(size: int) -> Callable[[], object]:
        payload = FEEDS[name](size).encode()
        return lambda: read(payload, URL)

    assert _grows_with_its_input(run, 4_000)


def _expressions() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for package in (archive.reading, archive.normalise):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for name, value in sorted(vars(importlib.import_module(module.name)).items()):
                if isinstance(value, re.Pattern):
                    yield f"{module.name.partition('.')[2]}.{name}", value
                elif isinstance(value, dict):
                    yield from (
                        (f"{module.name.partition('.')[2]}.{name}[{place}]", item)
                        for place, item in enumerate(value.values())
                        if isinstance(item, re.Pattern)
                    )


EXPRESSIONS = dict(_expressions())
UNITS = (
    "a", "A", "1", " ", "\n", "\t", ".", ",", "-", "–", "<", ">", "</", "<a ", "<!--", "=", '"', "'", "(", "[", "|",
    "/", "@", ":", ";", "&", "©", "é", "中", "a ", "a.", "1.", "1/", "1 ", "a@a.", "www.", "by ", "By A", "Mc",
    "cc by ", "creative commons ", "charset", "copyright ", "read more ", "photo ", "via", "19", "2019-", "/2019/01",
    "T1", "- ", "cookies ", "<svg", "<script>", "a=",
)  # fmt: skip


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_takes_time_that_grows_with_its_input(name: str) -> None:
    pattern = EXPRESSIONS[name]
    for unit in UNITS:

        def run(size: int, unit: str = unit) -> Callable[[], object]:
            text = unit * (size // len(unit)) + "\0"
            encoded = text.encode() if isinstance(pattern.pattern, bytes) else text
            return lambda: (pattern.search(encoded), pattern.match(encoded), pattern.findall(encoded))  # type: ignore[arg-type]

        assert _grows_with_its_input(run, 5_000), unit

"""How well and how fast pages are read, beside parsing alone and beside other readers.

    python -m benchmarks.reading [--pages 438] [--runs 3] [--anew NAME…] [--without KIND…]

It needs the saved pages beside the project (`corpus`). The others' figures are those that stand in peers.toml; those
named behind `--anew` are run on the same pages, in turns with ours. With `--without`, our figures are printed, and
nothing else, of the pages without some kind of evidence (`without`). Here belongs measuring; the floors that a test
holds stand in floors.toml, and labels that are in doubt in doubts.toml.
"""

import argparse
import collections
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from selectolax.lexbor import LexborHTMLParser

from archive.reading import charset
from archive.reading.page import Page
from archive.reading.reader import read
from archive.reading.source import UNKNOWN
from benchmarks import peers, without
from benchmarks.corpus import METRICS, Corpus
from benchmarks.misses import HALVES, half, misses

_FOLDER = Path(__file__).parent
_FEWEST_PAGES = 2
"""Pages of a language from which on its figures are worth a line."""


@dataclass(slots=True)
class _Row:
    name: str
    figures: Mapping[str, float | None]
    rates: list[float] = field(default_factory=list)


def main() -> int:
    """Measure, and print tables of figures, speeds, languages and sure fields; 2 where the pages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=None, help="only so many, from the first")
    parser.add_argument("--runs", type=int, default=3)
    runnable = [name for name, peer in peers.known().items() if peer.program]
    parser.add_argument("--anew", nargs="*", default=[], choices=runnable, help="readers to run again, beside ours")
    parser.add_argument("--without", nargs="*", choices=list(without.KINDS), help="evidence to take away; all kinds")
    wanted = parser.parse_args()
    corpus = Corpus.found()
    if corpus is None:
        sys.stderr.write("the saved pages are not there (../shared/pages): nothing to measure\n")
        return 2
    corpus = Corpus(corpus.folder, corpus.scoring, corpus.gold[: wanted.pages])
    payloads = list(corpus.pages())
    if wanted.without is not None:
        _print_without(corpus, payloads, wanted.without or list(without.KINDS))
        return 0
    read_pages = {name: read(content, url, UNKNOWN) for name, content, url in payloads}
    texts = [(name, charset.decode(content), url) for name, content, url in payloads]
    ours = _Row("ours", corpus.figures({name: page.as_dict() for name, page in read_pages.items()}))
    others = [_Row(name, peer.figures) for name, peer in peers.known().items()]
    parses: list[float] = []
    # In turns, because the machine is shared: what slows one run down slows its neighbours down too.
    for _ in range(wanted.runs):
        ours.rates.append(_rate(len(payloads), lambda: [read(content, url).as_dict() for _, content, url in payloads]))
        parses.append(_rate(len(payloads), lambda: [LexborHTMLParser(text) for _, text, _ in texts]))
        for row in others:
            if row.name in wanted.anew:
                answers, seconds = peers.run(peers.known()[row.name], texts)
                row.figures = corpus.figures(answers)
                row.rates.append(len(payloads) / seconds)
    _print_figures([ours, *others], parses, len(payloads))
    _print_parts(corpus, read_pages)
    _print_sure(corpus, read_pages)
    return 0


def _rate(pages: int, action: Callable[[], object]) -> float:
    """Pages per second of processor time."""
    started = time.process_time()
    action()
    return pages / (time.process_time() - started)


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", title=title, title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


def _shown(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _print_figures(rows: Sequence[_Row], parses: Sequence[float], pages: int) -> None:
    floors = tomllib.loads((_FOLDER / "floors.toml").read_text())["floors"]
    table = _table(f"{pages} pages", ("figure", *(row.name for row in rows), "our floor"))
    for name, entry in floors.items():
        digits = 3 if name == "body_f1" else 1
        table.add_row(name, *(_shown(row.figures.get(name), digits) for row in rows), f"{entry['floor']}")
    parse = statistics.median(parses)
    rates = [statistics.median(row.rates) if row.rates else None for row in rows]
    table.add_row("pages/s of processor time", *(_shown(rate) for rate in rates), "")
    table.add_row("times what parsing alone takes", *(_shown(rate and parse / rate) for rate in rates), "")
    Console(width=130).print(table)


def _print_without(corpus: Corpus, payloads: Sequence[tuple[str, bytes, str]], kinds: Sequence[str]) -> None:
    """Our figures where pages lack a kind of evidence."""
    table = _table(f"{len(payloads)} pages without", ("evidence", *METRICS))
    for kind in ("nothing", *kinds):
        less = without.KINDS.get(kind, bytes)
        figures = corpus.figures({name: read(less(content), url).as_dict() for name, content, url in payloads})
        table.add_row(kind, *(_shown(figures[name], 3 if name == "body_f1" else 1) for name in METRICS))
    Console(width=130).print(table)


def _print_parts(corpus: Corpus, pages: Mapping[str, Page]) -> None:
    """The figures by half of the publishers, and by language."""
    parts: dict[str, list[str]] = collections.defaultdict(list)
    for gold in corpus.gold:
        page = pages[gold["id"]]
        parts[f"publishers, {half(page.url)} half"].append(gold["id"])
        parts[(page.language or "unknown").partition("-")[0]].append(gold["id"])
    names = [*(f"publishers, {name} half" for name in HALVES), *sorted(parts, key=lambda part: -len(parts[part]))]
    columns = ("body_f1", "authors_exact", "day", "title", "standfirst")
    table = _table("by part", ("part", "pages", *columns))
    for name in dict.fromkeys(names):
        inside = set(parts[name])
        if len(inside) >= _FEWEST_PAGES:
            some = Corpus(corpus.folder, corpus.scoring, [gold for gold in corpus.gold if gold["id"] in inside])
            figures = some.figures({name: pages[name].as_dict() for name in inside})
            shown = [_shown(figures[column], 3 if column == "body_f1" else 1) for column in columns]
            table.add_row(name, str(len(inside)), *shown)
    Console(width=130).print(table)


def _print_sure(corpus: Corpus, pages: Mapping[str, Page]) -> None:
    """Of the fields called sure, how many are right; and the labels in doubt, which count here as elsewhere."""
    doubts = tomllib.loads((_FOLDER / "doubts.toml").read_text())
    wrong = {(miss.field, miss.label) for miss in misses(corpus, dict(pages))}
    table = _table(
        "fields called sure", ("field", "labelled", "sure", "right", "right, %", "wrong by no doubted label")
    )
    for name in ("title", "authors", "published", "standfirst"):
        labelled = [gold["id"] for gold in corpus.gold if gold.get(name)]
        sure = [label for label in labelled if name in pages[label].sure]
        missed = [label for label in sure if (name, label) in wrong]
        clear = [label for label in missed if label not in doubts.get(name, {})]
        right = len(sure) - len(missed)
        share = _shown(100 * right / len(sure)) if sure else ""
        table.add_row(name, str(len(labelled)), str(len(sure)), str(right), share, str(len(clear)))
    Console(width=130).print(table)
    reasons = _table("labels in doubt", ("page", "field", "reason"))
    for name, entries in doubts.items():
        for label, reason in entries.items():
            reasons.add_row(label, name, reason)
    Console(width=130).print(reasons)


if __name__ == "__main__":
    sys.exit(main())

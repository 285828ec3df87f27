"""How well and how fast pages are read, beside parsing alone and beside trafilatura, in one run.

    python -m benchmarks.reading [--pages 438] [--runs 3]

It needs the saved pages beside the project (`corpus`), and makes trafilatura a virtual environment of its own in
.venv/trafilatura. Here belongs measuring; the floors that a test holds stand in floors.toml.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from selectolax.lexbor import LexborHTMLParser

from archive.reading import charset
from benchmarks.corpus import Corpus, answer

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".venv" / "trafilatura"
PEER_VERSION = "trafilatura==2.3.1"
_PEER_PROGRAM = """
import json, sys, time
import trafilatura
seconds = 0.0
answers = {}
for line in sys.stdin:
    page = json.loads(line)
    started = time.process_time()
    found = trafilatura.bare_extraction(page["html"], url=page["url"], with_metadata=True)
    seconds += time.process_time() - started
    found = found.as_dict() if found is not None else {}
    answers[page["id"]] = {
        "title": found.get("title"), "authors": [name for name in (found.get("author") or "").split("; ") if name],
        "published": found.get("date"), "body": found.get("text"), "standfirst": found.get("description"),
    }
print(json.dumps({"seconds": seconds, "answers": answers}))
"""


def main() -> int:
    """Measure, and print one table of figures and one of speeds; 2 where the pages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=None, help="only so many, from the first")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-peer", action="store_true", help="leave trafilatura out")
    wanted = parser.parse_args()
    corpus = Corpus.found()
    if corpus is None:
        sys.stderr.write("the saved pages are not there (../shared/pages): nothing to measure\n")
        return 2
    corpus = Corpus(corpus.folder, corpus.scoring, corpus.gold[: wanted.pages])
    pages = list(corpus.pages())
    answers = {name: answer(content, url) for name, content, url in pages}
    texts = [charset.decode(content) for _, content, _ in pages]
    ours = _rate(len(pages), wanted.runs, lambda: [answer(content, url) for _, content, url in pages])
    parse = _rate(len(pages), wanted.runs, lambda: [LexborHTMLParser(text) for text in texts])
    rows = [("ours", corpus.figures(answers), ours)]
    if not wanted.without_peer:
        rows.append(("trafilatura", *_peer(corpus, pages, texts)))
    _print(rows, parse, len(pages))
    return 0


def _rate(pages: int, runs: int, action: Callable[[], object]) -> float:
    """Pages per second of processor time: the median of several runs."""
    found = []
    for _ in range(runs):
        started = time.process_time()
        action()
        found.append(pages / (time.process_time() - started))
    return statistics.median(found)


def _peer(corpus: Corpus, pages: list[tuple[str, bytes, str]], texts: list[str]) -> tuple[dict[str, float], float]:
    """Figures and rate of trafilatura, in a process and an environment of its own."""
    python = PEER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([str(python), "-m", "pip", "install", *quiet, PEER_VERSION, "lxml_html_clean"], check=True)
    lines = [
        json.dumps({"id": name, "url": url, "html": text}) for (name, _, url), text in zip(pages, texts, strict=True)
    ]
    done = subprocess.run(
        [str(python), "-c", _PEER_PROGRAM], input="\n".join(lines), capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return corpus.figures(told["answers"]), len(pages) / told["seconds"]


def _print(rows: list[tuple[str, dict[str, float], float]], parse: float, pages: int) -> None:
    floors = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text())["floors"]
    table = Table(box=None, pad_edge=False, header_style="bold", title=f"{pages} pages", title_justify="left")
    for column in ("figure", *(name for name, _, _ in rows), "our floor"):
        table.add_column(column)
    for name in rows[0][1]:
        floor = floors.get(name, {}).get("floor")
        table.add_row(
            name,
            *("-" if figures[name] is None else f"{figures[name]:.3f}" for _, figures, _ in rows),
            "" if floor is None else f"{floor}",
        )
    table.add_row("pages/s of processor time", *(f"{rate:.0f}" for _, _, rate in rows), "")
    table.add_row("share of the speed of parsing alone", *(f"{rate / parse:.3f}" for _, _, rate in rows), "")
    Console(width=110).print(table)


if __name__ == "__main__":
    sys.exit(main())

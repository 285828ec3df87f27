"""How well and how fast the search finds, beside SQLite's FTS5 and DuckDB's own extension, in one run.

    python -m benchmarks.search [--contributions 100000] [--queries 300] [--without-peers]

How well: the judged questions of search.toml. How fast: invented texts of 700 words in ten passages; building the index
is timed in a process of its own, whose peak of memory is told. The extension is installed from its package into
.venv/fts. Here belongs measuring; a test holds the quality.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks import search_corpus as corpus
from benchmarks import search_peers as peers
from tests.warehouse.bm25 import ndcg
from tests.warehouse.texts import Text, published
from warehouse import search_index
from warehouse.publish import MEMORY
from warehouse.schema import literal

ROOT = Path(__file__).parents[1]
FTS = ROOT / ".venv" / "fts"
JUDGED = tomllib.loads((ROOT / "benchmarks" / "search.toml").read_text())


def main() -> int:
    """Measure, and print a table of quality and one of speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contributions", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.index:
        print(json.dumps(_index(wanted.index)))
        return 0
    extension = None if wanted.without_peers else _extension()
    with tempfile.TemporaryDirectory() as folder:
        _print_quality(quality(Path(folder), extension))
        path = Path(folder) / "texts.duckdb"
        corpus.make(path, wanted.contributions)
        before = path.stat().st_size
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.search", "--index", str(path)],
            capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        built = json.loads(done.stdout.splitlines()[-1])
        built["MiB on disk"] = (path.stat().st_size - before) / 2**20
        asked = corpus.queries(wanted.queries)
        with duckdb.connect(str(path), read_only=True) as connection:
            speeds = {
                "search, ten hits": _speed(asked, lambda words: _ask(connection, "search", words)),
                "search_passages, ten hits": _speed(asked, lambda words: _ask(connection, "search_passages", words)),
            }
        if extension:
            speeds["the extension, ten hits"] = _extension_speed(path, extension, asked[:30], built)
        _print_speed(wanted.contributions, built, speeds)
    return 0


def quality(folder: Path, extension: Path | None) -> dict[str, dict[str, float]]:
    """Question → search → nDCG@10 over the judged texts."""
    texts = JUDGED["texts"]
    said = [
        Text(name=name, passages=(body,), language=JUDGED["languages"].get(name, "en")) for name, body in texts.items()
    ]
    fts5 = peers.fts5(texts)
    with duckdb.connect(str(published(said, folder)), read_only=True) as ours, duckdb.connect() as theirs:
        ask: dict[str, Callable[[str], list[str]]] = {
            "search": lambda words: [
                row[0] for row in ours.execute("SELECT contribution_id FROM search(?)", [words]).fetchall()
            ],
            "FTS5": lambda words: peers.ask_fts5(fts5, words),
        }
        if extension:
            peers.load(theirs, extension)
            theirs.execute("CREATE TABLE texts (name VARCHAR, body VARCHAR)")
            theirs.executemany("INSERT INTO texts VALUES (?, ?)", list(texts.items()))
            theirs.execute("PRAGMA create_fts_index('texts', 'name', 'body')")
            ask["the extension"] = lambda words: peers.ask_extension(theirs, words)
        return {
            question: {name: ndcg(one(question), grades) for name, one in ask.items()}
            for question, grades in JUDGED["questions"].items()
        }


def _index(path: Path) -> dict[str, float]:
    """Build the index of a database, and say what it took."""
    started, used = time.perf_counter(), os.times()
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = {literal(f'{path}.spill')}")
        connection.execute(f"ATTACH {literal(str(path))} AS made; USE made")
        search_index.build(connection)
        connection.execute("CHECKPOINT made")
    now = os.times()
    return {
        "seconds": time.perf_counter() - started,
        "seconds of processor": now.user - used.user + now.system - used.system,
        "GiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def _ask(connection: duckdb.DuckDBPyConnection, macro: str, words: str) -> object:
    return connection.execute(f"FROM {macro}('{words}') LIMIT 10").fetchall()


def _speed(asked: list[str], ask: Callable[[str], object]) -> dict[str, float]:
    """Median and 95th percentile of the milliseconds that an answer takes, and of those of the processor."""
    walls, processors = [], []
    for words in [asked[0], *asked]:
        started, used = time.perf_counter(), time.process_time()
        ask(words)
        walls.append((time.perf_counter() - started) * 1000)
        processors.append((time.process_time() - used) * 1000)
    walls, processors = walls[1:], processors[1:]
    found = {}
    for name, values in {"": walls, "processor, ": processors}.items():
        found[f"{name}median"] = statistics.median(values)
        found[f"{name}p95"] = statistics.quantiles(values, n=20)[-1]
    return found


def _extension() -> Path:
    """The extension's file, installed where it is missing."""
    if not peers.extension(FTS):
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(FTS)]
        subprocess.run([sys.executable, "-m", "pip", "install", *quiet, peers.EXTENSION], check=True)
    found = peers.extension(FTS)
    if found is None:
        raise SystemExit(f"{peers.EXTENSION} has no extension in it")
    return found


def _extension_speed(path: Path, extension: Path, asked: list[str], built: dict[str, float]) -> dict[str, float]:
    """The same for the extension, over the same contributions; how long its index takes goes to `built`."""
    with duckdb.connect(str(path)) as connection:
        peers.load(connection, extension)
        connection.execute("CREATE TABLE texts AS SELECT contribution_id AS name, text AS body FROM contributions")
        started = time.perf_counter()
        connection.execute("PRAGMA create_fts_index('texts', 'name', 'body')")
        built["seconds, the extension"] = time.perf_counter() - started
        return _speed(asked, lambda words: peers.ask_extension(connection, words, limit=10))


def _print_quality(found: dict[str, dict[str, float]]) -> None:
    names = list(next(iter(found.values())))
    table = Table(box=None, pad_edge=False, header_style="bold", title="nDCG@10", title_justify="left")
    for column in ("question", *names):
        table.add_column(column)
    for question, values in found.items():
        table.add_row(question, *(f"{values[name]:.3f}" for name in names))
    table.add_row("all", *(f"{statistics.mean(values[name] for values in found.values()):.3f}" for name in names))
    Console(width=110).print(table)


def _print_speed(contributions: int, built: dict[str, float], speeds: dict[str, dict[str, float]]) -> None:
    console = Console(width=110)
    console.print(f"\n[bold]the index of {contributions:,} contributions[/bold]")
    for what, value in built.items():
        console.print(f"  {value:8.1f} {what}")
    table = Table(box=None, pad_edge=False, header_style="bold", title="milliseconds", title_justify="left")
    columns = list(next(iter(speeds.values())))
    for column in ("", *columns):
        table.add_column(column)
    for name, values in speeds.items():
        table.add_row(name, *(f"{values[column]:.1f}" for column in columns))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())

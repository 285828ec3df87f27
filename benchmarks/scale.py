"""What reading and assembling cost as an archive grows: `python -m benchmarks.scale [CONTRIBUTIONS …] [--cite]`.

Round tables are invented in memory: five question pages of eleven answers and nine pages of one text each, every text
with words of its own, of a publisher whom the register knows. For each size the pages are read, assembled and written
in a process of its own, and processor time and peak memory are printed; references are rendered with `--cite` alone,
since their cost is that of the styles. Not here: what a page costs to read beside other readers (`reading`).
"""

import datetime as dt
import hashlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from archive.build import parts
from archive.discussion.ids import Ids
from archive.discussion.pages import CachedReadings
from archive.model import Capture
from archive.sources.register import Register
from warehouse import parquet

SIZES = (2_000, 10_000, 20_000)
_ENTRIES, _QUESTIONS, _PIECES = 11, 5, 9
PER_TABLE = _ENTRIES * _QUESTIONS + _PIECES
_PARAGRAPHS, _WORDS = 5, 40
_AT = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - UTC, as in the tables
_SOURCE = """
[publisher]
id = "scale"
name = "The Scale"
url = "https://scale.example/"
hosts = ["scale.example"]
zone = "Europe/London"
language = "en"
[[series]]
id = "weights"
title = "Weights"
"""


def name(number: int) -> str:
    """A name that no other number has."""
    syllables = (
        "ba",
        "den",
        "fir",
        "gol",
        "hum",
        "kas",
        "lor",
        "mun",
        "nor",
        "pel",
        "ras",
        "sun",
        "tol",
        "vik",
        "wen",
        "zar",
    )
    parts = []
    for _ in range(3):
        number, rest = divmod(number, len(syllables))
        parts.append(syllables[rest])
    return f"{parts[0].title()}a {''.join(parts[1:]).title()}sen"


def words(seed: str) -> Iterator[str]:
    """The paragraphs of a text."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    for number in range(_PARAGRAPHS):
        yield (
            " ".join(f"the {digest[(place * 3 + number) % 58 :][:5]} of" for place in range(_WORDS // 3)).capitalize()
            + "."
        )


def pages(table: int) -> Iterator[tuple[str, str]]:
    """Address and page of everything that a round table consists of."""
    names = [name(table * 7 + number * 97) for number in range(_ENTRIES)]
    root = f"https://scale.example/table-{table}"
    for question in range(_QUESTIONS):
        listed = "".join(f"<li>{one}</li>" for one in names)
        answers = "".join(
            f"<h3>{one}</h3>" + "".join(f"<p>{text}</p>" for text in words(f"{table} {question} {one}"))
            for one in names
        )
        asked = f"Who weighs what in case {question} of table {table}?"
        body = (
            f"<h1>Case {question}</h1><p class='date'>1 March 2019, 4.37pm</p><p>{asked}</p><ul>{listed}</ul>{answers}"
        )
        yield f"{root}/q{question}", f'<html lang="en"><body><article>{body}</article></body></html>'
    for piece in range(_PIECES):
        body = f"<h1>Piece {piece} of table {table}</h1><p class='byline'>By {names[piece]}</p>"
        body += "<p class='date'>2 March 2019</p>"
        body += "".join(f"<p>{text}</p>" for text in words(f"{table} piece {piece}"))
        yield f"{root}/piece-{piece}", f'<html lang="en"><body><article>{body}</article></body></html>'


def register(folder: Path, tables: int) -> Register:
    """The publisher with its round tables."""
    place = folder / "scale" / "round_tables"
    place.mkdir(parents=True)
    (place.parent / "source.toml").write_text(_SOURCE)
    for table in range(tables):
        lines = [
            f'[round_table]\nid = "table-{table}"\nseries = "weights"\ntitle = "Table {table}"\nstate = "complete"'
        ]
        lines[0] += f'\nscope = "https://scale.example/table-{table}/"'
        lines += [f'[[prompts]]\nid = "q{number}"\nordinal = {number + 1}' for number in range(_QUESTIONS)]
        lines += [f'[[line_up]]\npeople = [{{ name = "{name(table * 7 + n * 97)}" }}]' for n in range(_ENTRIES)]
        lines += [
            f'[[targets]]\nurl = "https://scale.example/table-{table}/q{n}"\nrole = "question"\nprompt = "q{n}"'
            for n in range(_QUESTIONS)
        ]
        (place / f"table-{table}.toml").write_text("\n".join(lines))
    return Register.load(folder)


def capture(url: str, payload: bytes, number: int) -> Capture:
    """A capture, as the store would make it."""
    digest = hashlib.sha256(payload).hexdigest()
    return Capture(
        capture_id=f"c-{digest[:20]}", url=url, captured_at=_AT + dt.timedelta(seconds=number), ingested_at=_AT,
        origin="live", record_type="response", status=200, mime="text/html", payload_sha256=digest,
        payload_bytes=len(payload), warc_file="x.warc.gz", warc_offset=number, warc_length=1,
    )  # fmt: skip


def _peak() -> float:
    """The most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Uncited(dict[str, str]):
    """Stands for references that were all rendered before."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        return "{}"


def measure(size: int, cite: bool) -> tuple[int, int, float, float, float]:
    """Pages, contributions, seconds of processor time for reading and for assembling, and the peak in MiB."""
    tables = -(-size // PER_TABLE)
    with tempfile.TemporaryDirectory() as folder:
        known = register(Path(folder) / "register", tables)
        captures: list[Capture] = []
        payloads: dict[str, tuple[int, str]] = {}
        for table in range(tables):
            for url, html in pages(table):
                captures.append(capture(url, html.encode(), len(captures)))
                payloads[captures[-1].capture_id] = table, url

        def payload(one: Capture) -> bytes:
            # Made anew, so that the pages' bytes are not held.
            table, url = payloads[one.capture_id]
            return dict(pages(table))[url].encode()

        readings = CachedReadings(captures, payload, known, Path(folder) / "pages.sqlite")
        kept = None if cite else _Uncited()
        begin = time.process_time()
        for _ in readings.gists():
            pass
        read = time.process_time()
        (Path(folder) / "tables").mkdir()
        made = parts(readings, known, Ids(), captures=captures, kept_citations=kept)
        written = parquet.write(made, Path(folder) / "tables", [], now=_AT, code_version="scale")
        done = time.process_time()
        return len(captures), written.rows["contributions"], read - begin, done - read, _peak()


def main(arguments: list[str]) -> None:
    """Measure each size in a process of its own and print a line for it."""
    cite = "--cite" in arguments
    sizes = [int(size) for size in arguments if size != "--cite"] or SIZES
    sys.stdout.write("contributions   pages   read s  pages/s  assemble s  ms each  peak MiB\n")
    for size in sizes:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            count, found, read, made, peak = pool.submit(measure, size, cite).result()
        sys.stdout.write(
            f"{found:13,}  {count:6,}  {read:7.1f}  {count / read:7.0f}  {made:10.1f}  {made / found * 1000:7.2f}"
            f"  {peak:8.0f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

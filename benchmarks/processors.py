"""What a second processor is worth to the step that reads the pages.

    python -m benchmarks.processors [--contributions 100000 | --saved 10] [--runs 2]

A home is made whose captures hold the invented pages of `scale`, or the saved ones (`corpus`) so many times over. The
step then reads them all, in turns bound to one processor and to two, each time in a process of its own and with an
empty cache. Seconds that pass tell what people wait for, where nothing else keeps the processors busy; the processor
time of the process that took most tells what they would wait on a machine at rest.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.home import Home
from benchmarks import scale
from benchmarks.corpus import Corpus
from pipelines.opened import SOFTWARE, OpenedHome
from pipelines.steps import read_pages


def invented(home: Home, contributions: int) -> Iterator[tuple[str, bytes]]:
    """Address and payload of each page; the register of the home comes to know their publisher."""
    tables = -(-contributions // scale.PER_TABLE)
    scale.register(home.curation / "register", tables)
    for table in range(tables):
        for url, html in scale.pages(table):
            yield url, html.encode()


def saved(corpus: Corpus, times: int) -> Iterator[tuple[str, bytes]]:
    """Address and payload of each page, so many times under addresses that differ."""
    for number in range(times):
        for _, content, url in corpus.pages():
            yield f"{url}#{number}", content


def measure(folder: str, processors: int) -> tuple[int, float, float, float]:
    """Pages; seconds that passed; of processor time in this process, and in others."""
    home = Home.at(folder)
    (home.cache / "pages.sqlite").unlink(missing_ok=True)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])
    begin, own = time.monotonic(), time.process_time()
    summary = read_pages(OpenedHome(home), lambda _: None)
    passed, own = time.monotonic() - begin, time.process_time() - own
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return summary.pages, passed, own, others.ru_utime + others.ru_stime


def main() -> int:
    """Make the home, measure in turns, and print a line for each; 2 where the saved pages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contributions", type=int, default=100_000)
    parser.add_argument("--saved", type=int, default=0, help="the saved pages, so many times, instead")
    parser.add_argument("--runs", type=int, default=2)
    wanted = parser.parse_args()
    corpus = Corpus.found()
    if wanted.saved and corpus is None:
        sys.stderr.write("the saved pages are not there (../shared/pages): nothing to measure\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        home = Home.at(folder).prepare()
        store = CaptureStore(home.captures, software=SOFTWARE)
        pages = saved(corpus, wanted.saved) if wanted.saved and corpus else invented(home, wanted.contributions)
        with store.together():
            for url, payload in pages:
                store.keep_resource(url, payload, Memento(), mime="text/html", run_id=None)
        sys.stdout.write("processors   pages  passed s  first process s  second s  load\n")
        best: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(wanted.runs):
            for processors, found in best.items():
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                    count, passed, own, other = pool.submit(measure, folder, processors).result()
                load = os.getloadavg()[0]
                found.append(max(own, other))
                sys.stdout.write(
                    f"{processors:10}  {count:6,}  {passed:8.1f}  {own:15.1f}  {other:8.1f}  {load:4.1f}\n"
                )
                sys.stdout.flush()
        sys.stdout.write(f"the longest of the processor times, one to two: {min(best[1]) / min(best[2]):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

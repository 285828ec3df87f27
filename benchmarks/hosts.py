"""What one slow host costs all others: `python -m benchmarks.hosts [--slow 2.0]`.

Five publishers of twenty pages each on a loopback server, asked every tenth of a second; of one of them each answer is
kept back for so long. Printed are the seconds after which the last page of the four others was held, and of all.
"""

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

from archive.demo.server import serving
from archive.demo.site import Resource
from archive.home import Home
from benchmarks.runs import PAGE, SOURCE, TABLE
from pipelines import ingest
from pipelines.opened import OpenedHome

HOSTS, PAGES, DELAY = 5, 20, 0.1
_SLOW = "host-0"


class _Slow(dict[str, Resource]):
    """A site of which some paths take their time."""

    def __init__(self, pages: Mapping[str, Resource], seconds: float) -> None:
        super().__init__(pages)
        self._seconds = seconds

    def get(self, path: str, default: object = None) -> object:  # type: ignore[override]  # as the server asks
        if path.startswith(f"/{_SLOW}/"):
            time.sleep(self._seconds)
        return super().get(path, default)


def home_in(folder: Path) -> Home:
    """A home whose register has the publishers, with a round table for each page."""
    for host in (f"host-{number}" for number in range(HOSTS)):
        tables = folder / "curation/register" / host / "round_tables"
        tables.mkdir(parents=True)
        source = SOURCE.replace('"bench"', f'"{host}"').replace("bench.example", f"{host}.example")
        (tables.parent / "source.toml").write_text(source.replace("= 0.0", f"= {DELAY}"))
        for number in range(PAGES):
            name = f"{host}-{number}"
            table = TABLE.format(n=name, host=f"{host}.example").replace(f"/{name}/", f"/{host}/{number}/")
            (tables / f"{name}.toml").write_text(table)
    return Home.at(folder).prepare()


def main() -> None:
    """Fetch everything once and print when the others were through."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slow", type=float, default=2.0, help="seconds that each answer of one host takes")
    wanted = parser.parse_args()
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    text = "<p>Words of a paragraph.</p>" * 50
    pages = {
        f"/host-{host}/{n}/": Resource(PAGE.format(n=n, text=text).encode(), "text/html", moment)
        for host in range(HOSTS)
        for n in range(PAGES)
    }
    pages["/robots.txt"] = Resource(b"User-agent: *\nAllow: /\n", "text/plain", moment)
    with tempfile.TemporaryDirectory() as folder, serving(_Slow(pages, wanted.slow)) as address:
        home = home_in(Path(folder) / "home")
        ends: dict[bool, float] = {}
        begin = time.monotonic()

        def say(line: str) -> None:
            if line.startswith("fetched"):
                ends[_SLOW in line] = time.monotonic() - begin

        names = [f"host-{number}" for number in range(HOSTS)]
        with mock.patch.object(ingest, "serving", side_effect=lambda: nullcontext(address)):
            done = ingest.harvest_sources(OpenedHome(home), names, run_id="bench", command="bench", say=say)
    sys.stdout.write(f"pages held: {done.run.fetched}\n")
    sys.stdout.write(f"the others were through after {ends[False]:.1f} s, all after {ends[True]:.1f} s\n")


if __name__ == "__main__":
    main()

"""What it costs to look and find nothing new: a run over 300 series, and the UI beside it.

    python -m benchmarks.runs

Processor time is compared, since machines are shared; a plain script that sends the same requests is the peer.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import requests

from archive.demo.server import serving
from archive.demo.site import Resource, pages
from archive.home import Home
from archive.journal import Journal
from archive.model import Fetch
from pipelines import ingest
from pipelines.running import run_job

SERIES = 300
HOST = "bench.example"
PAGE = """<html><head><title>Round table {n}</title></head><body><h1>Round table {n}</h1>
<p>By Somebody Else</p><p>Published on 3 June 2024</p>{text}</body></html>"""
SOURCE = f"""[publisher]
id = "bench"
name = "Bench"
url = "http://{HOST}/"
hosts = ["{HOST}"]
bundled = true
delay_seconds = 0.0
"""
TABLE = """[round_table]
id = "table-{n}"
series = "series-{n}"
title = "Round table {n}"
state = "running"
opened_on = 2024-06-03

[series]
id = "series-{n}"
title = "Series {n}"

[[targets]]
url = "http://{host}/{n}/"
role = "article"
"""


def site() -> dict[str, Resource]:
    """A page of some six kilobytes for each series."""
    like = next(iter(pages().values()))
    text = "".join(f"<p>{'A paragraph of the discussion that says something. ' * 6}</p>" for _ in range(20))
    found = {
        f"/{n}/": Resource(PAGE.format(n=n, text=text).encode(), "text/html", like.last_modified) for n in range(SERIES)
    }
    return {**found, "/robots.txt": Resource(b"User-agent: *\nAllow: /\n", "text/plain", like.last_modified)}


def home_in(folder: Path) -> Home:
    """A home whose register has them all."""
    tables = folder / "curation/register/bench/round_tables"
    tables.mkdir(parents=True)
    (tables.parent / "source.toml").write_text(SOURCE)
    for n in range(SERIES):
        (tables / f"table-{n}.toml").write_text(TABLE.format(n=n, host=HOST))
    return Home.at(folder).prepare()


def spent() -> float:
    """Processor seconds of this process."""
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime


def written() -> int:
    """Bytes that this process has written into files and sockets."""
    return int(re.search(r"wchar: (\d+)", Path("/proc/self/io").read_text())[1])


def plain(address: tuple[str, int], state: Path) -> int:
    """The peer: the same conditional requests, and a line of state for each page."""
    session = requests.Session()
    known = json.loads(state.read_text()) if state.exists() else {}
    for path in ["/robots.txt", *(f"/{n}/" for n in range(SERIES))]:
        head = {"If-None-Match": known[path]} if path in known else {}
        answer = session.get(f"http://{address[0]}:{address[1]}{path}", headers={"Host": HOST, **head}, timeout=10)
        known[path] = answer.headers["ETag"]
    content = json.dumps(known)
    state.write_text(content)
    return len(content)


def measured(step: object, *given: object) -> tuple[float, int]:
    """Processor seconds and bytes written."""
    began, before = spent(), written()
    step(*given)  # type: ignore[operator]
    return spent() - began, written() - before


def run_of_nothing(folder: Path) -> None:
    """The run, the harvest alone, and the peer."""
    home = home_in(folder / "home")
    config = {"names": ["bench"]}
    with serving(site()) as address, mock.patch.object(ingest, "serving", return_value=nullcontext(address)):
        run_job(home, "ingest", lambda _: None, config)
        first = len(Journal(home.journal).read(Fetch))
        whole, bytes_ours = measured(run_job, home, "ingest", lambda _: None, config)
        sent = len(Journal(home.journal).read(Fetch)) - first
        plain(address, folder / "state.json")
        theirs, bytes_theirs = measured(plain, address, folder / "state.json")
        opened = ingest.OpenedHome(home)
        harvest, _ = measured(
            lambda: ingest.harvest_sources(opened, ["bench"], run_id="bench", command="bench", say=lambda _: None)
        )
    print(f"requests: {sent}; the peer: {SERIES + 1}")
    print(f"processor seconds: {whole:.2f}, of which harvest {harvest:.2f}, the rest {whole - harvest:.2f}")
    print(f"the peer: {theirs:.2f}; ratio {whole / theirs:.1f}, harvest alone {harvest / theirs:.1f}")
    print(f"bytes written (files and sockets): {bytes_ours:,}; the peer's state: {bytes_theirs:,}")


def ui(folder: Path) -> None:
    """How long until the UI answers, and the memory of each of its processes."""
    command = Path(sys.executable).with_name("roundtable")
    subprocess.run([command, "demo", "--home", folder], stdout=subprocess.DEVNULL, check=True)
    began = time.monotonic()
    process = subprocess.Popen(
        [command, "ui", "--home", folder, "--port", "3977"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        query = json.dumps({"query": "{ assetNodes { id } }"}).encode()
        request = urllib.request.Request("http://127.0.0.1:3977/graphql", query, {"Content-Type": "application/json"})
        while True:
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    if json.load(answer)["data"]["assetNodes"]:
                        break
            except OSError:
                time.sleep(0.2)
        print(f"until the graph can be asked for: {time.monotonic() - began:.0f} s")
        time.sleep(20)
        for pid in _below(process.pid):
            line = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            memory = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())[1]
            print(f"{int(memory) / 1024:6.0f} MiB  {line[:90]}")
    finally:
        process.terminate()
        process.wait(60)


def _below(pid: int) -> list[int]:
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(other for child in children for other in _below(child))]


if __name__ == "__main__":
    os.environ["PYTHONWARNINGS"] = "ignore"
    with tempfile.TemporaryDirectory() as scratch:
        run_of_nothing(Path(scratch))
        ui(Path(scratch) / "demo")

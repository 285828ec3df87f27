"""What a maintainer sees in a browser, and what is left when a part of the UI is killed during a run."""

import os
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.pipelines import ui
from tests.pipelines.conftest import roundtable
from warehouse import query

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs/images"
GROUPS = ("captures", "pages", "discussion", "warehouse", "products")


def copied(demo, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    return home


def shown(page, name):
    """Keep a picture for the documentation, where that is asked for."""
    if os.environ.get("ROUNDTABLE_SCREENSHOTS"):
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")
        assert (IMAGES / f"{name}.png").stat().st_size < 150_000


@pytest.mark.browser
@pytest.mark.enable_socket
def test_a_maintainer_sees_graph_run_report_and_the_rows_of_a_failed_check(demo, tmp_path, chromium):
    home = copied(demo, tmp_path)
    # A page that the register expects and the magazine does not have.
    table = home / "curation/register/lamplighter/round_tables/night-bus.toml"
    gone = "http://www.lamplighter.example/long-table/night-bus/last-stop/"
    table.write_text(table.read_text() + f'\n[[targets]]\nurl = "{gone}"\nrole = "response"\n')
    with ui.started(home, tmp_path / "log") as (base, _), ui.browser(chromium) as page:
        known = {one[0] for one in ui.runs(base)}
        page.goto(f"{base}/locations/pipelines.definitions/jobs/ingest")
        page.get_by_role("button", name="Materialize all").first.click()
        page.get_by_role("button", name="All", exact=True).click()
        page.get_by_role("button", name="Launch 1 run").click()
        assert ui.ended(base, "ingest", known)[2] == "SUCCESS"
        page.goto(f"{base}/runs")
        page.get_by_text("Success").first.wait_for()
        page.goto(f"{base}/assets/run_report")
        page.get_by_text("not_found").first.wait_for()
        assert page.get_by_text(gone).count()
        page.wait_for_timeout(2000)  # icons and the bar of the history come after the words
        shown(page, "report")
        page.goto(f"{base}/assets/captures?view=checks&checkDetail=every_series_continues")
        page.get_by_text("amiss").first.wait_for()  # a number, which is plotted
        page.get_by_text("Show Markdown").first.click()
        page.get_by_text("1 × not_found").first.wait_for()
        page.wait_for_timeout(1000)  # the dialog fades in
        shown(page, "failed-check")
        page.set_viewport_size({"width": 1700, "height": 620})
        expanded = ",".join(f"global@global:{name}" for name in GROUPS)
        page.goto(f"{base}/asset-groups?expanded={expanded}")
        for name in (*GROUPS, "tables", "run_report"):
            page.locator("svg foreignObject").get_by_text(name, exact=True).first.wait_for()
        page.get_by_text("Hide navigation").click()
        page.wait_for_timeout(5000)  # the nodes are coloured when their state was asked for
        shown(page, "graph")
    assert not [path for path in ROOT.iterdir() if path.name.startswith(".tmp_dagster") or path.name == "history"]


SLOW = pytest.mark.skipif(not os.environ.get("ROUNDTABLE_SOAK"), reason="takes minutes: ROUNDTABLE_SOAK=1 runs it")


def processes(word):
    """The processes of this machine whose command line holds a word: id → command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line:
            found[int(path.parent.name)] = line
    return found


def below(pid):
    """A process and all that it has started."""
    children = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, queue = [], [pid]
    while queue:
        one = queue.pop()
        found.append(one)
        queue += children.get(one, [])
    return found


def worker_of(base, run_id):
    """The process of a run, as its tag says."""
    query = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status tags { key value } } } }"
    for _ in range(240):
        run = ui.asked(base, query, id=run_id)["runOrError"]
        tags = {one["key"]: one["value"] for one in run.get("tags", [])}
        if run["status"] == "STARTED" and "roundtable/process" in tags:
            return int(tags["roundtable/process"].partition(" ")[0])
        time.sleep(0.25)
    return pytest.fail("the run did not start")


def part(pid, words):
    """The first process below `pid` whose command line holds all the words."""
    lines = processes("dagster")
    return next(one for one in below(pid) if one in lines and all(word in lines[one] for word in words))


KILLED = {
    "worker": None,
    "daemon": ("daemon",),
    "webserver": ("webserver",),
}


@SLOW
@pytest.mark.enable_socket
@pytest.mark.parametrize("name", KILLED)
def test_whatever_is_killed_during_a_run_the_next_tick_catches_up_as_if_nothing_had_been(demo, tmp_path, name):
    home = copied(demo, tmp_path)
    source = home / "curation/register/lamplighter/source.toml"
    source.write_text(re.sub(r"delay_seconds = .*", "delay_seconds = 1.0", source.read_text()))
    config = {"ops": {"captures": {"config": {"names": ["lamplighter"]}}}}
    before = query.run(home / "roundtable.duckdb", "FROM contributions ORDER BY ALL").rows
    with ui.started(home, tmp_path / "log") as (base, process):
        ui.ended(base, "make_products")
        run_id = ui.launched(base, "ingest", config)
        worker = worker_of(base, run_id)
        while run_id not in (home / "journal/visits.jsonl").read_text():
            time.sleep(0.2)
        time.sleep(3)
        os.kill(worker if name == "worker" else part(process.pid, KILLED[name]), signal.SIGKILL)
        if name == "worker":
            # The sensor marks it as failed within a minute or so, and the next run is not held up.
            status = ui.ended(base, "ingest")
            assert status == (run_id, "ingest", "FAILURE")
    # The database was readable throughout, and says what it said.
    assert query.run(home / "roundtable.duckdb", "FROM contributions ORDER BY ALL").rows == before
    with ui.started(home, tmp_path / "log") as (base, _):
        # What was cut off is due at once, and the schedule's next tick asks for it.
        (asked,) = ui.ticked(base, "due_ingest")
        assert asked["ops"]["captures"]["config"]["due"]
        again = ui.launched(base, "ingest", asked)
        for _ in range(3):
            if ui.ended(base, "ingest", [one[0] for one in ui.runs(base) if one[0] != again])[2] == "SUCCESS":
                break
        statuses = {one[2] for one in ui.runs(base)}
    assert statuses <= {"SUCCESS", "FAILURE", "CANCELED"}
    assert query.run(home / "roundtable.duckdb", "FROM contributions ORDER BY ALL").rows == before
    assert roundtable("verify", "--home", home).returncode == 0
    last = query.run(home / "roundtable.duckdb", f"SELECT outcome FROM visits WHERE run_id = '{again}'").rows
    assert last == [("succeeded",)] * 3

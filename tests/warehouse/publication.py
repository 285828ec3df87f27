"""The fault loop over the publication step, run as `python -m tests.warehouse.publication FAULT EVERY FIRST FOLDER`.

A process of its own, because it forks: threads of earlier tests would not survive that.
"""

import datetime as dt
import json
import shutil
import sys
from pathlib import Path

from archive.model import TABLES, Contribution, Release, ReleaseChange
from archive.model.records import Records
from tests import faults, made
from warehouse import parquet, publish, query, release_folder

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
LATER = dt.datetime(2026, 1, 3, 3, 4, 5)


def publication(records: Records, folder: Path, now: dt.datetime) -> None:
    """Write a release, point to it and publish the database, as the pipeline does."""
    current = release_folder.current(folder / "tables")
    known = release_folder.rows_of(current, Release) if current else []
    changes = release_folder.rows_of(current, ReleaseChange) if current else []
    written = parquet.write(records, folder / "tables", known, changes=changes, now=now, code_version="test")
    parquet.point_to(folder / "tables", written.folder)
    publish.publish(written.folder, folder / "roundtable.duckdb")


def fewer(records: Records) -> Records:
    """The same records with one contribution's citation gone: another content."""
    table = records.by_table()
    made_of = Records()
    for name, rows in table.items():
        made_of.extend(rows[:-1] if name == "citations" else rows)
    return made_of


def state(folder: Path) -> dict[str, object]:
    """What a reader sees: rows of the current release and of the database, after checking every file."""
    current = release_folder.current(folder / "tables")
    assert current is not None
    release_folder.check(current)
    database = query.run(
        folder / "roundtable.duckdb", "SELECT count(*), (SELECT count(*) FROM citations) FROM contributions"
    )
    files = {name: (current / f"{name}.parquet").stat().st_size for name in TABLES}
    return {"database": [list(row) for row in database.rows], "files": files}


def in_process(action, folder: Path, result: Path) -> None:
    def run() -> None:
        result.write_text(json.dumps(action(folder)))

    code = faults.in_child(run)
    assert code == faults.DONE, code


def main(fault: str, every: int, first: int, scratch: Path) -> int:
    """Strike every n-th operation; print how many there were and what was wrong afterwards."""
    records = made.records(made.demo_readings())
    assert records.of(Contribution)
    old, new, template = fewer(records), records, scratch / "template"
    (template / "tables").mkdir(parents=True)
    assert faults.in_child(lambda: publication(old, template, NOW)) == faults.DONE
    result = scratch / "result.json"

    def seen(folder: Path) -> object:
        in_process(state, folder, result)
        return json.loads(result.read_text())

    before = seen(template)
    finished = scratch / "finished"
    shutil.copytree(template, finished, symlinks=True)
    assert faults.in_child(lambda: publication(new, finished, LATER)) == faults.DONE
    after = seen(finished)
    assert before != after
    struck, wrong = 0, []
    for attempt in faults.loop(template, scratch, lambda folder: publication(new, folder, LATER), fault, every, first):
        struck += attempt.ended != "done"
        try:
            found = seen(attempt.folder)
            mixed = {"database": before["database"], "files": after["files"]}
            if found not in (before, after, mixed):
                wrong.append([attempt.number, attempt.ended, "readers see neither the old nor the new release"])
            expected = {"kill": "killed"}.get(fault, "refused")
            if attempt.ended not in {expected, "done"}:
                wrong.append([attempt.number, attempt.ended, "it ended otherwise"])
            # The next run ends as one that was never struck, and leaves no litter behind.
            assert faults.in_child(lambda folder=attempt.folder: publication(new, folder, LATER)) == faults.DONE
            if seen(attempt.folder) != after:
                wrong.append([attempt.number, attempt.ended, "the next run ended differently"])
            litter = [
                path.name for path in attempt.folder.rglob("*") if path.name.endswith(".tmp") or path.name == ".writing"
            ]
            if litter:
                wrong.append([attempt.number, attempt.ended, f"left behind: {litter}"])
        except AssertionError as error:
            wrong.append([attempt.number, attempt.ended, repr(error)])
    print(json.dumps({"struck": struck, "wrong": wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))

"""The fault loop over the capture store, run as `python -m tests.captures.striking FAULT FOLDER`.

A process of its own, because it forks: threads of earlier tests would not survive that.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from archive.captures import index
from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.captures.verify import verify
from archive.codes import Code, Outcome
from archive.model import Capture
from tests import faults
from tests.captures.made import URL, exchange, not_modified, read_by_others, store_in

FULL = 3_000
"""Bytes after which the next WARC file is begun, some captures before the last."""
GOES_ON = "-same-store"
"""Behind a fault's name: the struck process goes on with the store that it has."""
TLS = "TLSv1.3 AES sha256:00"


def kept_before(store: CaptureStore) -> Capture:
    return store.keep(exchange(b"before", etag='"v1"'), run_id="run-0")


def redirect() -> Callable[[CaptureStore], Capture]:
    head = b"HTTP/1.1 301 Moved\r\nLocation: /other\r\n\r\n"
    made = exchange(b"moved", minute=3, url=f"{URL}/old", head=head, outcome=Outcome.REDIRECTED)
    return lambda store: store.keep(replace(made, location=f"{URL}/other"), run_id="run-1")


def resource(store: CaptureStore) -> Capture:
    return store.keep_resource(URL, b"brought", Memento(note="a.txt"), mime="text/plain", run_id="run-1")


KEEPING: list[Callable[[CaptureStore], Capture]] = [
    lambda store: store.keep(exchange(b"first" * 200, minute=1, etag='"v2"', tls=TLS), run_id="run-1"),
    lambda store: store.keep(not_modified(minute=2), run_id="run-1"),
    redirect(),
    resource,
    lambda store: store.keep(exchange(b"in the next file", minute=4, url=f"{URL}/next"), run_id="run-1"),
]


def work(store: CaptureStore, said: int) -> None:
    """Recover, keep and index; the id of what is kept is said to a file as soon as `keep` has returned."""
    store.recover()
    keep_and_index(store, said)


def keep_and_index(store: CaptureStore, said: int) -> None:
    for keep in KEEPING:
        os.write(said, f"{keep(store).capture_id}\n".encode())
    index.rebuild(store.folder)


def struck(folder: Path, said: Path, *, goes_on: bool) -> None:
    """What is struck, in the forked process."""
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    store = store_in(folder, FULL)
    try:
        work(store, descriptor)
    except OSError:
        if goes_on:
            # Nobody tells the store that something was amiss: it must know.
            keep_and_index(store, descriptor)
        raise


def template_in(folder: Path) -> None:
    """A store with one capture, and what a crash left behind it: half a record, and half a line of the manifest."""
    store = store_in(folder, FULL)
    kept_before(store)
    index.rebuild(folder)
    torn = store_in(folder.with_name("torn"), FULL)
    before = [path.stat().st_size for path in sorted(folder.glob("roundtable-*"))]
    kept_before(torn)
    KEEPING[0](torn)
    for path, length in zip(sorted(folder.glob("roundtable-*")), before, strict=True):
        more = (torn.folder / path.name).read_bytes()[length:]
        with path.open("ab") as handle:
            handle.write(more[: len(more) // 2])


def faults_of(folder: Path, said: list[str], whole: dict[str, bytes], *, goes_on: bool) -> list[str]:
    """What is wrong with the store after a strike, and after the same work was done once more."""
    wrong = []
    store = store_in(folder, FULL)
    order = list(whole)
    found = [capture.capture_id for capture in store.captures()]
    known = [name for name in order if name in found]
    if len(found) != len(set(found)) or set(found) != set(order[: len(found)]):
        wrong.append(f"captures that nobody kept, or one twice: {found}")
    if not goes_on and len(found) not in {1 + len(said), 2 + len(said)}:
        wrong.append(f"{len(said)} were kept, {len(found) - 1} are there")
    if not set(said) <= set(found):
        wrong.append("something is lost that had been kept")
    wrong += [f"{name}: another payload" for name in known if store.payload(_got(store, name)) != whole[name]]
    findings = verify(folder).findings
    wrong += [str(one) for one in findings if one.is_damage and not one.code.startswith("index_")]
    torn = {one.file for one in findings if one.code is Code.TORN_TAIL and not one.file.startswith(".")}
    cuts = {cut.file for cut in store.recover()}
    if cuts != torn:
        wrong.append(f"torn: {sorted(torn)}, cut: {sorted(cuts)}")
    if store.recover():
        wrong.append("not all was cut at once")
    work(store_in(folder, FULL), os.open(os.devnull, os.O_WRONLY))
    store = store_in(folder, FULL)
    again = [capture.capture_id for capture in store.captures()]
    if sorted(again) != sorted(whole):
        wrong.append(f"the next run ended with {again}")
    else:
        wrong += [f"{name}: another payload" for name in again if store.payload(_got(store, name)) != whole[name]]
    wrong += [str(one) for one in verify(folder).findings]
    for path in folder.glob("*.warc.gz"):
        read_by_others(path)
    return wrong


def _got(store: CaptureStore, name: str) -> Capture:
    capture = store.get(name)
    assert capture is not None
    return capture


def main(fault: str, scratch: Path) -> int:
    """Strike every operation; print how many there were and what was wrong afterwards."""
    goes_on = fault.endswith(GOES_ON)
    fault = fault.removesuffix(GOES_ON)
    template, said = scratch / "template", scratch / "said"
    template_in(template)
    undisturbed = store_in(scratch / "undisturbed", FULL)
    captures = [keep(undisturbed) for keep in (kept_before, *KEEPING)]
    whole = {capture.capture_id: undisturbed.payload(capture) for capture in captures}
    assert [capture.record_type for capture in captures[1:4]] == ["response", "revisit", "response"]
    assert captures[0].warc_file < captures[-1].warc_file
    number, wrong = 0, []
    expected = {"kill": "killed"}.get(fault, "refused")
    for attempt in faults.loop(template, scratch, partial(struck, said=said, goes_on=goes_on), fault):
        number += attempt.ended != "done"
        told = said.read_text().split() if said.exists() else []
        try:
            found = faults_of(attempt.folder, told, whole, goes_on=goes_on)
            if attempt.ended not in {expected, "done"}:
                found.append("it ended otherwise")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is said with the number of the operation
            found = [repr(error)]
        wrong += [[attempt.number, attempt.ended, what] for what in found]
    print(json.dumps({"struck": number, "wrong": wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))

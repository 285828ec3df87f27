"""A visit to an archive: what comes of its lists and captures, whatever mood it is in."""

import datetime as dt
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest

from archive.captures.harvest import Budget, Due, Found, Round
from archive.captures.store import CaptureStore
from archive.captures.visit import Visit, settled
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session
from archive.fetch.wayback import Wayback
from archive.model.captures import Capture, Fetch
from tests.captures.made import exchange, read_by_others, store_in
from tests.fetch.hostile import AGENT, reset
from tests.fetch.wayback_server import BASE, BUSY, NAME, SLOW_DOWN, SORRY, Archive, Kept, answer, serving

PAGE = "https://www.example.test/round/page"
OLD = "http://www.example.test:80/round/page"
FIRST = Kept("20190301163705", OLD, b"<html>first</html>")
SECOND = Kept("20200301163705", PAGE, b"<html>second</html>")
MOVED = Kept("20210301163705", PAGE, b"moved", 302, head={"Location": f"{BASE}/web/20210301163705id_/{PAGE}/new"})


@dataclass
class Visitor:
    """What goes to an archive again and again."""

    archive: Archive
    store: CaptureStore
    journal: list[Fetch]
    slept: list[float]
    visit: Visit | None = None
    now: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def go(self, *pages: str, budget: int = 100, since: dt.date | None = None, until: dt.date | None = None) -> list:
        run = f"run-{len({row.run_id for row in self.journal}) + 1}"
        visit = Visit(Wayback(BASE), self.store, run_id=run, settled=settled(self.journal), since=since, until=until)
        self.visit = visit

        def expand(found: Found) -> Iterator[Due]:
            if found.kind == "list":
                yield from visit.expand(found.url)

        return Round(
            visit.look_up(pages or [PAGE]),
            session=Session(AGENT, resolver=Resolver({NAME: self.archive.address})),
            store=self.store,
            politeness=Politeness(2.0, jitter=0, clock=lambda: self.now, sleep=self.sleep),
            journal=self.journal.append,
            run_id=run,
            expand=expand,
            keep=visit.keep,
            budget=Budget(budget),
        ).go()

    def counts(self, rows: list[Fetch]) -> dict[str, int]:
        assert self.visit is not None
        return {kind: number for kind, number in self.visit.counts(rows).items() if number}

    def held(self) -> list[Capture]:
        return [capture for capture in self.store.captures() if capture.origin == "wayback"]


@contextmanager
def visiting(folder: Path, *kept: Kept, **more: object) -> Iterator[Visitor]:
    with serving(Archive(list(kept), **more)) as archive:  # type: ignore[arg-type]
        yield Visitor(archive, store_in(folder), [], [])


def short(rows: list[Fetch]) -> list[tuple[str, str]]:
    """Where, cut down to `list` or the time of the capture, and the outcome."""
    where = {row.url: row.url.removeprefix(f"{BASE}/").removeprefix("web/").partition("id_/")[0] for row in rows}
    return [("list" if "/cdx/" in row.url else where[row.url], row.outcome) for row in rows][1:]


def test_captures_are_kept_under_the_address_and_time_that_they_had(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST, SECOND, MOVED) as visitor:
        rows = visitor.go()
    assert short(rows) == [("list", "listed"), ("20190301163705", "fetched"), ("20200301163705", "fetched")]
    assert rows[0].planned, "an archive without a robots.txt is open"
    assert rows[1].detail == f"{PAGE}: 2 captures"
    assert visitor.counts(rows) == {"fetched": 2}
    first, second = visitor.held()
    assert (first.url, first.captured_at) == ("http://www.example.test/round/page", dt.datetime(2019, 3, 1, 16, 37, 5))
    assert (second.url, second.captured_at_source) == (PAGE, "archive")
    assert (first.note, first.record_type, first.status) == (FIRST.raw.replace(":80", ""), "response", 200)
    assert [row.capture_id for row in rows[2:]] == [first.capture_id, second.capture_id]
    assert [row.url for row in rows[2:]] == [first.note, second.note]
    assert [visitor.store.payload(one) for one in (first, second)] == [FIRST.body, SECOND.body]
    assert visitor.slept == [2.0] * 3
    assert not any("If-None-Match" in head or "If-Modified-Since" in head for head in visitor.archive.heads)


def test_records_hold_the_bytes_of_the_archive_and_say_what_was_asked_of_whom_and_when(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST) as visitor:
        visitor.go()
    records = read_by_others(tmp_path / "roundtable-00001.warc.gz")[-3:]
    (answered, block), (asked, sent), (said, facts) = records
    assert [headers["WARC-Type"] for headers, _ in records] == ["response", "request", "metadata"]
    assert answered["WARC-Target-URI"] == "http://www.example.test/round/page"
    assert answered["WARC-Date"] == "2019-03-01T16:37:05.000000Z"
    assert block.startswith(b"HTTP/1.1 200 As it was\r\nContent-Type: text/html\r\nMemento-Datetime: ")
    assert asked["WARC-Target-URI"] == FIRST.raw.replace(":80", "")
    assert asked["WARC-Date"] > "2026"
    assert asked["WARC-Concurrent-To"] == said["WARC-Concurrent-To"] == answered["WARC-Record-ID"]
    assert sent.startswith(b"GET /web/20190301163705id_/http://www.example.test/round/page HTTP/1.1\r\n")
    assert f"imported-from: {FIRST.raw.replace(':80', '')}".encode() in facts
    assert b"captured-at-source: archive" in facts
    assert f"archive-digest: sha1:{FIRST.digest}".encode() in facts


def test_a_second_visit_with_nothing_new_sends_the_lists_alone_and_keeps_nothing(tmp_path: Path) -> None:
    other = "https://www.example.test/round/other"
    with visiting(tmp_path, FIRST, SECOND) as visitor:
        visitor.go(PAGE, other)
        before = visitor.held()
        visitor.archive.asked.clear()
        rows = visitor.go(PAGE, other)
        assert [path.partition("?")[0] for path in visitor.archive.asked] == ["/robots.txt", *["/cdx/search/cdx"] * 2]
    assert short(rows) == [("list", "listed"), ("list", "not_archived")]
    assert visitor.counts(rows) == {"unchanged": 2}
    assert visitor.held() == before


def test_what_is_new_since_the_last_visit_is_all_that_is_fetched(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST) as visitor:
        visitor.go()
        visitor.archive.kept.append(SECOND)
        rows = visitor.go()
    assert short(rows) == [("list", "listed"), ("20200301163705", "fetched")]
    assert visitor.counts(rows) == {"unchanged": 1, "fetched": 1}


def test_what_a_capture_repeats_is_a_revisit_and_what_was_fetched_live_counts_too(tmp_path: Path) -> None:
    again = Kept("20220301163705", PAGE, FIRST.body)
    with visiting(tmp_path, Kept(FIRST.stamp, PAGE, FIRST.body), SECOND, again) as visitor:
        rows = visitor.go()
    assert short(rows)[1:] == [
        ("20190301163705", "fetched"),
        ("20200301163705", "fetched"),
        ("20220301163705", "unchanged"),
    ]
    assert [one.record_type for one in visitor.held()] == ["response", "response", "revisit"]
    assert visitor.store.payload(visitor.held()[2]) == FIRST.body
    read_by_others(tmp_path / "roundtable-00001.warc.gz")


def test_adjacent_captures_of_one_payload_are_asked_for_once_though_the_archive_lists_all(tmp_path: Path) -> None:
    days = [Kept(f"2019030{day}000000", PAGE, FIRST.body) for day in range(1, 8)]
    with visiting(tmp_path, *days, collapses=False, filters=False) as visitor:
        rows = visitor.go()
    assert short(rows) == [("list", "listed"), ("20190301000000", "fetched")]
    assert rows[1].detail == f"{PAGE}: 1 capture, 6 more with the payload of the one before"


def test_a_long_list_comes_in_pages(tmp_path: Path) -> None:
    many = [Kept(f"20190{month}01000000", PAGE, b"%d" % month) for month in range(1, 8)]
    with visiting(tmp_path, *many, page=3) as visitor:
        rows = visitor.go()
        assert [path.count("resumeKey=") for path in visitor.archive.lists()] == [0, 1, 1]
    assert [where for where, _ in short(rows)].count("list") == 3
    assert visitor.counts(rows) == {"fetched": 7}


def test_a_resume_key_that_leads_round_in_a_circle_ends(tmp_path: Path) -> None:
    def circle(handler: object) -> None:
        handler._send("200 OK", b'[["timestamp","original","statuscode","mimetype"],[],["same"]]')  # type: ignore[attr-defined]

    with visiting(tmp_path, faults={"/cdx/": [circle] * 50}) as visitor:
        rows = visitor.go()
        assert len(visitor.archive.lists()) == 2
    assert [outcome for _, outcome in short(rows)] == ["listed", "listed"]
    assert visitor.counts(rows) == {}


def test_rows_that_cannot_be_believed_are_passed_over_and_counted(tmp_path: Path) -> None:
    odd: list[list[object]] = [
        ["20191399000000", PAGE, "text/html", "200", "A" * 32, "1"],
        ["20190401000000", "https://elsewhere.test/", "text/html", "200", "B" * 32, "1"],
        ["20190501000000", PAGE, "warc/revisit", "-", "C" * 32, "-"],
        ["20190601000000", PAGE, "text/html", "404", "D" * 32, "1"],
    ]
    with visiting(tmp_path, FIRST, MOVED, rows={PAGE: odd}, filters=False) as visitor:
        rows = visitor.go()
    assert short(rows) == [("list", "listed"), ("20190301163705", "fetched")]
    assert rows[1].detail == f"{PAGE}: 1 capture, 5 rows passed over"


def test_a_page_that_nobody_archived_is_no_failure(tmp_path: Path) -> None:
    with visiting(tmp_path) as visitor:
        rows = visitor.go()
    assert short(rows) == [("list", "not_archived")]
    assert (rows[1].kind, rows[1].detail) == ("unchanged", f"{PAGE}: 0 captures")
    assert visitor.counts(rows) == {}
    assert visitor.held() == []


def test_days_narrow_the_list(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST, SECOND) as visitor:
        rows = visitor.go(since=dt.date(2019, 3, 2), until=dt.date(2020, 3, 1))
        assert "&from=20190302000000&to=20200301235959" in visitor.archive.lists()[0]
    assert short(rows) == [("list", "listed"), ("20200301163705", "fetched")]


# --- an archive in a mood ---------------------------------------------------------------------------


def test_throttling_is_waited_out_and_a_plea_for_time_obeyed(tmp_path: Path) -> None:
    faults = {"/cdx/": [SLOW_DOWN], "id_/": [BUSY, SLOW_DOWN]}
    with visiting(tmp_path, FIRST, SECOND, faults=faults) as visitor:
        rows = visitor.go()
    assert [outcome for _, outcome in short(rows)] == [
        "throttled",
        "listed",
        "server_error",
        "throttled",
        "fetched",
        "fetched",
    ]
    assert visitor.slept == [2.0, 7.0, 2.0, 5.0, 7.0, 2.0]
    assert visitor.counts(rows) == {"fetched": 2}
    assert [capture.url for capture in visitor.store.captures()] == [
        "http://www.example.test/round/page",
        PAGE,
        f"{BASE}/robots.txt",
    ]


def test_an_archive_that_stays_busy_is_left_alone_and_the_next_visit_goes_on(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST, SECOND, faults={FIRST.stamp: [SLOW_DOWN] * 3}) as visitor:
        rows = visitor.go()
        assert short(rows)[1:] == [("20190301163705", "throttled")] * 3 + [("20200301163705", "throttled")]
        assert visitor.counts(rows) == {"failed": 2}
        assert visitor.counts(visitor.go()) == {"fetched": 2}


def test_a_torn_connection_is_an_outcome_and_the_rest_goes_on(tmp_path: Path) -> None:
    faults = {FIRST.stamp: [lambda handler: reset(handler.connection)]}
    with visiting(tmp_path, FIRST, SECOND, faults=faults) as visitor:
        rows = visitor.go()
        assert short(rows)[1:] == [("20190301163705", "broken_response"), ("20200301163705", "fetched")]
        assert visitor.counts(rows) == {"failed": 1, "fetched": 1}
        assert visitor.counts(visitor.go()) == {"unchanged": 1, "fetched": 1}


def test_what_is_listed_and_cannot_be_shown_is_not_found(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST, gaps={FIRST.stamp}) as visitor:
        rows = visitor.go()
    assert short(rows)[1:] == [("20190301163705", "not_found")]
    assert rows[2].capture_id is None
    assert visitor.counts(rows) == {"failed": 1}
    assert visitor.held() == []


CAPTURED = "Fri, 01 Mar 2019 16:37:05 GMT"
NO_CAPTURES = {
    "its own page as 200": (SORRY, "not_a_capture"),
    "a fault as 200": (
        answer("200 OK", b"x", X_Archive_Wayback_Runtime_Error="Blocked By Robots", Memento_Datetime=CAPTURED),
        "not_a_capture",
    ),
    "404": (answer("404 Not Found", b"x"), "not_found"),
    "excluded": (answer("403 Forbidden", b"Blocked Site Error"), "client_error"),
    "a captured 404": (answer("404 Gone", b"x", Memento_Datetime=CAPTURED), "not_a_capture"),
    "a captured 503": (answer("503 Busy", b"x", Memento_Datetime=CAPTURED), "not_a_capture"),
    "203": (answer("203 Changed", b"x"), "not_a_capture"),
    "away": (answer("302 Found", Location="https://archive.example/login"), "redirect_refused"),
    "its own home": (answer("302 Found", Location="/"), "redirect_refused"),
    "another page": (answer("302 Found", Location=f"/web/{FIRST.stamp}id_/http://elsewhere.test/"), "redirect_refused"),
    "a rewritten form": (answer("302 Found", Location=f"/web/20190301163706/{PAGE}"), "redirect_refused"),
    "itself": (answer("302 Found", Location=f"/web/{FIRST.stamp}id_/{OLD}"), "redirect_loop"),
    "nowhere": (answer("302 Found"), "broken_response"),
    "packed and cut": (answer("200 OK", b"x", Content_Encoding="gzip")[:-1], "broken_response"),
}


@pytest.mark.parametrize(("fault", "outcome"), NO_CAPTURES.values(), ids=NO_CAPTURES)
def test_what_is_no_capture_is_never_kept_as_one(tmp_path: Path, fault: bytes, outcome: str) -> None:
    with visiting(tmp_path, FIRST, faults={FIRST.stamp: [fault] * 3}) as visitor:
        rows = visitor.go()
    assert short(rows)[1:] == [("20190301163705", outcome)]
    assert rows[2].capture_id is None
    assert rows[2].detail
    assert visitor.counts(rows) == {"failed": 1}
    assert [capture.url for capture in visitor.store.captures()] == [f"{BASE}/robots.txt"]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        pytest.param(SORRY, "broken_response", id="a page"),
        pytest.param(answer("200 OK", b'[["timestamp",'), "broken_response", id="cut"),
        pytest.param(answer("403 Forbidden", b"Blocked Site Error"), "client_error", id="excluded"),
        pytest.param(answer("504 Gateway Time-out", b""), "server_error", id="504"),
        pytest.param(answer("302 Found", Location="https://archive.example/"), "redirect_refused", id="away"),
        pytest.param(answer("200 OK", b""), "not_archived", id="empty"),
    ],
)
def test_a_list_that_is_none_is_an_outcome(tmp_path: Path, fault: bytes, outcome: str) -> None:
    with visiting(tmp_path, FIRST, faults={"/cdx/": [fault] * 3}) as visitor:
        rows = visitor.go()
        assert {found for _, found in short(rows)} == {outcome}
        assert visitor.counts(rows) == ({} if outcome == "not_archived" else {"failed": 1})
        assert visitor.archive.raws() == []
    assert len(visitor.store.captures()) == 1


def test_a_redirect_to_the_capture_nearby_gives_its_true_time_and_is_remembered(tmp_path: Path) -> None:
    true = Kept("20190301170000", OLD, b"<html>nearby</html>")
    listed: list[list[object]] = [["20190301163705", OLD, "text/html", "200", "A" * 32, "1"]]
    with visiting(tmp_path, true, rows={PAGE: listed}) as visitor:
        visitor.archive.rows[PAGE] += [["20190301163900", OLD, "text/html", "200", "B" * 32, "1"]]
        rows = visitor.go()
        assert short(rows)[1:] == [
            ("20190301163705", "redirected"),
            ("20190301170000", "fetched"),
            ("20190301163900", "unchanged"),
        ]
        (kept,) = visitor.held()
        assert kept.captured_at == dt.datetime(2019, 3, 1, 17)
        assert visitor.counts(rows) == {"fetched": 2, "unchanged": 1}
        again = visitor.go()
        assert len(short(again)) == 1
        assert visitor.counts(again) == {"unchanged": 3}
    assert visitor.held() == [kept]


def test_captures_that_lead_to_each_other_end(tmp_path: Path) -> None:
    one, two = "20190301163705", "20190302163705"
    faults = {one: [answer("302 Found", Location=f"/web/{two}id_/{OLD}")] * 3}
    faults |= {two: [answer("302 Found", Location=f"/web/{one}id_/{OLD}")] * 3}
    with visiting(tmp_path, Kept(one, OLD), Kept(two, OLD, b"two"), faults=faults) as visitor:
        rows = visitor.go()
    assert short(rows)[1:] == [(one, "redirected"), (two, "redirect_loop")]
    assert visitor.counts(rows) == {"failed": 2}


def test_a_stated_time_wins_over_that_of_the_address(tmp_path: Path) -> None:
    late = Kept(FIRST.stamp, OLD, head={"Memento-Datetime": "Fri, 01 Mar 2019 16:37:09 GMT"}, is_memento=False)
    with visiting(tmp_path, late) as visitor:
        visitor.go()
        (kept,) = visitor.held()
        assert kept.captured_at == dt.datetime(2019, 3, 1, 16, 37, 9)
        assert visitor.counts(visitor.go()) == {"unchanged": 1}


def test_without_a_stated_time_the_listed_digest_tells_a_capture_from_a_page_of_the_archives_own(
    tmp_path: Path,
) -> None:
    with visiting(tmp_path, Kept(FIRST.stamp, OLD, is_memento=False)) as visitor:
        rows = visitor.go()
        assert short(rows)[1:] == [("20190301163705", "fetched")]
        assert visitor.held()[0].captured_at == dt.datetime(2019, 3, 1, 16, 37, 5)


def test_a_page_that_was_a_redirect_then_is_kept_with_the_address_that_it_pointed_to(tmp_path: Path) -> None:
    moved = Kept("20210301163705", PAGE, b"moved", 302, head={"Location": f"{BASE}/web/20210301163705id_/{PAGE}/new"})
    new = Kept("20210301163706", f"{PAGE}/new", b"<html>new</html>")
    listed: list[list[object]] = [[moved.stamp, PAGE, "text/html", "200", "A" * 32, "1"]]
    with visiting(tmp_path, moved, new, rows={PAGE: listed}) as visitor:
        rows = visitor.go()
        assert short(rows)[1:] == [
            ("20210301163705", "redirected"),
            ("20210301163705", "redirected"),
            ("20210301163706", "fetched"),
        ]
        first, second = visitor.held()
        assert (first.status, first.redirects_to) == (302, f"{PAGE}/new")
        assert (second.url, second.redirected_from) == (f"{PAGE}/new", f"{BASE}/web/20210301163705id_/{PAGE}/new")
        assert visitor.counts(rows) == {"fetched": 1}


def test_a_captured_redirect_that_leads_out_of_the_archive_is_kept_and_not_followed(tmp_path: Path) -> None:
    moved = Kept("20210301163705", PAGE, b"moved", 301, head={"Location": "/somewhere/else#top"})
    listed: list[list[object]] = [[moved.stamp, PAGE, "text/html", "200", "A" * 32, "1"]]
    with visiting(tmp_path, moved, rows={PAGE: listed}) as visitor:
        rows = visitor.go()
        assert short(rows)[1:] == [("20210301163705", "redirect_refused")]
        assert [path.partition("id_")[0] for path in visitor.archive.raws()] == ["/web/20210301163705"]
    (kept,) = visitor.held()
    assert kept.redirects_to == "https://www.example.test/somewhere/else"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        pytest.param(brotli.compress(b"<html>words</html>"), {"Content-Encoding": "br"}, id="br"),
        pytest.param(gzip.compress(b"<html>words</html>", mtime=0), {"Content-Encoding": "gzip"}, id="gzip"),
        pytest.param(b"<html>words</html>", {"Content-Encoding": "gzip"}, id="unpacked already"),
    ],
)
def test_a_page_is_read_in_whatever_coding_the_crawler_got_it(
    tmp_path: Path, body: bytes, head: dict[str, str]
) -> None:
    with visiting(tmp_path, Kept(FIRST.stamp, PAGE, body, head=head)) as visitor:
        rows = visitor.go()
    assert short(rows)[1:] == [("20190301163705", "fetched")]
    assert visitor.store.payload(visitor.held()[0]) == b"<html>words</html>"
    assert body in gzip.decompress((tmp_path / "roundtable-00001.warc.gz").read_bytes())


def test_robots_txt_and_the_budget_hold_for_an_archive_too(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST, robots=b"User-agent: *\nDisallow: /cdx/\n") as visitor:
        rows = visitor.go()
        assert short(rows) == [("list", "robots_disallowed")]
        assert visitor.counts(rows) == {"refused": 1}
        assert visitor.archive.asked == ["/robots.txt"]
    with visiting(tmp_path / "other", FIRST, SECOND) as visitor:
        rows = visitor.go(budget=3)
        assert short(rows)[1:] == [("20190301163705", "fetched"), ("20200301163705", "stopped")]
        assert visitor.counts(rows) == {"fetched": 1, "failed": 1}


def test_one_page_in_two_spellings_is_looked_up_once(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST) as visitor:
        visitor.go(PAGE, OLD, f"{PAGE}/")
        assert len(visitor.archive.lists()) == 1


def test_what_was_kept_and_not_noted_before_a_crash_is_not_asked_for_again(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST) as visitor:
        visitor.go()
        visitor.journal.clear()
        assert visitor.counts(visitor.go()) == {"unchanged": 1}


def test_a_live_capture_of_the_page_is_what_a_live_round_asks_with(tmp_path: Path) -> None:
    with visiting(tmp_path, FIRST) as visitor:
        visitor.store.keep(exchange(b"live", url=PAGE, etag='"v1"'), run_id="run-0")
        visitor.go()
        latest = visitor.store.latest(PAGE)
        assert latest is not None
        assert latest.etag == '"v1"'

"""The round, on a small site on loopback and with nobody to wait for."""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.captures.harvest import Budget, Due, Found, Round
from archive.captures.store import CaptureStore
from archive.codes import Outcome
from archive.fetch.guard import Resolver
from archive.fetch.politeness import Politeness
from archive.fetch.session import Session
from archive.fetch.wire import Limits
from archive.model.captures import Fetch
from tests.captures.made import read_by_others, store_in
from tests.fetch.hostile import AGENT, HOST, Answer, Server, drip, ok, redirect, serving, silence

SITE = f"http://{HOST}"
ROBOTS = ok(b"User-agent: *\nDisallow: /closed\n", "Content-Type: text/plain")


@dataclass
class Setting:
    """Everything that a round needs, and what it left."""

    store: CaptureStore
    resolver: Resolver
    limits: Limits = field(default_factory=Limits)
    slept: list[float] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    wanted: Callable[[Found], Iterable[Due]] = lambda found: ()
    now: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def expand(self, found: Found) -> Iterable[Due]:
        self.found.append(found)
        return self.wanted(found)

    def go(self, *due: Due | str, budget: int = 100, journal: Callable[[Fetch], None] | None = None) -> list[Fetch]:
        noted: list[Fetch] = []
        reported: list[Fetch] = []

        def note(row: Fetch) -> None:
            if journal:
                journal(row)
            noted.append(row)

        rows = Round(
            [one if isinstance(one, Due) else Due(SITE + one) for one in due],
            session=Session(AGENT, resolver=self.resolver, limits=self.limits),
            store=self.store,
            politeness=Politeness(1.0, jitter=0, clock=lambda: self.now, sleep=self.sleep),
            journal=note,
            run_id="run-1",
            report=reported.append,
            expand=self.expand,
            budget=Budget(budget),
        ).go()
        assert rows == noted == reported
        for row in rows:
            assert row.kind == Outcome(row.outcome).kind
            capture = self.store.get(row.capture_id) if row.capture_id else None
            assert (capture is not None) == bool(row.capture_id)
            assert capture is None or (capture.url, capture.run_id, capture.status) == (row.url, "run-1", row.status)
        return rows


@contextmanager
def site(folder: Path, answers: dict[str, Answer | list[Answer]]) -> Iterator[tuple[Setting, Server]]:
    with serving({"/robots.txt": ROBOTS, **answers}) as server:
        yield Setting(store_in(folder), Resolver({HOST: server.address, "other.test": server.address})), server


def short(rows: list[Fetch]) -> list[tuple[str, str]]:
    return [(row.url.removeprefix(SITE), row.outcome) for row in rows]


def test_each_address_is_fetched_kept_and_noted(tmp_path: Path) -> None:
    with site(tmp_path, {"/": ok(b"home"), "/a": ok(b"page a")}) as (round_, server):
        rows = round_.go("/", "/a", Due(f"{SITE}/closed/1", planned=True), "/closed/2", "/none", "/a")
        assert server.paths() == ["/robots.txt", "/", "/a", "/none"]
    assert short(rows) == [
        ("/robots.txt", "fetched"),
        ("/", "fetched"),
        ("/a", "fetched"),
        ("/closed/1", "robots_disallowed"),
        ("/closed/2", "robots_disallowed"),
        ("/none", "not_found"),
    ]
    assert [row.planned for row in rows] == [False, False, False, True, False, False]
    assert [bool(row.capture_id) for row in rows] == [True, True, True, False, False, True]
    assert [row.detail for row in rows][4] == "robots.txt asks us not to fetch this address"
    assert round_.slept == [1.0] * 3
    assert [round_.store.payload(capture) for capture in round_.store.captures()][1:] == [
        b"home",
        b"page a",
        b"there is no such page",
    ]
    read_by_others(tmp_path / "roundtable-00001.warc.gz")


def test_a_second_round_asks_what_has_changed(tmp_path: Path) -> None:
    validated = ok(b"page a", 'ETag: "v1"', "Last-Modified: Mon, 08 Oct 2018 09:00:00 GMT")
    same = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    answers: dict[str, Answer | list[Answer]] = {
        "/robots.txt": [ok(b"User-agent: *\nDisallow: /closed\n", 'ETag: "r"'), same],
        "/a": [validated, same, ok(b"page a, changed")],
        "/b": ok(b"page b"),
    }
    with site(tmp_path, answers) as (round_, server):
        round_.go("/a", "/b")
        second = round_.go("/a", "/b", "/closed")
        third = round_.go("/a")
    asked = [request for request in server.requests if b"GET /a " in request]
    assert b"If-" not in asked[0]
    for request in asked[1:]:
        assert b'If-None-Match: "v1"\r\n' in request
        assert b"If-Modified-Since: Mon, 08 Oct 2018 09:00:00 GMT\r\n" in request
    assert short(second) == [
        ("/robots.txt", "unchanged"),
        ("/a", "unchanged"),
        ("/b", "unchanged"),
        ("/closed", "robots_disallowed"),
    ]
    assert [row.status for row in second] == [304, 304, 200, None]
    assert short(third)[1] == ("/a", "fetched")
    assert sorted({capture.record_type for capture in round_.store.captures()}) == ["response", "revisit"]
    assert [found.outcome for found in round_.found] == ["fetched", "fetched", "unchanged", "unchanged", "fetched"]
    read_by_others(tmp_path / "roundtable-00001.warc.gz")


def test_redirects_are_followed_one_by_one_and_each_is_kept(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        "/old": redirect("/older", 302),
        "/older": redirect("http://other.test/new"),
        "/new": ok(b"new"),
    }
    with site(tmp_path, answers) as (round_, _):
        rows = round_.go("/old", Due("http://other.test/new"))
    assert short(rows) == [
        ("/robots.txt", "fetched"),
        ("/old", "redirected"),
        ("/older", "redirected"),
        ("http://other.test/robots.txt", "fetched"),
        ("http://other.test/new", "fetched"),
    ]
    new = round_.store.latest("http://other.test/new")
    assert new is not None
    assert new.redirected_from == f"{SITE}/older"
    assert [capture.redirects_to for capture in round_.store.captures()][1] == f"{SITE}/older"
    assert [(found.kind, found.url) for found in round_.found] == [("page", "http://other.test/new")]


def test_redirects_that_lead_nowhere_end_with_an_outcome(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        "/self": redirect("/self"),
        "/ping": redirect("/pong"),
        "/pong": redirect("/ping"),
        "/file": redirect("file:///etc/passwd"),
        "/private": redirect("http://169.254.169.254/latest/meta-data/"),
        "/to-closed": redirect("/closed/1"),
        **{f"/n{n}": redirect(f"/n{n + 1}") for n in range(20)},
    }
    with site(tmp_path, answers) as (round_, _):
        rows = round_.go("/self", "/ping", "/file", "/private", "/to-closed", "/n0")
    assert short(rows)[1:8] == [
        ("/self", "redirect_loop"),
        ("/ping", "redirected"),
        ("/pong", "redirect_loop"),
        ("/file", "redirect_refused"),
        ("/private", "redirected"),
        ("http://169.254.169.254/robots.txt", "address_refused"),
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
    ]
    assert short(rows)[8:10] == [("/to-closed", "redirected"), ("/closed/1", "robots_disallowed")]
    assert short(rows)[10:] == [*((f"/n{n}", "redirected") for n in range(10)), ("/n10", "redirect_loop")]


def test_a_failure_that_may_pass_is_tried_again_after_a_while(tmp_path: Path) -> None:
    down, busy = ok(b"", status="500 Oh"), ok(b"", "Retry-After: 60", status="503 Busy")
    answers: dict[str, Answer | list[Answer]] = {"/a": [down, busy, ok(b"at last")], "/b": down, "/c": ok(b"c")}
    with site(tmp_path, answers) as (round_, _):
        rows = round_.go("/a", "/b", "/c")
    assert short(rows)[1:] == [
        ("/a", "server_error"),
        ("/a", "throttled"),
        ("/a", "fetched"),
        ("/b", "server_error"),
        ("/b", "server_error"),
        ("/b", "server_error"),
        ("/c", "fetched"),
    ]
    assert round_.slept[1:3] == [5.0, 60.0]


def test_a_host_that_asks_for_more_patience_than_a_run_has_is_left_alone(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {"/a": ok(b"", "Retry-After: 3600", status="429 Slow"), "/b": ok(b"b")}
    with site(tmp_path, answers) as (round_, server):
        rows = round_.go("/a", "/b")
        assert server.paths() == ["/robots.txt", "/a"]
    assert short(rows)[1:] == [("/a", "throttled"), ("/b", "throttled")]
    assert rows[2].detail == "not tried: the server asked us to wait 3600 s"
    assert sum(round_.slept) < 10


def test_a_host_without_a_robots_txt_is_open_and_that_is_no_failure_to_speak_of(tmp_path: Path) -> None:
    with site(tmp_path, {"/robots.txt": ok(b"no", status="404 No"), "/a": ok(b"a")}) as (round_, _):
        rows = round_.go("/a")
    assert short(rows) == [("/robots.txt", "not_found"), ("/a", "fetched")]
    assert rows[0].planned


def test_a_host_whose_robots_txt_cannot_be_had_is_left_alone(tmp_path: Path) -> None:
    with site(tmp_path, {"/robots.txt": ok(b"", status="500 Oh"), "/a": ok(b"a")}) as (round_, server):
        rows = round_.go("/a", "/b")
        assert server.paths() == ["/robots.txt"] * 3
    assert short(rows)[3:] == [("/a", "robots_unavailable"), ("/b", "robots_unavailable")]


@pytest.mark.parametrize(
    ("lookup", "outcome"),
    [
        (lambda host, port: [], Outcome.HOST_UNRESOLVED),
        (lambda host, port: ["10.0.0.1"], Outcome.ADDRESS_REFUSED),
    ],
)
def test_a_host_that_cannot_be_reached_is_asked_for_once_and_every_address_has_its_row(
    tmp_path: Path, lookup: Callable[[str, int], list[str]], outcome: Outcome
) -> None:
    round_ = Setting(store_in(tmp_path), Resolver(lookup=lookup))
    rows = round_.go("/a", "/b", Due(f"{SITE}/closed", planned=True))
    assert short(rows) == [(path, outcome) for path in ("/robots.txt", "/a", "/b", "/closed")]
    assert all((row.detail or "").startswith("not tried: ") for row in rows[1:])
    assert not any(row.planned for row in rows)
    assert round_.slept == []


def test_a_port_where_nobody_listens_is_tried_three_times_in_all(tmp_path: Path) -> None:
    with serving({}) as server:
        pass
    round_ = Setting(store_in(tmp_path), Resolver({HOST: server.address}))
    rows = round_.go("/a", "/b")
    assert short(rows) == [(path, "connect_failed") for path in ("/robots.txt",) * 3 + ("/a", "/b")]
    assert round_.slept == [5.0, 10.0]


def test_one_address_that_never_ends_does_not_close_its_host(tmp_path: Path) -> None:
    with site(tmp_path, {"/slow": drip, "/b": ok(b"b")}) as (round_, _):
        round_.limits = Limits(total_seconds=0.3)
        rows = round_.go("/slow", "/b")
    assert short(rows)[1:] == [("/slow", "timed_out")] * 3 + [("/b", "fetched")]


def test_a_host_that_leaves_two_addresses_without_an_answer_is_not_waited_for_any_longer(tmp_path: Path) -> None:
    with site(tmp_path, {"/a": silence, "/b": silence, "/c": ok(b"c"), "/d": silence}) as (round_, server):
        round_.limits = Limits(total_seconds=0.2)
        rows = round_.go("/a", "/c", "/d", "/b", "/c?again")
        asked = len(server.requests)
    silent = [[(path, "timed_out")] * 3 for path in ("/a", "/d", "/b")]
    assert short(rows)[1:] == [*silent[0], ("/c", "fetched"), *silent[1], *silent[2], ("/c?again", "timed_out")]
    assert (rows[-1].detail or "").startswith("not tried: ")
    assert asked == len(rows) - 1


def test_the_budget_counts_every_request_and_what_is_left_is_noted(tmp_path: Path) -> None:
    down = ok(b"", status="500 Oh")
    with site(tmp_path, {"/a": ok(b"a"), "/b": down, "/c": ok(b"c")}) as (round_, server):
        rows = round_.go("/a", "/b", "/c", "/closed/1", Due("http://other.test/"), budget=4)
        assert len(server.requests) == 4
    assert short(rows)[1:] == [
        ("/a", "fetched"),
        ("/b", "server_error"),
        ("/b", "server_error"),
        ("/c", "stopped"),
        ("/closed/1", "robots_disallowed"),
        ("http://other.test/", "stopped"),
    ]


def sitemap_of(*urls: str, index: bool = False) -> bytes:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    listed = "".join(f"<{inner}><loc>{url}</loc></{inner}>" for url in urls)
    return ok(f"<{outer}>{listed}</{outer}>".encode(), "Content-Type: application/xml")


def test_sitemaps_are_offered_and_what_the_caller_wants_is_fetched(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        "/robots.txt": ok(b"Sitemap: /index.xml\nSitemap: /never.xml\n"),
        "/index.xml": sitemap_of(f"{SITE}/index.xml", f"{SITE}/pages.xml", index=True),
        "/pages.xml": sitemap_of(f"{SITE}/a", f"{SITE}/b", f"{SITE}/not-wanted"),
        "/a": ok(b"a"),
        "/b": ok(b"b"),
    }

    def wanted(found: Found) -> Iterable[Due]:
        yield from (Due(url, sitemap=True) for url in found.sitemaps if "never" not in url)
        yield from (Due(url) for url in found.pages if "not-wanted" not in url)

    with site(tmp_path, answers) as (round_, _):
        round_.wanted = wanted
        rows = round_.go("/a")
        assert short(rows) == [(p, "fetched") for p in ("/robots.txt", "/a", "/index.xml", "/pages.xml", "/b")]
        assert [found.kind for found in round_.found] == ["robots", "page", "sitemap", "sitemap", "page"]
        again = round_.go("/a")
        assert short(again) == [(path, "unchanged") for path, _ in short(rows)]


def test_an_address_that_is_none_is_noted_without_asking_anybody(tmp_path: Path) -> None:
    round_ = Setting(store_in(tmp_path), Resolver())
    assert short(round_.go(Due("file:///etc/passwd"), Due("http://me:x@a.test/"))) == [
        ("file:///etc/passwd", "address_refused"),
        ("http://me:x@a.test/", "address_refused"),
    ]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_an_interrupted_round_keeps_what_it_had_and_the_next_one_goes_on(
    tmp_path: Path, interruption: BaseException
) -> None:
    noted: list[Fetch] = []

    def journal(row: Fetch) -> None:
        if row.url.endswith("/b"):
            raise interruption
        noted.append(row)

    with site(tmp_path, {path: ok(path.encode()) for path in ("/a", "/b", "/c")}) as (round_, _):
        with pytest.raises(type(interruption)):
            round_.go("/a", "/b", "/c", journal=journal)
        assert short(noted) == [("/robots.txt", "fetched"), ("/a", "fetched")]
        rows = round_.go("/a", "/b", "/c")
    # The capture of /b was on the disk already, although nobody had noted it.
    assert short(rows)[1:] == [("/a", "unchanged"), ("/b", "unchanged"), ("/c", "fetched")]
    assert len({capture.payload_sha256 for capture in round_.store.captures()}) == 4


def test_a_feed_is_kept_and_offered_for_somebody_to_read_what_it_lists(tmp_path: Path) -> None:
    feed = b"<rss><item><link>/a</link></item></rss>"
    with site(tmp_path, {"/feed": ok(feed), "/a": ok(b"page a")}) as (round_, _):
        round_.wanted = lambda found: [Due(f"{SITE}/a")] if found.kind == "feed" else []
        rows = round_.go(Due(f"{SITE}/feed", feed=True))
    assert short(rows) == [("/robots.txt", "fetched"), ("/feed", "fetched"), ("/a", "fetched")]
    assert [(found.kind, found.pages) for found in round_.found] == [("feed", ()), ("page", ())]
    assert round_.found[0].capture
    assert round_.store.payload(round_.found[0].capture) == feed


def test_a_crawl_delay_is_kept_between_the_requests_of_a_round(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        "/robots.txt": ok(b"User-agent: *\nCrawl-delay: 7\n"),
        "/a": ok(b"a"),
        "/b": ok(b"b"),
    }
    with site(tmp_path, answers) as (round_, _):
        round_.go("/a", "/b")
    assert round_.slept == [7.0, 7.0]


def test_an_absurd_plea_for_patience_leaves_the_host_alone_and_nonsense_means_the_usual_wait(tmp_path: Path) -> None:
    for printed, asked in (("1000000000", 1), ("-5", 3), ("soon", 3)):
        busy = ok(b"", f"Retry-After: {printed}", status="429 Too Many Requests")
        with site(tmp_path / printed, {"/a": busy}) as (round_, server):
            rows = round_.go("/a", "/b")
        assert server.paths() == ["/robots.txt", *["/a"] * asked]
        assert short(rows)[1:] == [*[("/a", "throttled")] * asked, ("/b", "throttled")]
        assert all(seconds <= 120 for seconds in round_.slept)

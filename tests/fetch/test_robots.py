"""robots.txt by RFC 9309, with a `get` that is handed in."""

import itertools
from collections.abc import Mapping

import pytest

from archive.codes import Outcome
from archive.fetch.exchange import Exchange
from archive.fetch.robots import MOST_BYTES, Robots, origin_of
from archive.fetch.session import Session
from tests.fetch.hostile import AGENT

SITE = "https://www.example.test"


class Web:
    """Answers by address; counts what was asked."""

    def __init__(self, answers: Mapping[str, bytes | Outcome | str]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str | None]] = []

    def get(self, url: str, came_from: str | None) -> Exchange:
        self.asked.append((url, came_from))
        now = Session(AGENT).now()
        answer = self.answers.get(url, Outcome.NOT_FOUND)
        if isinstance(answer, bytes):
            return Exchange(url, now, Outcome.FETCHED, entity=answer)
        if isinstance(answer, Outcome):
            return Exchange(url, now, answer)
        return Exchange(url, now, Outcome.REDIRECTED, location=answer)

    def robots(self) -> Robots:
        return Robots("RoundtableArchive", self.get)


def robots_with(content: bytes) -> Robots:
    return Web({f"{SITE}/robots.txt": content}).robots()


RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /

User-agent: RoundtableArchive
Crawl-delay: 7
Disallow: /private
Allow: /private/but-this
Disallow: /*.pdf$
Sitemap: /sitemap.xml
Sitemap: https://other.test/more.xml.gz
Sitemap: ftp://other.test/no.xml
Sitemap: http://[broken
"""


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/", None),
        ("/private", Outcome.ROBOTS_DISALLOWED),
        ("/private/page?x=1", Outcome.ROBOTS_DISALLOWED),
        ("/private/but-this/page", None),
        ("/a.pdf", Outcome.ROBOTS_DISALLOWED),
        ("/a.pdf?x", None),
        ("/robots.txt", None),
    ],
)
def test_the_group_that_names_us_holds_and_the_longest_rule_wins(path: str, verdict: Outcome | None) -> None:
    assert robots_with(RULES).allowed(SITE + path) is verdict


def test_delay_and_sitemaps_are_told() -> None:
    robots = robots_with(RULES)
    assert robots.crawl_delay(f"{SITE}/page") == 7
    assert robots.sitemaps(f"{SITE}/page") == [f"{SITE}/sitemap.xml", "https://other.test/more.xml.gz"]


def test_each_origin_is_asked_once() -> None:
    web = Web({f"{SITE}/robots.txt": RULES})
    robots = web.robots()
    for path in ("/", "/private", "/x"):
        robots.allowed(SITE + path)
    robots.allowed("http://www.example.test/")
    robots.allowed("https://WWW.example.test:8443/")
    assert [url for url, _ in web.asked] == [
        f"{SITE}/robots.txt",
        "http://www.example.test/robots.txt",
        "https://www.example.test:8443/robots.txt",
    ]


NONE_THERE = {Outcome.NOT_FOUND, Outcome.CLIENT_ERROR, Outcome.REDIRECT_LOOP}


@pytest.mark.parametrize("outcome", sorted(NONE_THERE))
def test_without_a_robots_txt_everything_is_allowed(outcome: Outcome) -> None:
    robots = Web({f"{SITE}/robots.txt": outcome}).robots()
    assert robots.allowed(f"{SITE}/private") is None
    assert robots.crawl_delay(f"{SITE}/private") is None
    assert robots.sitemaps(f"{SITE}/private") == []


@pytest.mark.parametrize(
    "outcome",
    sorted(set(Outcome) - NONE_THERE - {Outcome.FETCHED, Outcome.UNCHANGED, Outcome.REDIRECTED}),
)
def test_where_robots_txt_cannot_be_had_the_host_is_left_alone(outcome: Outcome) -> None:
    robots = Web({f"{SITE}/robots.txt": outcome}).robots()
    assert robots.allowed(f"{SITE}/") is Outcome.ROBOTS_UNAVAILABLE
    assert robots.sitemaps(f"{SITE}/") == []


def hops(count: int) -> dict[str, bytes | Outcome | str]:
    path = [f"{SITE}/robots.txt", *(f"https://hop{n}.test/r" for n in range(count))]
    return {**dict(itertools.pairwise(path)), path[-1]: b"User-agent: *\nDisallow: /x"}


def test_five_redirects_are_followed_and_the_rules_hold_for_the_host_that_was_asked() -> None:
    web = Web(hops(5))
    assert web.robots().allowed(f"{SITE}/x") is Outcome.ROBOTS_DISALLOWED
    assert web.asked[1] == ("https://hop0.test/r", f"{SITE}/robots.txt")


def test_a_sixth_redirect_counts_as_no_robots_txt() -> None:
    web = Web(hops(6))
    assert web.robots().allowed(f"{SITE}/x") is None
    assert len(web.asked) == 6


def test_what_lies_beyond_the_size_limit_is_not_read_and_no_rule_is_cut_in_two() -> None:
    first = b"User-agent: *\nDisallow: /early\n"
    filler = b"#" + b" " * (MOST_BYTES - len(first) - 20) + b"\n"
    robots = robots_with(first + filler + b"Disallow: /only-this-is-closed\nDisallow: /late\n")
    assert robots.allowed(f"{SITE}/early") is Outcome.ROBOTS_DISALLOWED
    assert robots.allowed(f"{SITE}/only") is None
    assert robots.allowed(f"{SITE}/late") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"<!doctype html><title>Not here</title>",
        b"Disallow: /\n",
        b"User-agent: *\nCrawl-delay: soon\nDisallow:\n",
        b"User-agent: *\nCrawl-delay: -5\n",
        b"User-agent: *\nCrawl-delay: inf\n",
        b"User-agent: *\nCrawl-delay: nan\n",
        b"User-agent: *\nAllow: /" + b"*" * 5_000 + b"$\n",
    ],
)
def test_nonsense_closes_nothing_and_delays_nothing(content: bytes) -> None:
    robots = robots_with(content)
    assert robots.allowed(f"{SITE}/page") is None
    assert robots.crawl_delay(f"{SITE}/page") is None


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("HTTP://A.test:80/x?y#z") == "http://a.test:80"

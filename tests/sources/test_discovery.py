"""What a page gives away: only what is in scope, each address once."""

from dataclasses import replace

from archive.reading.page import Block, Link, Page, PageRelation
from archive.sources.discovery import feeds, links
from archive.sources.register import Register
from archive.sources.schema import TargetKeys

LOADED = Register.load()
FIRST = next(LOADED.round_tables())
SCOPE = FIRST.keys.round_table.scope or ""
LANDING = f"{SCOPE}/"
QUESTION = next(target.url for target in FIRST.keys.targets if target.role == "question")
TABLE = replace(
    FIRST,
    keys=FIRST.keys.model_copy(
        update={"targets": [*FIRST.keys.targets, TargetKeys.model_validate({"url": LANDING, "role": "landing"})]}
    ),
)
REGISTER = Register((replace(LOADED.get(FIRST.publisher_id), round_tables=(TABLE,)),))


def page(url: str, *addresses: str) -> Page:
    found = tuple(Link("words", address) for address in addresses)
    return Page(url, url, None, "html", "generic", blocks=(Block("paragraph", "words", "/p[1]", links=found),))


def follow_up(url: str | None) -> PageRelation:
    return PageRelation("follows_up", "A title", url, "quote", "link", "/p[1]")


def test_a_hub_gives_its_links_in_scope_each_once_and_canonical() -> None:
    found = links(
        page(
            LANDING,
            f"{SCOPE}/new-one/?utm_source=x#top",
            "https://elsewhere.test/page",
            f"{SCOPE}/new-one",
            LANDING,
            f"{SCOPE}/new-two/",
        ),
        REGISTER,
        {TABLE.id},
    )
    assert [REGISTER.key(url) for url in found] == [REGISTER.key(f"{SCOPE}/new-{n}") for n in ("one", "two")]
    assert "#" not in found[0]


def test_another_page_gives_only_what_its_words_announce() -> None:
    asked = replace(
        page(QUESTION, f"{SCOPE}/in-the-text/"),
        relations=(follow_up(f"{SCOPE}/announced/"), follow_up(None), follow_up("https://elsewhere.test/")),
    )
    assert links(asked, REGISTER, {TABLE.id}) == [f"{SCOPE}/announced/"]


def test_other_round_tables_are_left_alone() -> None:
    assert links(page(LANDING, f"{SCOPE}/new-one/"), REGISTER, set()) == []


HEAD = """<html><head>
<link rel="alternate" type="application/rss+xml" title="All" href="/feed/">
<link rel="ALTERNATE nofollow" type="application/Atom+XML" href="https://www.opendemocracy.net/atom">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" type="application/rss+xml" href="https://feeds.elsewhere.test/x">
<link rel="alternate" type="application/rss+xml" href="javascript:x">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/17">
<link rel="alternate" hreflang="es" href="/es/">
<link rel="https://api.w.org/" href="{}">
</head><body><p><link rel="alternate" type="application/rss+xml" href="/in-the-body"></p></body></html>"""


def test_a_hub_names_its_publishers_feeds_and_wordpress_its_posts() -> None:
    found = feeds(HEAD.format("https://www.opendemocracy.net/wp-json/").encode(), LANDING, REGISTER)
    posts = "per_page=100&_fields=link,title,date_gmt,date"
    assert found == [
        "https://www.opendemocracy.net/feed/",
        "https://www.opendemocracy.net/atom",
        f"{LANDING}feed.json",
        f"https://www.opendemocracy.net/wp-json/wp/v2/posts?{posts}",
    ]
    ugly = feeds(HEAD.format("/?rest_route=/").encode(), LANDING, REGISTER)
    assert ugly[-1] == f"https://www.opendemocracy.net/?rest_route=/wp/v2/posts&{posts}"


def test_any_other_page_names_none() -> None:
    assert feeds(HEAD.encode(), QUESTION, REGISTER) == []
    assert feeds(HEAD.encode(), "https://elsewhere.test/", REGISTER) == []
    assert feeds(b"", LANDING, REGISTER) == []

"""What an ingestion comes to know on its way, and what it asks for the next time."""

import json
from dataclasses import replace

from archive.demo.content import content
from archive.demo.install import install
from archive.demo.site import canonical, pages
from archive.journal import Journal
from archive.model import Fetch
from tests.pipelines.by_name import magazine_in, reached, typed
from tests.pipelines.conftest import roundtable
from warehouse import query


def ingested(home):
    done = roundtable("ingest", "lamplighter", "--home", home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_a_sitemap_the_pages_are_found_by_the_links_of_the_landing_page(tmp_path):
    home = tmp_path / "home"
    install(home / "curation")
    source = home / "curation/register/lamplighter/source.toml"
    source.write_text(source.read_text().replace("sitemaps = true\n", ""))
    assert "21 pages were due: 20 fetched, 0 unchanged, 1 refused" in ingested(home)
    asked = {row.url for row in Journal(home / "journal").read(Fetch)}
    assert not any(url.endswith("sitemap.xml") for url in asked)
    # What was found is due again, although no page says it anew.
    assert "21 pages were due: 0 fetched, 20 unchanged, 1 refused" in ingested(home)
    roles = query.run(home / "roundtable.duckdb", "SELECT role, count(*) FROM contributions GROUP BY 1 ORDER BY 1").rows
    assert roles == [
        ("call", 1),
        ("comment", 5),
        ("followup", 2),
        ("introduction", 2),
        ("lead", 1),
        ("rejoinder", 1),
        ("response", 29),
    ]


LANDING = "/long-table/night-bus/"
ARTICLE = content().article("response").path
FEED = """<rss><channel>
<item><link>http://www.lamplighter.example{}?utm_source=rss#comments</link></item>
<item><link>https://www.lamplighter.example/long-table/night-bus/introduction</link></item>
<item><link>http://www.lamplighter.example/elsewhere/</link></item>
<item><link>http://other.example/long-table/night-bus/x/</link></item>
</channel></rss>"""
POSTS = "/wp-json/wp/v2/posts"


def site_with_feeds():
    """The site without a sitemap, whose landing page names its feeds in its head alone, beside others."""
    found = dict(pages())
    landing = found[LANDING]
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="alternate" type="application/atom+xml" href="http://other.example/feed">'
        '<link rel="https://api.w.org/" href="/wp-json/">'
    )
    body = landing.body.replace(ARTICLE.encode(), b"/about/").replace(b"</head>", f"{links}</head>".encode())
    found[LANDING] = replace(landing, body=body)
    comments = '<link rel="alternate" type="application/rss+xml" href="/comments.xml"></head>'
    for path in (ARTICLE, f"{LANDING}introduction/"):
        found[path] = replace(found[path], body=found[path].body.replace(b"</head>", comments.encode()))
    posts = json.dumps([{"link": canonical(ARTICLE)}])
    found["/feed.xml"] = replace(landing, mime="application/rss+xml", body=FEED.format(ARTICLE).encode())
    found[POSTS] = replace(landing, mime="application/json", body=posts.encode())
    del found["/sitemap.xml"]
    return found


def feeds_wanted(home, line):
    source = home / "curation/register/lamplighter/source.toml"
    source.write_text(source.read_text().replace("sitemaps = true\n", f"{line}\n"))


def test_pages_that_only_a_feed_lists_are_found_where_the_register_wants_feeds(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    feeds_wanted(home, "feeds = true")
    site = site_with_feeds()
    with reached(monkeypatch, site=site):
        first = typed(capsys, "ingest", "lamplighter", "--home", home)[1]
        # The landing page is what it was; its feed is asked for again, and what it lists newly is found.
        later = f"{LANDING}later/"
        site[later] = site[ARTICLE]
        site["/feed.xml"] = replace(site["/feed.xml"], body=FEED.format(later).encode())
        second = typed(capsys, "ingest", "lamplighter", "--home", home)[1]
    assert "21 pages were due: 20 fetched, 0 unchanged, 1 refused" in first
    assert "22 pages were due: 1 fetched, 20 unchanged, 1 refused" in second
    asked = Journal(home / "journal").read(Fetch)
    named = {row.url: row.named_by for row in asked}
    assert named[canonical(ARTICLE)] == "feed"
    assert named[canonical(later)] == "feed"
    assert named[canonical(LANDING)] == "register"
    assert not any(url.endswith("comments.xml") or "other.example" in url or "utm_" in url for url in named)
    assert [row.outcome for row in asked if "/feed.xml" in row.url] == ["fetched", "fetched"]
    assert [row.outcome for row in asked if POSTS in row.url] == ["fetched", "unchanged"]
    found = query.run(
        home / "roundtable.duckdb", "SELECT url, state FROM targets WHERE source = 'feed' ORDER BY url"
    ).rows
    assert {(canonical(ARTICLE), "captured"), (canonical(later), "captured")} <= set(found)


def test_a_feed_of_the_register_is_asked_for_and_none_where_none_is_wanted(tmp_path, monkeypatch, capsys):
    urls = {}
    for name, line in {"none": "", "listed": 'feeds = ["http://www.lamplighter.example/other.xml"]'}.items():
        home = magazine_in(tmp_path / name)
        feeds_wanted(home, line)
        site = site_with_feeds()
        site[LANDING] = pages()[LANDING]
        site["/other.xml"] = site["/feed.xml"]
        with reached(monkeypatch, site=site):
            assert typed(capsys, "ingest", "lamplighter", "--home", home)[0] == 0
        urls[name] = {row.url for row in Journal(home / "journal").read(Fetch)}
    assert urls["listed"] - urls["none"] == {"http://www.lamplighter.example/other.xml"}
    assert not any("feed.xml" in url for url in urls["none"])


def test_feeds_that_are_no_address_are_one_line(tmp_path, capsys):
    home = magazine_in(tmp_path / "home")
    feeds_wanted(home, 'feeds = ["feed.xml"]')
    code, said = typed(capsys, "ingest", "lamplighter", "--home", home)
    assert code == 2
    assert "publisher.feeds" in said
    assert said.count("\n") == 1


def test_what_a_feed_says_reaches_the_published_tables(tmp_path, monkeypatch, capsys):
    home = magazine_in(tmp_path / "home")
    feeds_wanted(home, "feeds = true")
    site = site_with_feeds()
    introduction = content().article("introduction")
    del site[introduction.path]
    words = "".join(f"<p>{paragraph}</p>" for paragraph in introduction.paragraphs)
    creators = "".join(f"<dc:creator>{author.name}</dc:creator>" for author in introduction.authors)
    feed = f"""<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><item><link>{canonical(ARTICLE)}?utm_source=rss</link><pubDate>21 May 2024 08:00 +0100</pubDate></item>
    <item><link>{canonical(introduction.path)}</link><title>{introduction.title}</title>{creators}
    <content:encoded><![CDATA[{words}]]></content:encoded></item></channel></rss>"""
    site["/feed.xml"] = replace(site["/feed.xml"], body=feed.encode())
    with reached(monkeypatch, site=site):
        said = typed(capsys, "ingest", "lamplighter", "--home", home)[1]
    assert "check failed" not in said

    def asked(sql):
        return query.run(home / "roundtable.duckdb", sql).rows

    assert asked(
        "SELECT locator FROM manifestations WHERE kind = 'feed_item' AND url LIKE '%/feed.xml' ORDER BY 1"
    ) == [(f"/rss/channel/item[{number}]",) for number in (1, 2)]
    dates = "SELECT DISTINCT CAST(contradicted_by AS VARCHAR), days_apart, url, locator FROM contradicting_dates"
    assert asked(f"{dates} WHERE witness = 'feed'") == [
        ("2024-05-21", -2, canonical("/feed.xml"), "/rss/channel/item[1]/pubDate")
    ]
    assert asked("SELECT published_basis, published_doubt FROM contributions WHERE url LIKE '%last-mile%'") == [
        ("stated", None)
    ]
    text = (
        "SELECT c.url, c.word_count > 100, p.locator FROM contributions AS c JOIN passages AS p USING (contribution_id)"
    )
    assert asked(f"{text} WHERE c.role = 'introduction' AND c.round_table_id = 'night-bus' AND p.ordinal = 1") == [
        (canonical(introduction.path), True, "/rss/channel/item[2]/content:encoded/p[1]")
    ]
    state = f"SELECT state FROM targets WHERE url = '{canonical(introduction.path)}'"
    assert asked(state) == [("failed",)]

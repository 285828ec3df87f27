"""What an ingestion comes to know on its way, and what it asks for the next time."""

from archive.demo.install import install
from archive.journal import Journal
from archive.model import Fetch
from tests.pipelines.conftest import roundtable
from warehouse import query


def ingested(home):
    done = roundtable("ingest", "lamplighter", "--home", home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_a_sitemap_the_pages_are_found_by_the_links_of_the_landing_page(tmp_path):
    home = tmp_path / "home"
    install(home / "curation/register")
    source = home / "curation/register/lamplighter/source.toml"
    source.write_text(source.read_text().replace("sitemaps = true\n", ""))
    assert "12 pages were due: 11 fetched, 0 unchanged, 1 refused" in ingested(home)
    asked = {row.url for row in Journal(home / "journal").read(Fetch)}
    assert not any(url.endswith("sitemap.xml") for url in asked)
    # What was found is due again, although no page says it anew.
    assert "12 pages were due: 0 fetched, 11 unchanged, 1 refused" in ingested(home)
    roles = query.run(home / "roundtable.duckdb", "SELECT role, count(*) FROM contributions GROUP BY 1 ORDER BY 1").rows
    assert roles == [
        ("call", 1),
        ("comment", 5),
        ("followup", 2),
        ("introduction", 2),
        ("response", 22),
    ]

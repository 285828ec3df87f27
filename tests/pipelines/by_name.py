"""Commands in this process, with the names of a publisher and an archive sent to loopback."""

from contextlib import contextmanager

from archive.demo.install import SOURCE
from archive.demo.server import serving as live_site
from archive.fetch.guard import Resolver
from pipelines import from_wayback, ingest
from pipelines.cli.main import main
from tests.fetch.wayback_server import BASE, NAME, Archive, serving

HOST = "www.lamplighter.example"


def magazine_in(home):
    """Make the invented magazine known to a home as a publisher on the web, and an archive to ask."""
    for path in SOURCE.rglob("*.toml"):
        target = home / "curation/register/lamplighter" / path.relative_to(SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text().replace("bundled = true\n", ""))
    (home / "config.toml").write_text(
        f'contact = "me@example.org"\nwayback = "{BASE}/"\nwayback_delay_seconds = 0.0\ndelay_seconds = 0.0\n'
    )
    return home


@contextmanager
def reached(monkeypatch, archive=None, site=None):
    """The archive and the live site, each by its name."""
    with serving(archive or Archive()) as there, live_site(site) as address:
        resolver = Resolver({NAME: there.address, HOST: address})
        monkeypatch.setattr(from_wayback, "Resolver", lambda: resolver)
        monkeypatch.setattr(ingest, "Resolver", lambda: resolver)
        yield


def typed(capsys, *words):
    """Exit code and output of a command."""
    capsys.readouterr()
    code = main([str(word) for word in words])
    printed = capsys.readouterr()
    return code, printed.out + printed.err

"""The demonstration's home before anything is fetched: the publisher in its register, a library's crawl in its store.

Here belongs making both known to a home, once. Not here: what they hold (`archive.demo`), and the fetching (`ingest`).
"""

import tempfile
import uuid
from pathlib import Path

from archive.demo import library
from archive.demo.install import install
from archive.home import Home
from pipelines import crawls
from pipelines.opened import OpenedHome
from pipelines.steps import Say


def prepare(home: Home, say: Say) -> str:
    """Install the publisher, and import what an invented library kept of it in earlier years, unless it is held.

    Args:
        home: whoever calls this holds its lock.
        say: is told of the import.

    Returns:
        The publisher's id.
    """
    source = install(home.curation)
    opened = OpenedHome(home)
    if _is_held(opened):
        return source
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, library.NAME)
        path.write_bytes(library.crawl())
        _, (taken,) = crawls.take(opened, [path], source, run_id=str(uuid.uuid4()), say=lambda _: None)
    say(f"imported {len(taken.captures)} captures of earlier days from a library's crawl, {library.NAME}")
    return source


def _is_held(opened: OpenedHome) -> bool:
    return all(
        any(one.captured_at == at.replace(tzinfo=None) for one in opened.store.of_url(url))
        for url, (at, _) in library.kept().items()
    )

"""Screenshots of the reading room for the documentation: `python -m tests.warehouse.site.screenshots [FOLDER]`.

They show the site of the demonstration, in a window of a common size. Not here: any judgement of what they show.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import ROOT
from tests.pipelines.conftest import roundtable
from warehouse.site.addresses import path_of

SHOTS = {
    "reading-room": ("", "light", 1160, 760),
    "reading-room-round-table": (path_of("round-tables", "night-bus"), "light", 1080, 1180),
    "reading-room-text": (path_of("contributions", "night-bus/q1/comfort-asabre"), "dark", 1080, 700),
}
"""Name of the picture → page, scheme of colours, width and height in pixels."""
LARGEST = 150_000
"""Bytes of a picture."""


def take(site: Path, folder: Path, browser: str) -> None:
    """Take every picture of a site that lies in a folder."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, scheme, width, height) in SHOTS.items():
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"{site.as_uri()}/{path}index.html")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        chromium.close()


def main(folder: Path) -> int:
    """Make the demonstration and its site, and photograph them."""
    with tempfile.TemporaryDirectory() as scratch:
        for command in ("demo", "site"):
            done = roundtable(command, "--home", scratch)
            if done.returncode:
                sys.stderr.write(done.stderr)
                return done.returncode
        folder.mkdir(parents=True, exist_ok=True)
        take(Path(scratch, "site"), folder, "/usr/bin/chromium")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs/images"))

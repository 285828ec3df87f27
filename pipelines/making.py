"""What is made of a release at its publication: the site, and the files for reference managers.

Here belongs deciding whether they show the published release already, and making them. Not here: how they look
(`warehouse.site`, `warehouse.exports`).
"""

import json
from dataclasses import dataclass
from pathlib import Path

from archive import durable
from pipelines import exports, inputs
from pipelines.opened import OpenedHome
from pipelines.steps import Say
from warehouse import release_folder
from warehouse.exports.formats import FORMATS, FileFormat
from warehouse.site import build

FILES = tuple(name for name, form in FORMATS.items() if isinstance(form, FileFormat))
"""The formats that are one file, written as `exports/archive.*`."""


@dataclass(frozen=True, slots=True)
class Product:
    """Something that was made, or that is what it would be.

    Attributes:
        folder: where it lies.
        files: what lies there, relative to the folder, with its size in bytes.
        release: the release that it shows, and the program that made it.
        is_fresh: False where it was there already.
    """

    folder: Path
    files: dict[str, int]
    release: str
    is_fresh: bool


def site(opened: OpenedHome, say: Say) -> Product:
    """The site in the home's `site/`.

    Raises:
        RoundtableError: what `warehouse.site.build.write` raises.
    """
    release = release_of(opened)
    if _made(opened).get("site") == release and opened.home.site.is_dir():
        return Product(opened.home.site, _sizes(opened.home.site), release, False)
    settings = opened.home.config.site
    build.write(
        opened.home.database,
        opened.home.site,
        say,
        title=settings.get("title", build.TITLE),
        base_url=settings.get("url", ""),
        captures_url=settings.get("captures_url", ""),
    )
    _note(opened, "site", release)
    return Product(opened.home.site, _sizes(opened.home.site), release, True)


def files(opened: OpenedHome, say: Say) -> Product:
    """The files in the home's `exports/`, one for each format that is one file.

    Raises:
        RoundtableError: what `exports.export` raises.
    """
    release = release_of(opened)
    if not release_folder.row_count(opened.home.tables / release_folder.CURRENT, "contributions"):
        return Product(opened.home.exports, {}, release, False)
    paths = {name: opened.home.exports / f"archive{FORMATS[name].suffix}" for name in FILES}
    is_fresh = _made(opened).get("exports") != release or not all(path.exists() for path in paths.values())
    if is_fresh:
        for name in FILES:
            say(f"written: {exports.export(opened, name, (), None).path}")
        _note(opened, "exports", release)
    sizes = {path.name: path.stat().st_size for path in paths.values()}
    return Product(opened.home.exports, sizes, release, is_fresh)


def is_behind(opened: OpenedHome) -> bool:
    """True where what was made does not show the published release; False where no text is published."""
    current = release_folder.current(opened.home.tables)
    if current is None or not release_folder.row_count(current, "contributions"):
        return False
    made = _made(opened)
    return any(made.get(name) != release_of(opened) for name in ("site", "exports"))


def release_of(opened: OpenedHome) -> str:
    """What the products are made of: the published release, and the program that lays it out."""
    return (
        f"{release_folder.release_of(opened.home.tables / release_folder.CURRENT).digest} {inputs.code_digest()[:16]}"
    )


def _sizes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}


def _made(opened: OpenedHome) -> dict[str, str]:
    try:
        values = json.loads(_file(opened).read_text())
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _note(opened: OpenedHome, name: str, release: str) -> None:
    durable.write_text(_file(opened), json.dumps({**_made(opened), name: release}) + "\n")


def _file(opened: OpenedHome) -> Path:
    return opened.home.cache / "products.json"

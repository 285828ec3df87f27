"""Files that people bring: which of them are pages, and keeping them as captures.

Here belongs choosing files and telling the user what cannot be imported. Not here: reading pages, and what becomes of
the crawls among them (`crawls`).
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.captures.memento import Memento
from archive.captures.store import CaptureStore
from archive.codes import Code, RoundtableError
from archive.discussion.pages import UNPLACED
from archive.model import Capture, Run
from archive.normalise import urls
from archive.reading import bounds, charset
from archive.reading.head import statements
from archive.reading.markup import parse
from archive.reading.places import Places
from archive.sources.register import Register
from pipelines.crawls import SUFFIXES, is_crawl

_MIMES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file to be kept: its bytes, and the address that it was published at (`urn:sha256:…` where nobody knows)."""

    path: Path
    url: str
    payload: bytes
    mime: str

    @property
    def is_placed(self) -> bool:
        """True where its address is known."""
        return not self.url.startswith(UNPLACED)


def choose(
    paths: Sequence[Path], source: str | None, url: str | None, register: Register
) -> tuple[list[PageFile], list[Path]]:
    """The pages and the crawls among `paths`; a folder stands for those directly in it and below.

    Args:
        paths: files or folders.
        source: the publisher's name; it must be the one that the addresses belong to.
        url: where the one file was published; of several files each may say it itself.
        register: knows the publishers.

    Returns:
        The pages, read; and the WARC and WACZ files.

    Raises:
        RoundtableError: for anything that is missing, empty or no page.
    """
    found = [file for path in paths for file in _files(path)]
    crawls = [file for file in found if is_crawl(file)]
    files = [file for file in found if file not in crawls]
    if url and crawls:
        raise RoundtableError(Code.URL_OF_MANY, "--url names one page, and every record says where it is from", "--url")
    if url and len(files) > 1:
        raise RoundtableError(Code.URL_OF_MANY, f"--url names one page, but there are {len(files)} files", "--url")
    if url:
        url = urls.given(url)
    if source:
        register.get(source)
    chosen = [_page(file, url, alone=len(files) == 1) for file in files]
    for page in chosen:
        owner = register.for_url(page.url)
        if source and page.is_placed and (owner is None or owner.id != source):
            hosts = ", ".join(register.get(source).keys.publisher.hosts)
            raise RoundtableError(
                Code.SOURCE_UNKNOWN,
                f"{page.url} is not an address of {source!r}, whose hosts are {hosts}",
                str(page.path),
                "correct --url, or leave --source out",
            )
    return chosen, crawls


def keep(
    pages: Sequence[PageFile], source: str | None, store: CaptureStore, *, run_id: str, started_at: dt.datetime
) -> tuple[Run, list[Capture]]:
    """Keep files as `resource` records; the same bytes at the same address are kept once.

    Nobody says when such a file was captured, so `captured_at` stays null.
    """
    known = {capture.capture_id for capture in store.captures()}
    captures = [
        store.keep_resource(
            page.url,
            page.payload,
            Memento(note=page.path.name),
            mime=page.mime,
            source_id=source,
            run_id=run_id,
        )
        for page in pages
    ]
    fresh = {capture.capture_id for capture in captures} - known
    ended_at = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    run = Run(
        run_id=run_id,
        command="import",
        started_at=started_at,
        ended_at=ended_at,
        due=len(pages),
        fetched=len(fresh),
        unchanged=len(pages) - len(fresh),
        refused=0,
        failed=0,
    )
    return run, captures


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        wanted = (*_MIMES, *SUFFIXES)
        found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(wanted))
        if not found:
            raise RoundtableError(Code.FOLDER_WITHOUT_PAGES, "the folder holds no page and no crawl", str(path))
        return found
    if not path.exists():
        raise RoundtableError(Code.FILE_MISSING, "there is no such file", str(path))
    return [path]


def _page(path: Path, url: str | None, *, alone: bool) -> PageFile:
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise RoundtableError(Code.FILE_MISSING, f"cannot be read: {error.strerror}", str(path)) from None
    if alone:
        # One bad file of many becomes a row in `rejections`; a single one is most likely a slip of the hand.
        if not payload.strip():
            raise RoundtableError(Code.EMPTY_PAYLOAD, "the file is empty", str(path))
        if not charset.is_text(payload):
            raise RoundtableError(Code.NOT_TEXT, "the file is neither HTML nor text", str(path))
        large = _too_large(payload)
        if large:
            raise RoundtableError(Code.PAGE_TOO_LARGE, large, str(path))
    address = url or _stated_url(payload) or UNPLACED + hashlib.sha256(payload).hexdigest()
    mime = _MIMES.get(path.suffix.lower())
    if mime is None:
        mime = "text/html" if charset.is_html(charset.decode(payload)) else "text/plain"
    return PageFile(path, urls.canonical(address), payload, mime)


def _too_large(payload: bytes) -> str | None:
    """Why the reader would not read it."""
    refusal = bounds.size_refusal(len(payload))
    if refusal:
        return refusal
    text = charset.decode(payload)
    return bounds.parts_refusal(text, is_html=charset.is_html(text))


def _stated_url(payload: bytes) -> str | None:
    """The canonical address that an HTML page states."""
    if not payload.strip() or not charset.is_text(payload) or _too_large(payload):
        return None
    text = charset.decode(payload)
    if not charset.is_html(text):
        return None
    claims = [
        claim
        for claim in statements(parse(text), "http://unknown.invalid/", Places())
        if claim.field == "canonical_url"
    ]
    found = [claim.value for claim in claims if urls.host(claim.value) != "unknown.invalid"]
    return found[0] if found else None

"""What a release is made of, as digests: as long as it is the same, nothing has to be assembled again.

Here belong the digests over captures, curation, register and code, and the note of what the published release was made
of. Not here: what is done about a difference (`steps`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import archive
import warehouse
from archive import durable
from archive.discussion.pages import telling
from archive.discussion.storage import OWN
from archive.model import SCHEMA_VERSION, Capture, Fetch
from pipelines.opened import OpenedHome
from warehouse import release_folder

_CODE = ("*.py", "*.sql", "*.toml", "*.html")
_WORDS = {
    "code": "the program",
    "captures": "what is captured",
    "attempts": "which addresses are known or refused",
    "curation": "the register or other curated files",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the content of the tables depends on, as a digest for each part."""

    code: str
    captures: str
    attempts: str
    curation: str

    @property
    def digest(self) -> str:
        """All of it."""
        return hashlib.sha256("\n".join(asdict(self).values()).encode()).hexdigest()

    def difference(self, other: "Inputs | None") -> str:
        """In words, what is not as in `other`; empty where they are the same."""
        if other is None:
            return "nobody knows what the published tables were made of"
        mine, theirs = asdict(self), asdict(other)
        found = [_WORDS[name] for name in mine if mine[name] != theirs[name]]
        return f"changed since: {', '.join(found)}" if found else ""


def of(opened: OpenedHome, captures: Iterable[Capture], fetches: Iterable[Fetch]) -> Inputs:
    """What the tables would be made of now.

    A revisit that only confirms what was seen before is left out, and so are the times of attempts: they stand in
    tables that grow without anything new being published.

    Args:
        opened: the home.
        captures: all of them, in order of time.
        fetches: every attempt, in order.
    """
    return Inputs(code_digest(), captured(captures), _digest(_attempted(fetches)), _digest(_decided(opened)))


def captured(captures: Iterable[Capture]) -> str:
    """A digest of the captures, in order of time, as far as anything is made of them."""
    return _digest(_captured(captures))


def published(opened: OpenedHome) -> Inputs | None:
    """What the published release was made of; None where nobody knows, or its files are not whole."""
    release = release_folder.current(opened.home.tables)
    try:
        values = json.loads(_file(opened).read_text())
        if release is None or values.pop("folder") != release.name or not release_folder.is_sealed(release):
            return None
        return Inputs(**values)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(opened: OpenedHome, folder: Path, value: Inputs) -> None:
    """Note what a release folder was made of."""
    durable.write_text(_file(opened), json.dumps({"folder": folder.name, **asdict(value)}) + "\n")


@cache
def code_digest() -> str:
    """A digest of the code and the bundled data that make the tables."""
    whole = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for package in (archive, warehouse):
        root = Path(str(package.__file__)).parent
        for path in sorted(path for pattern in _CODE for path in root.rglob(pattern)):
            whole.update(f"{path.relative_to(root)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _captured(captures: Iterable[Capture]) -> Iterator[str]:
    known = list(captures)
    told = {capture.capture_id for capture in telling(known)}
    for capture in known:
        # Our own files are told of as what they are: curation.
        if capture.url.startswith(OWN):
            continue
        if capture.record_type != "revisit" or capture.capture_id in told:
            yield capture.capture_id


def _attempted(fetches: Iterable[Fetch]) -> Iterator[str]:
    """For each address who first named it and whether it was refused at last: what `targets` says of attempts."""
    first: dict[str, str] = {}
    last: dict[str, bool] = {}
    for row in fetches:
        first.setdefault(row.url, row.named_by or "")
        last[row.url] = row.kind == "refused"
    return (f"{url} {first[url]} {last[url]}" for url in sorted(first))


def _decided(opened: OpenedHome) -> Iterator[str]:
    root = opened.home.curation
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield f"{path.relative_to(root)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    for file in opened.register.files():
        yield f"{file.name} {hashlib.sha256(file.content).hexdigest()}"


def _file(opened: OpenedHome) -> Path:
    return opened.home.cache / "inputs.json"

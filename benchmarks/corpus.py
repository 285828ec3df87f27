"""The saved pages with gold labels that lie beside the project, and the script that scores a reader on them.

    ../shared/pages/bench.py, ../shared/pages/articles/

Here belongs finding and loading both: they are no part of the project and may be absent. Not here: measuring.
"""

import gzip
import hashlib
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.reading.reader import read
from archive.reading.source import UNKNOWN

SHARED = Path(__file__).parents[2] / "shared" / "pages"
METRICS = {
    "body_f1": "F1",
    "authors_exact": "auth",
    "authors_f1": "authF1",
    "spurious_authors": "spur",
    "day": "day",
    "instant": "inst",
    "title": "title",
    "standfirst": "standf",
}
"""Our name of a figure → that of the scoring script. Of `spurious_authors` less is better."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pages and what people say that they hold.

    Attributes:
        folder: where they lie.
        scoring: the script, as a module.
        gold: a label for each page.
    """

    folder: Path
    scoring: ModuleType
    gold: list[dict[str, Any]]

    @staticmethod
    def found(shared: Path = SHARED) -> "Corpus | None":
        """The corpus, if it is there."""
        if not (shared / "articles" / "gold.jsonl").is_file():
            return None
        spec = importlib.util.spec_from_file_location("scoring", shared / "bench.py")
        if spec is None or spec.loader is None:
            return None
        scoring = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(scoring)
        lines = (shared / "articles" / "gold.jsonl").read_text().splitlines()
        return Corpus(shared / "articles", scoring, [json.loads(line) for line in lines])

    def pages(self) -> Iterator[tuple[str, bytes, str]]:
        """Id, bytes and address of each page."""
        for label in self.gold:
            content = gzip.decompress((self.folder / f"{label['id']}.html.gz").read_bytes())
            yield label["id"], content, label["url"] or "http://example.org/"

    def digest(self) -> str:
        """SHA-256 over the labels and the pages."""
        whole = hashlib.sha256((self.folder / "gold.jsonl").read_bytes())
        for label in self.gold:
            whole.update(hashlib.sha256((self.folder / f"{label['id']}.html.gz").read_bytes()).digest())
        return whole.hexdigest()

    def figures(self, answers: dict[str, dict[str, Any]]) -> dict[str, float]:
        """Our names of the figures → what the script makes of the answers; shares in per cent."""
        scored = self.scoring.score(self.gold, answers)
        values = {name: scored[key] for name, key in METRICS.items()}
        return {name: value[0] if isinstance(value, tuple) else value for name, value in values.items()}


def answer(content: bytes, url: str) -> dict[str, Any]:
    """What our reader says of a page, in the form that the script scores."""
    page = read(content, url, UNKNOWN).as_dict()
    return {name: page[name] for name in ("title", "authors", "published", "body", "standfirst")}

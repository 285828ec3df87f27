"""Other readers: what is known of them, and how they are run anew, each in an environment of its own.

Here belongs running them on the same pages. What they are, and what they reached when their figures were stored, stands
in peers.toml. Not here: scoring (`corpus`) and our own reader (`reading`).
"""

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / ".venv" / "peers"
_HARNESS = """
import json, sys, time
program = compile(sys.argv[1], "peer", "exec")
spent, answers = 0.0, {}
for line in sys.stdin:
    page = json.loads(line)
    names = {"html": page["html"], "url": page["url"], "answer": {}}
    started = time.process_time()
    try:
        exec(program, names)
    except Exception:
        names["answer"] = {}
    spent += time.process_time() - started
    answers[page["id"]] = names["answer"]
print(json.dumps({"seconds": spent, "answers": answers}))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another reader.

    Attributes:
        figures: our names of the figures → what it reached on all pages.
        install: what its environment needs; empty where it is not run here.
        program: reads `html` and `url` into `answer`.
    """

    name: str
    figures: dict[str, float]
    install: tuple[str, ...]
    program: str


def known() -> dict[str, Peer]:
    """All peers by name, in the order of the file."""
    told = tomllib.loads((Path(__file__).parent / "peers.toml").read_text())
    return {
        name: Peer(name, entry["figures"], tuple(entry.get("install", ())), entry.get("program", ""))
        for name, entry in told.items()
    }


def run(peer: Peer, pages: list[tuple[str, str, str]]) -> tuple[dict[str, dict[str, Any]], float]:
    """What a peer says of pages (id, decoded text, address), and the seconds of processor time that it took."""
    folder = _FOLDER / peer.name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([str(python), "-m", "pip", "install", *quiet, *peer.install], check=True)
    lines = "\n".join(json.dumps({"id": name, "html": text, "url": url}) for name, text, url in pages)
    command = [str(python), "-c", _HARNESS, peer.program]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["answers"], told["seconds"]

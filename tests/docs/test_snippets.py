"""Everything printed in the documentation is true: commands are run, and what they print is compared.

In a ```console block a line that begins with `$ ` is typed, and the lines below it must be printed, in that order.
`…` stands for anything: alone on a line for any number of lines, inside a line for any part of it. A block whose
opening line names a file behind its language (```toml data/x.toml) is that file: it is written before what follows.
"""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.demo.site import HOST, pages
from tests.captures import foreign_made as made

ROOT = Path(__file__).parents[2]
ROUNDTABLE = Path(sys.executable).with_name("roundtable")
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
WITH_COMMANDS = [path for path in DOCUMENTS if "```console" in path.read_text()]


def lying_there() -> dict[str, bytes]:
    """Files that documents take for granted, as a reader would have them: a crawl with a damaged record, and a page."""
    site = pages()
    letters, question = (site[f"/long-table/night-bus/{name}/"].body for name in ("readers-letters", "introduction"))
    address = f"http://{HOST}/long-table/night-bus/"
    first = made.response(made.answer(question), url=f"{address}introduction/", date="2024-08-01T09:00:00Z")
    second = made.response(
        made.answer(letters), number=2, url=f"{address}readers-letters/", date="2024-08-01T09:00:05Z"
    )
    crawl = [made.info(), first, second, first]
    damaged = bytearray(made.packed([made.response(number=3)]))
    damaged[-20] ^= 1
    return {
        "crawl.warc.gz": made.packed([*crawl, made.response(number=4)]) + damaged,
        "saved.html": letters,
    }


def test_the_readme_shows_commands():
    assert ROOT / "README.md" in WITH_COMMANDS


def blocks(path: Path) -> list[tuple[str, str]]:
    """A document's console blocks and files, in its order: the name of the file (empty for a console), and the text."""
    found = re.findall(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```", path.read_text(), re.DOTALL | re.MULTILINE)
    return [(name, text) for language, name, text in found if name or language == "console"]


def typed(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it must print."""
    steps: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif line.startswith("> ") and not steps[-1][1]:
            steps[-1] = (f"{steps[-1][0]}\n{line[2:]}", [])
        else:
            steps[-1][1].append(line)
    return steps


def matches(expected: list[str], printed: str) -> str | None:
    """The first expected line that was not printed where it should have been; None where all were."""
    lines = [line.rstrip() for line in printed.splitlines()]
    position = 0
    anywhere = False
    for line in expected:
        if line.strip() == "…":
            anywhere = True
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        reach = range(position, len(lines)) if anywhere else range(position, min(position + 1, len(lines)))
        found = next((number for number in reach if pattern.fullmatch(lines[number])), None)
        if found is None:
            return line
        position, anywhere = found + 1, False
    return None


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_shows_is_what_is_printed(path, tmp_path, request):
    if "../shared/" in path.read_text():
        shared = request.getfixturevalue("shared")
        (tmp_path / "shared").symlink_to(shared)
    folder = tmp_path / "project"
    folder.mkdir()
    for name, content in lying_there().items():
        (folder / name).write_bytes(content)
    for name, text in blocks(path):
        if name:
            file = folder / name
            assert file.resolve().is_relative_to(folder), name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            continue
        for command, expected in typed(text):
            words = shlex.split(command)
            if words[0] == "make":
                # `make run` installs and then runs the demonstration; here it is installed already.
                assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
                words = {"run": ["roundtable", "demo"]}[words[1]]
            assert words[0] == "roundtable", command
            done = subprocess.run(
                [ROUNDTABLE, *words[1:]],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
                env={"PATH": shutil.os.environ["PATH"], "HOME": str(tmp_path), "COLUMNS": "110"},
            )
            missing = matches(expected, done.stdout + done.stderr)
            assert missing is None, f"{command}\nexpected: {missing}\nprinted:\n{done.stdout}{done.stderr}"


def test_a_document_writes_its_files_and_types_its_commands_in_order(tmp_path):
    (tmp_path / "x.md").write_text("```toml a/b.toml\nx = 1\n```\n\n```console\n$ one\n1\n$ two\n```\n```sh\nno\n```\n")
    found = blocks(tmp_path / "x.md")
    assert found == [("a/b.toml", "x = 1\n"), ("", "$ one\n1\n$ two\n")]
    assert typed(found[1][1]) == [("one", ["1"]), ("two", [])]


def test_a_line_that_is_not_printed_is_noticed():
    assert matches(["a", "…", "c d…"], "a\nb\nc d e\n") is None
    assert matches(["a", "c"], "a\nb\nc\n") == "c"
    assert matches(["…", "x"], "a\nb\n") == "x"


def test_every_path_that_a_document_names_is_there():
    for path in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
        for name in re.findall(r"\b(docs/[\w/.-]+\.md)\b", path.read_text()):
            assert (ROOT / name).exists(), f"{path.name}: {name}"

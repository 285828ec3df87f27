"""The first hour of a researcher: the questions, the recipes and the notebook, run on the demonstration's rows."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests import made
from tests.warehouse.texts import NOW
from warehouse import parquet, publish
from warehouse.statements import macros, statements

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
QUESTIONS = re.findall(
    r"^### (\d+\. .*?)\n(.*?)(?=^###|^## |\Z)", (ROOT / "docs/questions.md").read_text(), re.DOTALL | re.MULTILINE
)
RECIPES = re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / "docs/recipes.md").read_text(), re.DOTALL | re.MULTILINE)
NOTEBOOK = json.loads((ROOT / "docs/first-hour.ipynb").read_text())
EXAMPLES = [(one.name, one.comment) for one in (*statements("views"), *macros(), *statements("search/macros"))] + [
    (one.name, one.comment) for one in statements("search/functions")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an archive in `data`, as people have one."""
    folder = tmp_path_factory.mktemp("research")
    tables = folder / "data/tables"
    tables.mkdir(parents=True)
    written = parquet.write(made.records(made.whole_demo()), tables, [], now=NOW, code_version="test")
    parquet.point_to(tables, written.folder)
    publish.publish(written.folder, folder / "data/roundtable.duckdb")
    return folder


@pytest.fixture(scope="module")
def archive(folder):
    with duckdb.connect(str(folder / "data/roundtable.duckdb"), read_only=True) as connection:
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        yield connection


def test_there_are_twenty_questions_in_order():
    assert [int(title.partition(".")[0]) for title, _ in QUESTIONS] == list(range(1, 21))


@pytest.mark.parametrize(("title", "body"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_every_question_has_an_answer(archive, title, body):
    (sql,) = re.findall(r"^```sql\n(.*?)^```", body, re.DOTALL | re.MULTILINE)
    found = archive.execute(sql).fetchall()
    assert found, title


@pytest.mark.parametrize(("name", "comment"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_view_and_macro_shows_an_example_that_runs(archive, name, comment):
    sql = comment.partition("Example: ")[2] or comment.partition(": ")[2]
    assert name in sql, "a comment ends with an example"
    archive.execute(sql).fetchall()


def run(command, folder, **environ):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ROUNDTABLE_", "PYTHON"))}
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**kept, "PATH": path, "MPLBACKEND": "agg", **environ},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("line", [line for language, text in RECIPES if language == "sh" for line in text.splitlines()])
def test_every_line_for_the_shell_runs(folder, line):
    printed = run(["sh", "-c", line], folder)
    target = shlex.split(line)[-1] if ">" in line else None
    assert (folder / target).stat().st_size if target else printed


def test_every_block_of_python_runs(folder):
    blocks = [text for language, text in RECIPES if language == "python"]
    assert len(blocks) >= 4
    assert run([sys.executable, "-c", "\n".join(blocks)], folder).count("\n") > 10


def test_every_query_of_the_other_languages_runs(archive):
    queries = [sql for language, text in RECIPES if language == "r" for sql in re.findall(r'archive, "(.*?)"', text)]
    assert queries
    for sql in queries:
        assert archive.execute(sql).fetchall(), sql


def test_the_notebook_ends_with_a_plot_and_a_citation(folder):
    cells = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert all(not cell.get("outputs") for cell in NOTEBOOK["cells"])
    assert len({cell["id"] for cell in NOTEBOOK["cells"]}) == len(NOTEBOOK["cells"])
    printed = run([sys.executable, "-c", "\n".join([*cells, "plt.savefig('plot.png')"])], folder)
    assert "(2024, May 14). The Long Table" in printed or "2024" in printed
    assert (folder / "plot.png").stat().st_size > 10_000

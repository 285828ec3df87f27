"""What is stored never commands the terminal that it is printed on."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cli import main as cli
from pipelines.cli.main import main
from tests.warehouse.texts import Text, published
from warehouse.rendering import visible

ESCAPES = (
    "\x1b[2J\x1b[31mred\x1b]0;title\x07 \x1b]8;;https://evil.example/\x1b\\link bell\x07 back\x08\x7f "
    "\x9b31m \x90dcs\x9c return\rover feed\x0c \u202eedirrevo\u202c \u2066isolated\u2069 line\u2028end\x00"
)
COMMANDED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    hostile = Text(
        name="talk/hostile", passages=(f"Lantern {ESCAPES} lantern.", "Quiet."), title=f"A lantern {ESCAPES}",
        speaker=f"Ana {ESCAPES.replace(chr(0), '')}",
    )  # fmt: skip
    return published([hostile], tmp_path_factory.mktemp("home")).parent


@pytest.mark.parametrize("is_terminal", [False, True])
@pytest.mark.parametrize(
    "typed",
    [
        ["search", "lantern"],
        ["sql", "SELECT title, text FROM contributions"],
        ["sql", "SELECT name FROM people"],
        ["sql", f'SELECT 1 AS "{ESCAPES.replace(chr(0), "")}"'],
        ["history", "talk/hostile"],
        ["history", "talk/hostile", "--at", "2026-01-03"],
        ["history", f"talk/{ESCAPES.replace(chr(0), '')}"],
        ["people", "show", "ana"],
        ["people", "list"],
        ["status"],
        ["search", "lantern", "--series", ESCAPES.replace(chr(0), "")],
        ["sql", 'FROM "\x1b[31m\u202e"'],
    ],
    ids=lambda typed: " ".join(typed)[:24].encode("ascii", "replace").decode() if isinstance(typed, list) else None,
)
def test_stored_words_do_not_command_the_terminal(home, capsys, monkeypatch, typed, is_terminal):
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    main([*typed, "--home", str(home)])
    out, err = capsys.readouterr()
    assert out + err
    assert not COMMANDED.findall(out + err)


def test_what_would_command_it_is_seen(home, capsys):
    assert main(["sql", "SELECT text FROM contributions", "--home", str(home)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for shown in ("␛[31mred", "bell␇", "back␈␡", "return␍over", "�edirrevo"):
        assert shown in out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_for_programs_stay_as_they_are(home, capsys, form):
    assert main(["sql", "SELECT text FROM contributions", "--format", form, "--home", str(home)]) == 0
    out = capsys.readouterr().out
    said = json.loads(out)[0]["text"] if form == "json" else out
    assert "\x1b[2J" in said
    assert "\u202eedirrevo" in said


@given(st.text())
def test_what_is_made_visible_keeps_its_length_and_its_letters(words):
    shown = visible(words)
    assert len(shown) == len(words)
    assert not COMMANDED.findall(shown.replace("\t", " "))
    assert [a for a, b in zip(words, shown, strict=True) if a != b] == COMMANDED.findall(words.replace("\t", " "))


def test_no_command_makes_printed_words_past_the_one_door():
    for path in Path(cli.__file__).parent.glob("*.py"):
        if path.name != "shared.py":
            assert not re.search(r"(?<![\w\"])(Text|Console)\(|(?<![\w.])print\(", path.read_text()), path.name

"""`roundtable search` and `roundtable sql`, run in this process: what they print and how they end."""

import datetime as dt
import json

import pytest

from pipelines.cli.main import main
from tests.warehouse.texts import Text, published

TEXTS = [
    Text(name="talk/ana", passages=("Night trams run for those who clean.", "Nobody else rides them."),
         speaker="Ana Ruiz", published_on=dt.date(2019, 5, 1)),
    Text(name="talk/bo", passages=("The night tram is an argument.",), speaker="Bo Łuk", title="An argument at night",
         published_on=dt.date(2021, 5, 1)),
    Text(name="talk/cy", passages=("Clean water, and no trams at all.",), speaker="Cy Ånd"),
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return published(TEXTS, tmp_path_factory.mktemp("home")).parent


@pytest.fixture
def search(home, capsys):
    """Types `roundtable search …` and returns exit code, output and errors."""

    def typed(*words):
        code = main(["search", *words, "--home", str(home)])
        return code, *capsys.readouterr()

    return typed


def test_a_hit_is_who_where_when_and_what(search):
    code, out, err = search("clean", "ride")
    assert (code, err) == (0, "")
    for shown in ("Ana Ruiz", "2019-05-01", "The Talk", "**rides** them", "talk/ana", "2 hits", "Cy Ånd", "no date"):
        assert shown in out
    assert out.index("Ana Ruiz") < out.index("Cy Ånd")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["tram"], ["talk/ana", "talk/bo", "talk/cy"]),
        (["night tram"], ["talk/bo"]),  # one word of the shell is a phrase
        (["tram", "-night"], ["talk/cy"]),
        (["tram", "-night tram"], ["talk/ana", "talk/cy"]),
        (["tram", "--person", "ruiz"], ["talk/ana"]),
        (["tram", "--person", "luk"], ["talk/bo"]),
        (["tram", "--person", "cy-ånd"], ["talk/cy"]),
        (["tram", "--series", "talks"], ["talk/ana", "talk/bo", "talk/cy"]),
        (["tram", "--series", "talk", "--from", "2020-01-01"], ["talk/bo"]),
        (["tram", "--to", "2019-05-01"], ["talk/ana"]),
    ],
)
def test_hits_are_narrowed(search, words, names):
    code, out, _ = search(*words, "--json")
    assert code == 0
    assert sorted(hit["contribution_id"] for hit in json.loads(out)) == names


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["zebra"], 1, "Nothing was found for zebra."),
        (["tram", "--person", "zebra"], 1, "within what you narrowed it to"),
        (["x" * 10_000], 1, "Nothing was found"),
        (["\udcff"], 2, "there is no word to look for"),
        (["國"], 1, "Nothing was found for 國."),
        ([""], 2, "there is no word to look for"),
        (["-", '"', "*"], 2, "there is no word to look for"),
        (["-tram"], 2, "there is no word to look for"),
        (["\x00\x07"], 2, "there is no word to look for"),
        (["tram", "--limt", "3"], 2, "there is no option --limt"),
        (["tram", "--series", "talkz"], 2, "use one of talk"),
        (["tram", "--from", "yesterday"], 2, "'yesterday' is no day (--from)"),
        (["tram", "--from", "2020-01-02", "--to", "2020-01-01"], 2, "--from is later than --to"),
    ],
)
def test_what_finds_nothing_says_so(search, words, code, told):
    ended, out, err = search(*words)
    assert ended == code
    assert told in " ".join((out + err).split())
    assert "Traceback" not in err


def test_hits_as_json_without_any_are_an_empty_list(search):
    assert search("zebra", "--json")[:2] == (1, "[]\n")


def test_long_rows_are_spread_into_a_table(home, capsys):
    sql = "FROM (VALUES ('a', 'x', 1), ('a', 'y', 2), ('b', 'y', 3), ('b', 'y', NULL)) AS t (who, what, many)"
    assert main(["sql", sql, "--pivot", "--format", "csv", "--home", str(home)]) == 0
    assert capsys.readouterr().out == 'who,x,y\na,1,2\nb,,"3, "\n'
    assert main(["sql", "SELECT 1", "--pivot", "--home", str(home)]) == 2
    assert "takes three columns" in capsys.readouterr().err
    details = "FROM (VALUES ('a', 1, 'x', 'yes'), ('a', 2, 'y', 'no')) AS t (who, place, what, told)"
    assert main(["sql", details, "--pivot", "--home", str(home)]) == 2
    assert "no two rows are alike in who, place," in capsys.readouterr().err
    assert main(["sql", sql, "--pivot", "--format", "parquet", "--home", str(home)]) == 2
    assert "--pivot is for tables, csv and json" in capsys.readouterr().err

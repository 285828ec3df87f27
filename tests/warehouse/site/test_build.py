"""Writing the site: where it may be written, what it refuses, and that nobody ever sees half of one."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from archive.codes import Code, RoundtableError
from archive.model import Release
from archive.model.records import Records
from pipelines.cli.main import main
from tests.discussion.invented import records, register, seen
from tests.discussion.test_stances import VOTED, panel
from tests.warehouse.site import rows
from warehouse import parquet, publish
from warehouse.site import build, pages
from warehouse.site.addresses import path_of


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A published database in which nothing stands."""
    return rows.published(Records(), tmp_path_factory.mktemp("empty"))


@pytest.fixture
def small(empty, tmp_path):
    """It, in a home of one's own."""
    (tmp_path / "home").mkdir()
    return Path(shutil.copy(empty, tmp_path / "home"))


def test_votes_without_words_and_without_a_day_have_their_pages(tmp_path):
    known = register((("/q1", "question", "q1"),))
    voted = records([seen("/q1", panel(VOTED, VOTED), known=known)], known)
    build.write(rows.published(voted, tmp_path / "home"), tmp_path / "site")
    (page,) = (tmp_path / "site/contributions/bridge/q1/bo-karl").glob("index.html")
    assert "“Uncertain”" in page.read_text()
    assert "confidence 3" in page.read_text()


def refused(database, target):
    with pytest.raises(RoundtableError) as error:
        build.write(database, target)
    assert str(error.value).count("\n") == 0
    return error.value


def test_an_empty_archive_has_a_site_and_it_takes_the_place_of_an_older_one(small, tmp_path):
    written = build.write(small, tmp_path / "site")
    before = content(tmp_path / "site")
    assert written.texts == 0
    assert (written.pages, written.bytes) == (
        sum(name.endswith(".html") for name in before),
        sum(map(len, before.values())),
    )
    build.write(small, tmp_path / "site", title="Another name")
    after = content(tmp_path / "site")
    assert set(after) == set(before)
    assert b"Another name" in after["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "site"]


def test_a_page_that_went_leaves_no_file(small, database, tmp_path):
    build.write(database, tmp_path / "site")
    build.write(small, tmp_path / "site")
    assert not (tmp_path / "site" / path_of("round-tables", "night-bus")).exists()


def test_a_folder_of_somebody_else_is_left_as_it_is(small, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("mine")
    error = refused(small, tmp_path / "thesis")
    assert (error.code, "chapter.txt" in str(error)) == (Code.FOREIGN_FILE, True)
    assert content(tmp_path / "thesis") == {"chapter.txt": b"mine"}


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_what_is_no_folder_is_left_as_it_is(small, tmp_path, kind):
    target = tmp_path / "site"
    if kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(tmp_path / ("home" if kind == "link" else "nowhere"))
    assert refused(small, target).code is Code.FOREIGN_FILE
    assert target.is_symlink() or target.read_text() == "mine"


def test_a_file_that_somebody_put_into_the_site_is_named_and_kept(small, tmp_path):
    build.write(small, tmp_path / "site")
    (tmp_path / "site/people/notes.txt").write_text("mine")
    before = content(tmp_path / "site")
    assert "people/notes.txt" in str(refused(small, tmp_path / "site"))
    assert content(tmp_path / "site") == before


def test_a_file_that_is_put_there_while_the_site_is_written_is_kept(small, tmp_path, monkeypatch):
    build.write(small, tmp_path / "site")
    real = pages.missing

    def meanwhile(*given):
        (tmp_path / "site/mine.txt").write_text("mine")
        return real(*given)

    monkeypatch.setattr(pages, "missing", meanwhile)
    assert "mine.txt" in str(refused(small, tmp_path / "site"))
    assert (tmp_path / "site/mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "site"]


def test_an_empty_folder_is_used(small, tmp_path):
    (tmp_path / "site").mkdir()
    build.write(small, tmp_path / "site")
    assert (tmp_path / "site/index.html").is_file()


def test_a_database_of_a_newer_version_is_one_clear_line(tmp_path):
    (tmp_path / "tables").mkdir()
    written = parquet.write(Records(), tmp_path / "tables", [], now=rows.NOW, code_version="test")
    newer = replace(written.release, schema_version=10_000)
    again = parquet.write(Records(), tmp_path / "tables", [newer], now=rows.NOW, code_version="test")
    assert isinstance(again.release, Release)
    publish.publish(again.folder, tmp_path / "roundtable.duckdb")
    error = refused(tmp_path / "roundtable.duckdb", tmp_path / "site")
    assert (error.code, "10000" in str(error)) == (Code.DATABASE_NEWER, True)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("lacking", ["DROP TABLE stances", "DROP VIEW speakers", "ALTER TABLE media DROP caption"])
def test_a_database_that_lacks_something_is_one_clear_line(database, tmp_path, lacking):
    copy = shutil.copy(database, tmp_path / "other.duckdb")
    with duckdb.connect(copy) as connection:
        connection.execute(lacking)
    error = refused(Path(copy), tmp_path / "site")
    assert (error.code, lacking.split()[-1] in str(error)) == (Code.TABLES_DAMAGED, True)
    assert [path.name for path in tmp_path.iterdir()] == ["other.duckdb"]


def test_addresses_are_whole_where_the_site_will_stand(small, tmp_path):
    build.write(small, tmp_path / "site", base_url="https://archive.example.org/tables/")
    assert (
        '<link rel="canonical" href="https://archive.example.org/tables/people/">'
        in (tmp_path / "site/people/index.html").read_text()
    )
    assert 'href="https://archive.example.org/tables/assets/style.css"' in (tmp_path / "site/404.html").read_text()


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ([], "[database_missing]"),
        (["--url", "archive.example.org"], "[url_invalid]"),
        (["--captures-url", "ftp://x"], "[url_invalid]"),
    ],
)
def test_what_cannot_run_is_one_line(tmp_path, capsys, words, met):
    assert main(["site", *words, "--home", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert met in said


def test_the_command_writes_into_the_home_and_a_place_that_is_not_for_writing_is_one_line(small, capsys):
    home = small.parent
    assert main(["site", "--home", str(home)]) == 0
    assert (home / "site/index.html").is_file()
    capsys.readouterr()
    for target in ("/proc/nobody/site", str(home / "roundtable.duckdb")):
        assert main(["site", "--home", str(home), "--to", target]) == 2
        assert capsys.readouterr().err.count("\n") == 1

"""A page with an alarm becomes a failing test, and the test passes once person and reader agree."""

import re
import shutil

import pytest

from archive.codes import Code, RoundtableError
from archive.demo.site import HOST, pages
from archive.home import Home
from archive.sources.register import Register
from pipelines import fixtures
from tests.captures import foreign_made as made
from tests.pipelines.conftest import roundtable
from warehouse import query

PATH = "/long-table/night-bus/introduction/"
URL = f"http://{HOST}{PATH}"


@pytest.fixture
def altered(demo, tmp_path):
    """A home to which a copy of a page came whose layout has changed: the date is gone, the byline is elsewhere."""
    home = tmp_path / "home"
    shutil.copytree(demo[0], home, symlinks=True)
    page = re.sub(r'<p class="piece__date.*?</p>', "", pages()[PATH].body.decode(), flags=re.DOTALL)
    page = re.sub(r'<script type="application/ld.*?</script>', "", page, flags=re.DOTALL)
    record = made.response(made.answer(page.encode()), url=URL, date="2026-11-01T10:00:00Z")
    (tmp_path / "new.warc.gz").write_bytes(made.packed([record]))
    done = roundtable("import", tmp_path / "new.warc.gz", "--home", home)
    assert (done.returncode, "1 page may have a new layout" in done.stdout) == (0, True), done.stderr
    (capture_id,) = query.run(home / "roundtable.duckdb", "SELECT DISTINCT capture_id FROM alarms").rows[0]
    return home, capture_id


def test_an_alarm_becomes_a_failing_test_and_then_a_passing_one(altered, tmp_path):
    home, capture_id = altered
    assert "May have a new layout" in roundtable("status", "--home", home).stdout
    done = roundtable("read", capture_id, "--save-fixture", tmp_path / "saved", "--home", home)
    assert (done.returncode, "until then its test fails" in done.stderr) == (0, True)
    (place,) = (tmp_path / "saved").iterdir()
    register = Register.load(Home.at(home).curation / "register")
    assert fixtures.differences(place, register) == ["published: a person reads '?', the reader None"]
    expected = (place / fixtures.EXPECTED).read_text()
    assert 'published = "?"  # was: "2024-05-13T09:00:00+01:00"' in expected
    assert 'title = "The bus that goes round in the dark"' in expected
    (place / fixtures.EXPECTED).write_text(expected.replace('published = "?"', '# published = "?"'))
    assert fixtures.differences(place, register) == []
    again = roundtable("read", capture_id, "--save-fixture", tmp_path / "saved", "--home", home)
    assert (again.returncode, "[fixture_exists]" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    "words", ["", "url = 1", 'url = "http://a.test/"', 'url = "http://a.test/"\n[expected]\nodd = 1', "url = ["]
)
def test_a_fixture_that_cannot_be_read_is_told_in_one_line(tmp_path, words):
    (tmp_path / fixtures.EXPECTED).write_text(words)
    (tmp_path / fixtures.PAGE).write_bytes(b"<p>page")
    with pytest.raises(RoundtableError) as caught:
        fixtures.differences(tmp_path, Register.load(tmp_path / "register"))
    assert caught.value.code is Code.FIXTURE_INVALID


def test_a_file_needs_its_address_and_a_capture_must_be_there(tmp_path):
    (tmp_path / "page.html").write_bytes(b"<p>page")
    for words, code in (
        ((tmp_path / "page.html",), "url_invalid"),
        (("c-" + "0" * 20,), "file_missing"),
        ((tmp_path / "page.html", "--url", "nowhere"), "url_invalid"),
    ):
        done = roundtable("read", *words, "--home", tmp_path / "home")
        assert (done.returncode, f"[{code}]" in done.stderr) == (2, True)

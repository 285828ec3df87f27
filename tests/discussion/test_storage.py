"""How much of a text is shown: all, its first words, or none; and who decides."""

import shutil

import pytest

from archive.demo.install import SOURCE
from archive.demo.site import canonical, pages
from archive.discussion.pages import Reading
from archive.model import Capture, Contribution, ContributionVersion, Passage
from archive.normalise.text import word_count
from archive.reading.reader import read
from archive.sources.register import Register
from tests import made
from warehouse import parquet, publish

GUEST = "night-bus/the-last-mile-has-a-driver-too"
ANSWER = "night-bus/q2/wietske-van-der-houtkamp"
PUBLISHER = "[publisher]\n"
TABLE = "[round_table]\n"
TARGET = f'url = "{canonical("/long-table/night-bus/who-should-pay-for-the-small-hours/")}"\n'


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Records of the demonstration, with lines added to its register."""

    def build(publisher="", table="", target=""):
        folder = tmp_path / "register" / SOURCE.name
        shutil.copytree(SOURCE, folder)
        for path, head, lines in (
            (folder / "source.toml", PUBLISHER, publisher),
            (folder / "round_tables/night-bus.toml", TABLE, table),
            (folder / "round_tables/night-bus.toml", TARGET, target),
        ):
            text = path.read_text()
            assert head in text
            path.write_text(text.replace(head, head + lines, 1))
        monkeypatch.setattr(made, "REGISTER", Register.load(folder.parent))
        return made.records(made.demo_readings())

    return build


def one(records, name):
    (row,) = [row for row in records.of(Contribution) if row.contribution_id == name]
    return row


def checked(records, tmp_path):
    return publish.failures(parquet.write(records, tmp_path, [], now=made.AT, code_version="test").folder)


def test_of_metadata_alone_no_word_of_the_text_is_in_any_table(built, tmp_path):
    whole = made.records(made.demo_readings())
    records = built(table='storage_policy = "metadata_only"\n')
    before, after = one(whole, GUEST), one(records, GUEST)
    assert (after.text, after.standfirst, after.storage_policy) == ("", None, "metadata_only")
    assert (after.title, after.word_count, after.published_on) == (before.title, before.word_count, before.published_on)
    assert (after.rights_statement, after.license_uri) == (before.rights_statement, before.license_uri)
    shown = repr(records.by_table())
    for row in whole.of(ContributionVersion):
        if row.round_table_id == "night-bus":
            assert repr(row.text[:50])[1:-1] not in shown
            assert repr(row.text[-50:])[1:-1] not in shown
    assert checked(records, tmp_path) == []


def test_an_excerpt_is_the_first_words_and_the_count_stays_that_of_the_whole(built, tmp_path):
    whole = made.records(made.demo_readings())
    records = built(publisher='storage_policy = "excerpt"\nexcerpt_words = 25\n')
    for name in (GUEST, ANSWER):
        before, after = one(whole, name), one(records, name)
        assert word_count(after.text) == 25
        assert after.text.endswith(" …")
        assert before.text.startswith(after.text.removesuffix(" …"))
        assert after.word_count == before.word_count > 25
    assert all(row.in_text for row in records.of(Passage))
    assert checked(records, tmp_path) == []


def test_a_round_table_may_say_otherwise_than_its_publisher(built, tmp_path):
    records = built('storage_policy = "metadata_only"\n', 'storage_policy = "full_text"\n')
    assert one(records, GUEST).text
    assert {row.storage_policy for row in records.of(Contribution) if row.round_table_id == "night-bus"} == {
        "full_text"
    }
    assert {row.storage_policy for row in records.of(Contribution) if row.round_table_id == "stairwell"} == {
        "metadata_only"
    }
    assert checked(records, tmp_path) == []


def test_a_target_may_say_otherwise_than_its_round_table(built, tmp_path):
    records = built(target='storage_policy = "excerpt"\n')
    assert (one(records, ANSWER).storage_policy, one(records, GUEST).storage_policy) == ("excerpt", "full_text")
    assert word_count(one(records, ANSWER).text) == 60
    assert checked(records, tmp_path) == []


def test_a_copy_of_unknown_address_has_the_policy_of_its_publisher(built):
    built('storage_policy = "metadata_only"\n')
    page = next(page for path, page in pages().items() if path.endswith("the-last-mile-has-a-driver-too/"))
    body = page.body.replace(b"og:url", b"og:of").replace(b"canonical", b"of")
    url = "urn:sha256:0"
    seen = made.capture(url, body, source_id="lamplighter")
    reading = Reading(seen, read(body, url, made.REGISTER.get("lamplighter").source))
    records = made.records([reading])
    (row,) = records.of(Contribution)
    assert (row.storage_policy, row.text) == ("metadata_only", "")
    assert [row.access for row in records.of(Capture) if row.url == url] == ["restricted"]


def test_no_capture_of_such_a_page_is_open(built):
    records = built(table='storage_policy = "excerpt"\n')
    shut = {row.capture_id for row in records.of(Contribution) if row.round_table_id == "night-bus"}
    assert {row.access for row in records.of(Capture) if row.capture_id in shut} == {"restricted"}
    assert {row.access for row in records.of(Capture) if row.url.startswith("urn:roundtable:register")} == {"open"}

"""What is left of a contribution that was withdrawn: a tombstone, and nothing that it said."""

import datetime as dt

import pytest

from archive.codes import Code, RoundtableError
from archive.discussion.curation import Curation
from archive.discussion.withdrawals import Decision, Withdrawals, append
from archive.model import (
    Capture,
    Contribution,
    ContributionVersion,
    Event,
    Manifestation,
    Participation,
    Person,
    PromptWording,
)
from tests import made

AT = dt.datetime(2026, 11, 23, 9, 30)
GUEST = "night-bus/the-last-mile-has-a-driver-too"
ANSWER = "night-bus/q2/wietske-van-der-houtkamp"
FOLLOWUP = "night-bus/what-does-the-driver-know-that-the-timetable-does-not/comfort-asabre"


def records(*gone):
    decisions = tuple(Decision(name, "withdraw", "asked for by the author", AT) for name in gone)
    return made.records(made.demo_readings(), curation=Curation(withdrawals=Withdrawals(decisions)))


@pytest.fixture(scope="module")
def whole():
    return made.records(made.demo_readings())


def one(found, kind, name):
    (row,) = [row for row in found.of(kind) if row.contribution_id == name]
    return row


@pytest.mark.parametrize("name", [GUEST, ANSWER, FOLLOWUP])
def test_a_tombstone_says_where_it_was_and_nothing_of_what_it_said(whole, name):
    before, found = one(whole, Contribution, name), records(name)
    after = one(found, Contribution, name)
    assert (after.state, after.withdrawn_on, after.withdrawal_reason) == (
        "withdrawn", AT.date(), "asked for by the author",
    )  # fmt: skip
    kept = ("contribution_id", "version", "round_table_id", "prompt_id", "role", "entry", "url", "capture_id")
    assert [getattr(after, column) for column in kept] == [getattr(before, column) for column in kept]
    assert (after.text, after.word_count, after.title, after.published_on) == ("", 0, None, None)
    assert one(found, ContributionVersion, name).content_sha256 is None
    assert {row.url for row in found.of(Manifestation) if row.contribution_id == name}
    said = [before.text[:60], before.text[-60:], *before.text.split("\n\n"), before.standfirst or before.text]
    rest = repr(found.by_table())
    for words in said:
        assert repr(words)[1:-1] not in rest, words


def test_a_guest_s_name_and_title_are_in_no_table(whole):
    rest = repr(records(GUEST).by_table())
    assert "Nasrin Coldbeck" in repr(whole.by_table())
    assert "Coldbeck" not in rest
    assert "last mile has a driver" not in rest


def test_the_title_of_a_withdrawn_page_is_no_wording_of_its_prompt_any_more(whole):
    def titles(found):
        return [row.capture_id for row in found.of(PromptWording) if row.kind == "title"]

    capture = one(whole, Contribution, FOLLOWUP).capture_id
    assert capture in titles(whole)
    assert capture not in titles(records(FOLLOWUP))


def test_of_a_page_with_nine_answers_only_one_goes_and_its_capture_is_sealed(whole):
    found = records(ANSWER)

    def others(rows):
        return [row for row in rows if row.contribution_id != ANSWER]

    assert others(found.of(Contribution)) == others(whole.of(Contribution))
    assert others(found.of(Participation)) == others(whole.of(Participation))
    sealed = {row.capture_id for row in found.of(Capture) if row.access == "sealed"}
    assert sealed == {one(whole, Contribution, ANSWER).capture_id}
    assert {row.person_id for row in found.of(Person)} == {row.person_id for row in whole.of(Person)}


def test_every_capture_of_the_address_and_every_copy_of_the_bytes_is_sealed():
    page = next(one for one in made.demo_readings() if one.page.title == "The last mile has a driver too")
    url, at = page.capture.url, made.AT + dt.timedelta(days=9)
    readings = made.demo_readings()
    from archive.demo.site import pages  # noqa: PLC0415

    body = next(found.body for path, found in pages().items() if url.endswith(path))
    more = [
        made.reading(url, b"<html><p>In maintenance.</p></html>", at),
        made.reading(f"{url}?print=1", body, at),
    ]
    decision = Decision(GUEST, "withdraw", "asked for by the author", AT)
    found = made.records([*readings, *more], curation=Curation(withdrawals=Withdrawals((decision,))))
    sealed = {row.capture_id for row in found.of(Capture) if row.access == "sealed"}
    assert sealed == {page.capture.capture_id, *(reading.capture.capture_id for reading in more)}


def test_a_decision_is_kept_and_can_be_taken_back(tmp_path, whole):
    ledger = tmp_path / "withdrawn" / "decisions.jsonl"
    append(ledger, Decision(GUEST, "withdraw", "asked for by the author", AT, "R. Arkiv"))
    assert list(Withdrawals.load(ledger).standing) == [GUEST]
    append(ledger, Decision(GUEST, "restore", "she thought better of it", AT + dt.timedelta(days=1)))
    loaded = Withdrawals.load(ledger)
    assert loaded.standing == {}
    assert [one.by for one in loaded.decisions] == ["R. Arkiv", None]
    found = made.records(made.demo_readings(), curation=Curation(withdrawals=loaded))
    assert found.of(Contribution) == whole.of(Contribution)
    assert found.of(Capture) == whole.of(Capture)
    assert [(row.type, row.outcome, row.note) for row in found.of(Event)] == [
        ("withdrawal", "withdrawn", "asked for by the author, by R. Arkiv"),
        ("withdrawal", "restored", "she thought better of it"),
    ]


HIDE = '{"contribution_id": "a", "decision": "hide", "reason": "b", "at": "2026-11-23T00:00:00Z"}'


@pytest.mark.parametrize(
    "line",
    ["no JSON", '{"decision": "withdraw"}', HIDE, "[]"],
    ids=["no JSON", "half", "another decision", "a list"],
)
def test_a_line_that_is_no_decision_is_named(tmp_path, line):
    (tmp_path / "decisions.jsonl").write_text(f"{line}\n")
    with pytest.raises(RoundtableError) as caught:
        Withdrawals.load(tmp_path / "decisions.jsonl")
    assert caught.value.code is Code.CURATION_DAMAGED
    assert "line 1" in str(caught.value)


def test_a_torn_line_never_counted(tmp_path):
    (tmp_path / "decisions.jsonl").write_text('{"contribution_id": "a", "decis')
    assert Withdrawals.load(tmp_path / "decisions.jsonl") == Withdrawals()

"""What a person corrects, and that a correction fails loudly once the page itself was mended."""

import datetime as dt

import pytest

from archive.codes import Code, RoundtableError
from archive.demo.content import content
from archive.demo.site import canonical, pages
from archive.discussion.corrections import Correction, Located, load
from archive.discussion.curation import Curation
from archive.discussion.withdrawals import Decision, Withdrawals
from archive.model import (
    Citation,
    Contribution,
    ContributionVersion,
    Event,
    Evidence,
    Participation,
    Rejection,
    StageCount,
)
from tests import made

GUEST = "night-bus/the-last-mile-has-a-driver-too"
PAGE = content().article("response")
URL = canonical(PAGE.path)
BODY = pages()[PAGE.path].body
TITLE = "The last mile has a driver too"
DATED = "23 May 2024, 12.15pm"
GOOD = """
[[corrections]]
contribution = "night-bus/the-last-mile-has-a-driver-too"
field = "title"
expect = "The last mile has a driver too"
value = "The last mile has drivers, too"
reason = "the printed issue has it so"
source = "issue 7, page 3"
on = 2026-11-23
"""


def correction(field, expect, value, *, contribution=GUEST, number=0, **more):
    one = Correction(
        contribution=contribution, field=field, expect=expect, value=value, reason="the printed issue has it so",
        source="issue 7, page 3", on=dt.date(2026, 11, 23), **more,
    )  # fmt: skip
    return Located(one, "corrections/issue-7.toml", number)


def corrected(*corrections, payloads=(BODY,), withdrawals=None):
    readings = [
        made.reading(URL, payload, made.AT + number * dt.timedelta(days=1)) for number, payload in enumerate(payloads)
    ]
    return made.records(readings, curation=Curation(corrections, withdrawals or Withdrawals()))


def current(records):
    (row,) = records.of(Contribution)
    return row


def evidence(records, field):
    return {
        (row.witness, row.value, row.chosen)
        for row in records.of(Evidence)
        if row.field == field and row.record_type == "contributions"
    }


def test_a_corrected_title_stands_in_the_row_and_the_page_s_own_stays_as_evidence():
    records = corrected(correction("title", TITLE, "The last mile has drivers, too"))
    assert current(records).title == "The last mile has drivers, too"
    assert [row.title for row in records.of(ContributionVersion)] == ["The last mile has drivers, too"]
    told = evidence(records, "title")
    assert ("correction", "The last mile has drivers, too", True) in told
    assert ("visible", TITLE, False) in told
    assert [row for row in told if row[2]] == [("correction", "The last mile has drivers, too", True)]
    (citation,) = [row for row in records.of(Citation) if row.style == "plain"]
    assert "‘The last mile has drivers, too’" in citation.text
    (event,) = [row for row in records.of(Event) if row.type == "correction"]
    assert (event.object, event.outcome, event.at) == (GUEST, "applied", dt.datetime(2026, 11, 23))
    assert records.of(Rejection) == []


def test_a_corrected_date_fills_every_column_of_the_date():
    row = current(corrected(correction("published", DATED, "20 May 2024, 8am")))
    assert (row.published_as_printed, row.published_on) == ("20 May 2024, 8am", dt.date(2024, 5, 20))
    assert row.published_at == dt.datetime(2024, 5, 20, 7)
    assert (row.published_edtf, row.published_offset_minutes) == ("2024-05-20T08:00:00", 60)
    assert (row.published_zone_source, row.published_basis) == ("publisher_default", "correction")


def test_corrected_names_are_voices_with_the_printed_biography():
    before = corrected().of(Participation)
    records = corrected(correction("authors", ["Nasrin Coldbeck"], ["Nasrin Coldbeck", "Ada Marlow"]))
    voices = sorted(records.of(Participation), key=lambda row: row.position)
    assert [(row.position, row.name_as_printed, row.bio) for row in voices] == [
        (1, "Nasrin Coldbeck", before[0].bio),
        (2, "Ada Marlow", before[0].bio),
    ]
    assert all(row.person_id for row in voices)
    assert corrected(correction("authors", ["Nasrin Coldbeck"], [])).of(Participation) == []


@pytest.mark.parametrize(
    ("field", "expect", "value", "column", "stands"),
    [
        ("role", "response", "comment", "role", "comment"),
        ("language", "en-GB", "cy", "language", "cy"),
        ("kicker", "The Long Table on the Night Bus", "", "kicker", None),
        ("published", DATED, "", "published_on", None),
        ("title", f"  {TITLE.replace(' ', '  ')}", "Spaces do not count", "title", "Spaces do not count"),
    ],
)
def test_every_field_can_be_corrected(field, expect, value, column, stands):
    expected = current(corrected()).language if field == "language" else expect
    assert getattr(current(corrected(correction(field, expected or "", value))), column) == stands


MENDED = BODY.replace(TITLE.encode(), b"The last mile has drivers, too")


@pytest.mark.parametrize(
    ("expect", "value", "says"),
    [
        (TITLE, "The last mile has drivers, too", "the source says what the correction says"),
        (TITLE, "The last mile", "the source says ‘The last mile has drivers, too’ now"),
    ],
)
def test_once_the_page_is_mended_a_correction_is_not_applied_and_says_so(expect, value, says):
    records = corrected(correction("title", expect, value), payloads=(BODY, MENDED))
    assert current(records).title == "The last mile has drivers, too"
    # The older version still said what was expected, so what was known better of it holds.
    assert [row.title for row in records.of(ContributionVersion)] == [value, "The last mile has drivers, too"]
    (told,) = records.of(Rejection)
    assert (told.stage, told.code, told.capture_id) == ("correct", "correction_outdated", None)
    assert told.reason == f"‘{TITLE}’ was expected, but {says}"
    assert (told.url, told.locator) == ("urn:roundtable:corrections/issue-7.toml", "corrections[0]")
    (balance,) = [row for row in records.of(StageCount) if row.stage == "correct"]
    assert (balance.input, balance.output, balance.rejected) == (1, 0, 1)
    assert [row.outcome for row in records.of(Event)] == ["correction_outdated"]


def test_a_correction_of_one_version_is_at_peace_with_a_page_that_was_mended():
    one = correction("title", TITLE, "The last mile has drivers, too", version=1)
    records = corrected(one, payloads=(BODY, MENDED))
    assert records.of(Rejection) == []
    assert {row.title for row in records.of(ContributionVersion)} == {"The last mile has drivers, too"}


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (correction("title", "a", "b", contribution="nobody"), "there is no contribution 'nobody'"),
        (correction("title", TITLE, "b", version=7), "it has no version 7"),
        (correction("published", DATED, "1 May 2031"), "2031-05-01 lies after the capture of 2024-06-01"),
    ],
    ids=["unknown", "version", "after its capture"],
)
def test_what_cannot_be_is_refused_and_all_else_is_published(one, reason):
    records = corrected(one, correction("kicker", "The Long Table on the Night Bus", "Letters", number=1))
    (told,) = records.of(Rejection)
    assert (told.code, told.reason) == ("correction_refused", reason)
    assert current(records).kicker == "Letters"


def test_nothing_is_corrected_of_what_was_withdrawn():
    gone = Withdrawals((Decision(GUEST, "withdraw", "she asked us to", made.AT),))
    records = corrected(correction("title", TITLE, "A word that is told"), withdrawals=gone)
    assert current(records).title is None
    assert records.of(Rejection) == []
    assert "A word that is told" not in repr(records.by_table())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("title", "titel"), "corrections.0.field"),
        (('field = "title"', 'field = "text"'), "a text is not corrected"),
        (("reason = ", "because = "), "corrections.0.because: unknown key"),
        (("on = 2026-11-23\n", ""), "corrections.0.on: Field required"),
        (('field = "title"', 'field = "authors"'), "expect of authors must be a list of names"),
        (('field = "title"', 'field = "role"'), "is no role"),
        (('field = "title"', 'field = "language"'), "is no language tag"),
        (('field = "title"', 'field = "published"'), "is no date"),
        (("[[corrections]]", "[[corrections]"), "not valid TOML"),
        (("[[corrections]]", "[[correction]]"), "[[corrections]] and nothing else"),
        (("on = 2026-11-23\n", f"on = 2026-11-23\n{GOOD}"), "is corrected twice"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_clear_line(tmp_path, change, says):
    (tmp_path / "issue-7.toml").write_text(GOOD.replace(change[0], change[1], 1))
    with pytest.raises(RoundtableError) as caught:
        load(tmp_path)
    assert caught.value.code is Code.CURATION_INVALID
    assert says in str(caught.value)
    assert "issue-7.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_are_read_in_order_of_name(tmp_path):
    (tmp_path / "b.toml").write_text(GOOD.replace('"title"', '"kicker"'))
    (tmp_path / "a.toml").write_text(GOOD)
    assert [one.place for one in load(tmp_path)] == [
        "corrections/a.toml: corrections[0]",
        "corrections/b.toml: corrections[0]",
    ]
    assert load(tmp_path / "nowhere") == ()

"""The time of a page shape: it never decides how a page is read, and it tells where something is not as we think."""

import datetime as dt

import pytest
from pydantic import ValidationError

from archive.codes import Code, RoundtableError
from archive.demo.earlier import earlier
from archive.demo.site import pages
from archive.discussion.pages import read_all
from archive.reading.reader import read
from archive.sources.register import Register
from archive.sources.schema import ShapeKeys
from tests.made import capture

BASE = "https://www.opendemocracy.net"


def faults(tmp_path, layout, at):
    page = earlier().page(layout)
    body = pages()[page.path].body
    kept = capture(BASE + page.path, body, at)
    (reading,) = read_all([kept], lambda _: body, Register.load(), tmp_path / "pages.sqlite")
    assert reading.page.contributions
    assert reading.page.title == page.title
    return [(fault.code, fault.excerpt, fault.reason) for fault in reading.page.faults]


def day(text):
    return dt.datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("layout", "captured"),
    [
        ("drupal", "2018-10-12"),
        ("drupal", None),
        ("wagtail_old", "2019-03-01"),
        ("wagtail_old", "2021-04-15"),
        ("wagtail_new", "2021-05-20"),
        ("wagtail_new", "2024-01-01"),
        ("ghost", "2025-06-03"),
        ("ghost", "2030-06-03"),
    ],
)
def test_a_page_captured_in_the_time_of_its_layout_is_read_without_a_word(tmp_path, layout, captured):
    assert faults(tmp_path, layout, day(captured)) == []


@pytest.mark.parametrize(
    ("layout", "captured", "served"),
    [
        ("drupal", "2022-05-01", "until 2019-03-31"),
        ("wagtail_old", "2024-05-01", "from 2019-01-01 until 2021-04-30"),
        ("wagtail_old", "2016-11-01", "from 2019-01-01 until 2021-04-30"),
        ("ghost", "2021-01-01", "from 2025-01-01"),
    ],
)
def test_shape_out_of_time_is_told_and_the_page_is_read_all_the_same(tmp_path, layout, captured, served):
    ((code, excerpt, reason),) = [
        one for one in faults(tmp_path, layout, day(captured)) if one[0] is not Code.DATE_AFTER_CAPTURE
    ]
    assert code is Code.SHAPE_OUT_OF_TIME
    assert excerpt.startswith(f"shape {layout}")
    assert reason == f"captured on {captured}, but this layout was served {served}"


def test_a_day_is_allowed_for_places_where_it_is_another():
    shape = ShapeKeys(name="x", match="p", valid_from=dt.date(2019, 1, 2), valid_until=dt.date(2019, 3, 30))
    inside = [dt.date(2019, 1, 1), dt.date(2019, 3, 31)]
    assert [shape.served_on(one) for one in inside] == [True, True]
    assert not shape.served_on(dt.date(2018, 12, 31))
    assert not shape.served_on(dt.date(2019, 4, 1))


def test_a_shape_that_ends_before_it_begins_is_an_error_of_the_file(tmp_path):
    with pytest.raises(ValidationError):
        ShapeKeys(name="x", match="p", valid_from=dt.date(2019, 1, 2), valid_until=dt.date(2018, 1, 2))
    folder = tmp_path / "quay"
    folder.mkdir()
    (folder / "source.toml").write_text(
        '[publisher]\nid = "quay"\nname = "Quay"\nurl = "https://quay.example/"\nhosts = ["quay.example"]\n'
        '[[shapes]]\nname = "old"\nmatch = "p"\nvalid_from = 2020-01-01\nvalid_until = 2019-01-01\n'
    )
    with pytest.raises(RoundtableError, match=r"ends on 2019-01-01, before it begins") as caught:
        Register.load(tmp_path)
    assert caught.value.code is Code.REGISTER_INVALID


def test_every_generation_of_opendemocracy_has_a_shape():
    shapes = Register.load().get("opendemocracy").keys.shapes
    assert [shape.name for shape in shapes] == ["ghost", "wagtail_new", "wagtail_old", "drupal_debate", "drupal"]
    assert all(shape.valid_from or shape.valid_until for shape in shapes)


DRUPAL = """<html><head><meta name="Generator" content="Drupal 7"></head><body>
<h1 id="page-title">A key on a string</h1>
<div class="submitted"><span class="username">Ada Moll</span> <span class="date-display-single">6 October 2014</span>
</div><div class="field field-summary"><div class="field-items"><div class="field-item odd"><p>Who keeps the key to the
yard?</p></div></div></div><div class="field field-text"><div class="field-items"><div class="field-item odd">
<p class="image-caption">key_final_2.jpg</p><p>The key hangs on a string behind the third door, and everybody who lives
in the yard knows it, and so does everybody who does not.</p><div id="debatebox"><p class="participant">Ben Orr
<span class="affil">Yard Trust</span></p></div><p>When it was lost last winter there were nine of them within a
day.</p></div></div></div></body></html>"""


def test_any_other_page_of_the_drupal_years_is_read_without_its_boxes():
    page = read(DRUPAL.encode(), f"{BASE}/beyondslavery/ada-moll/key", Register.load().get("opendemocracy").source)
    assert (page.shape, page.title, page.authors) == ("drupal", "A key on a string", ("Ada Moll",))
    assert page.published.isoformat() == "2014-10-06"
    assert page.standfirst == "Who keeps the key to the yard?"
    assert [block.text[:12] for block in page.blocks if block.in_text] == ["The key hang", "When it was "]

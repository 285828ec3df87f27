import pytest

from archive.reading.reader import read
from archive.sources.register import Register

URL = "https://www.opendemocracy.net/en/digitaliberties/some-page/"


@pytest.fixture(scope="module")
def register():
    return Register.load()


@pytest.fixture(scope="module")
def new_layout(shared, register):
    payload = (shared / "pages/opendemocracy/article_2021-04-08_newlayout.html").read_bytes()
    return read(payload, URL, register.source_for(URL))


@pytest.fixture(scope="module")
def old_layout(shared, register):
    payload = (shared / "pages/opendemocracy/article_2020-11-19_first.html").read_bytes()
    return read(payload, URL, register.source_for(URL))


def test_the_new_layout_gives_every_printed_field(new_layout):
    assert new_layout.shape == "wagtail_new"
    assert new_layout.title == "Money systems are being rebuilt – who’s in control?"
    assert new_layout.standfirst.startswith("Organisations like openDemocracy and our reader community")
    assert new_layout.kicker == "digitaLiberties: News"
    assert new_layout.authors == ("Matthew Linares",)
    assert new_layout.published.as_printed == "8 March 2021, 3.43pm"
    assert new_layout.license_uri == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert new_layout.rights.startswith("This article is published under a Creative Commons")


def test_the_old_layout_gives_every_printed_field(old_layout):
    assert old_layout.shape == "wagtail_old"
    assert old_layout.kicker == "digitaLiberties: Opinion"
    assert old_layout.authors == ("Matthew Linares",)
    assert old_layout.published.isoformat() == "2020-09-01"
    assert old_layout.standfirst is None


def test_the_picture_under_the_title_has_caption_and_credit_apart(new_layout, old_layout):
    assert new_layout.pictures[0].credit == "Chris Rout / Alamy Stock Photo"
    assert old_layout.pictures[0].caption == "Woman views content picked especially for her."
    assert old_layout.pictures[0].credit == "Photo by Andrea Piacquadio from Pexels"


def test_the_blocks_stand_in_the_order_of_the_page_and_headings_are_headings(new_layout):
    running = [block for block in new_layout.blocks if block.in_text]
    assert [block.text for block in running if block.kind == "heading"][:2] == [
        "Engineering incentives",
        "Digital money is a paradigm, shifting around us",
    ]
    assert running[3].text.startswith("The internet started out")


def test_related_stories_and_pull_quotes_are_no_text(old_layout):
    assert "Related story" not in old_layout.body
    assert "We tend to be less comfortable" not in old_layout.body
    kinds = {block.kind for block in old_layout.blocks if not block.in_text}
    assert {"pull_quote", "boilerplate"} <= kinds


def test_the_icons_after_the_body_leave_no_trace(new_layout, old_layout):
    for page in (new_layout, old_layout):
        assert not any("Audio available" in block.text for block in page.blocks)

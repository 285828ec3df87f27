from pathlib import Path

import pytest

from archive.reading.reader import read
from archive.sources.register import Register

URL = (
    "https://www.opendemocracy.net/en/beyond-trafficking-and-slavery/"
    "what-are-building-blocks-of-effective-transnational-alliance/"
)


@pytest.fixture(scope="module")
def seed(shared: Path) -> bytes:
    return next((shared / "seed").glob("*.txt")).read_bytes()


@pytest.fixture(scope="module")
def page(seed):
    return read(seed, URL, Register.load().source_for(URL))


def test_the_text_is_what_the_file_says_character_for_character(seed, page):
    text = seed.decode()
    start, end = text.index("The Solidarity Center"), text.index("for each other.") + len("for each other.")
    assert page.contributions[0].text == text[start:end]
    assert page.contributions[0].text.count("\n\n") == 4


def test_the_head_of_a_text_copy_is_told_by_order_and_form(page):
    assert page.kicker == "Beyond Trafficking and Slavery"
    assert page.title == "What are the building blocks of an effective transnational alliance?"
    assert page.standfirst.startswith("On 8 October 2018 we published")
    assert page.standfirst.endswith("followup question to those initial responses.")
    assert page.authors == ("Shawna Bader-Blau",)
    assert page.published.as_printed == "1 March 2019, 4.37pm"
    assert page.published.isoformat() == "2019-03-01T16:37:00+00:00"
    assert page.published.zone_source == "publisher_default"


def test_what_stands_below_the_text_is_kept_and_is_no_part_of_it(page):
    below = [(block.kind, block.text.split()[0]) for block in page.blocks if not block.in_text]
    assert below == [("funding", "This"), ("boilerplate", "The"), ("boilerplate", "We"), ("boilerplate", "Audio")]
    assert page.funding.startswith("This project is supported by the Ford Foundation")
    for words in ("Newsletter", "We encourage", "Audio available", "Ford Foundation"):
        assert words not in page.body
    assert page.rights is None


def test_the_page_says_that_it_follows_up_the_round_table(page):
    (link,) = page.relations
    assert (link.type, link.to) == ("follows_up", "BTS Round Table on the Future of Work")
    assert link.quote == page.standfirst
    assert page.contributions[0].role == "followup"


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_byte_order_marks_change_nothing(seed, page, ending, mark):
    again = read(mark + seed.decode().replace("\n", ending).encode(), URL, Register.load().source_for(URL))
    assert again.contributions[0].text == page.contributions[0].text
    assert again.title == page.title


def test_nobody_needs_to_know_the_publisher_to_find_title_author_and_date(seed):
    page = read(seed, "https://elsewhere.example/page")
    assert page.title == "What are the building blocks of an effective transnational alliance?"
    assert page.authors == ("Shawna Bader-Blau",)
    assert page.published.isoformat() == "2019-03-01T16:37:00"

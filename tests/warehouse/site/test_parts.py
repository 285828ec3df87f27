"""What pages are made of: differences, addresses, drawings, languages, and the files of the search index."""

import datetime as dt
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.site import addresses, difference, plots, search_index
from warehouse.site.render import tongue

TEXTS = st.lists(
    st.lists(st.sampled_from(["one", "two", "three", "four,", "-", "été", "5"]), min_size=1, max_size=9).map(" ".join),
    max_size=6,
).map("\n\n".join)


# --- differences -------------------------------------------------------------------------------------------------


def side(pieces, mark):
    return "".join(piece.text for piece in pieces if piece.mark in ("same", mark))


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_comparison_make_up_both_texts(old, new):
    found = difference.paragraphs(old, new)
    assert [text for one in found if (text := side(one.pieces, "deleted"))] == [
        part for part in old.split("\n\n") if part
    ]
    assert [text for one in found if (text := side(one.pieces, "inserted"))] == [
        part for part in new.split("\n\n") if part
    ]
    assert any(one.changed for one in found) == (old != new)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_of_two_passages_make_up_both(old, new):
    pieces = difference.words(old, new)
    assert (side(pieces, "deleted"), side(pieces, "inserted")) == (old, new)


def test_only_the_words_that_changed_are_marked():
    (one,) = difference.paragraphs("I have driven for nineteen years.", "I have driven for twenty years.")
    assert [(piece.mark, piece.text) for piece in one.pieces] == [
        ("same", "I have driven for "), ("deleted", "nineteen"), ("inserted", "twenty"), ("same", " years."),
    ]  # fmt: skip


def test_a_paragraph_that_was_put_between_leaves_its_neighbours_unchanged():
    found = difference.paragraphs(
        "The first one.\n\nThe last one.", "The first one.\n\nNew words here.\n\nThe last one."
    )
    assert [one.changed for one in found] == [False, True, False]


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_what_is_very_long_is_compared_from_both_ends_rather_than_for_minutes(between):
    common, old, new = "same ".split() * 3000, ["a"] * 4000, ["b"] * 4000
    found = difference.paragraphs(between.join(common + old + common), between.join(common + new + common))
    texts = {
        mark: "".join(piece.text for one in found for piece in one.pieces if piece.mark == mark)
        for mark in ("same", "deleted", "inserted")
    }
    assert {mark: len(re.findall(r"same|a(?!m)|b", text)) for mark, text in texts.items()} == {
        "same": 6000,
        "deleted": 4000,
        "inserted": 4000,
    }


# --- addresses ---------------------------------------------------------------------------------------------------

IDS = st.one_of(
    st.text(min_size=1, max_size=30),
    st.lists(st.sampled_from(["", *"a v1 ~v1 .. . pages index.html changes A é".split()]), min_size=1).map("/".join),
    st.text(alphabet="ab", min_size=250, max_size=300),
    st.text(alphabet="ab/", min_size=900, max_size=2000),
)  # fmt: skip


@given(IDS, IDS)
def test_an_address_is_safe_and_no_other_id_has_it(one, other):
    first, second = addresses.path_of("people", one), addresses.path_of("people", other)
    assert (first == second) == (one == other)
    assert re.fullmatch(r"people/(?:[a-z0-9_~-][a-z0-9._~-]*/)+", first)
    assert not any(re.fullmatch(r"v\d+|pages|changes|index\.html", part) for part in first.split("/"))
    assert max(map(len, first.split("/"))) <= 200
    assert len(first) <= 1000


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://example.org/a?b#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("urn:sha256:00", False),
        ("//example.org/", False),
        ("https:", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url, may):
    assert addresses.leading_out(url) == (url if may else None)


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en-GB", ("en-GB", "ltr")),
        ("ar", ("ar", "rtl")),
        ("az-Arab", ("az-Arab", "rtl")),
        ("ur-Latn", ("ur-Latn", "ltr")),
        ('en"><script>', (None, "auto")),
        (None, (None, "auto")),
    ],
)
def test_a_language_has_its_direction(language, found):
    assert tuple(tongue(language).values()) == found


# --- drawings ----------------------------------------------------------------------------------------------------


@given(st.integers(min_value=1, max_value=200))
def test_seats_stand_in_a_ring_and_none_touches_another(number):
    found = plots.seats([{"names": str(one), "state": "answered"} for one in range(number)])
    assert (found[0].x, found[0].y) == (50, 11)
    for seat, beside in zip(found, [*found[1:], found[0]], strict=True):
        assert min(seat.x, seat.y) - seat.r >= 0
        assert max(seat.x, seat.y) + seat.r <= 100
        assert number == 1 or math.dist((seat.x, seat.y), (beside.x, beside.y)) > seat.r + beside.r


@given(st.lists(st.tuples(st.dates(min_value=dt.date(1500, 1, 1)), st.integers(min_value=1, max_value=9)), max_size=30))
def test_bars_hold_every_text_once_and_fill_the_time(days):
    found = plots.over_time(days)
    assert sum(bar.count for bar in found) == sum(number for _, number in days)
    assert len(found) <= 50
    if days:
        assert found[0].start <= min(day for day, _ in days)
        assert max(bar.height for bar in found) == 100
        assert math.isclose(found[-1].x + found[-1].width, 100, abs_tol=0.1)


def test_lengths_stand_on_one_scale_that_ends_with_a_round_number():
    answers = [{"word_count": count, "state": "available"} for count in (120, 208, 333)]
    silent = [{"word_count": 0, "state": "available"}, {"word_count": 9, "state": "withdrawn"}]
    rows, ticks = plots.lengths([({"label": "one"}, answers), ({"label": "none"}, silent)])
    assert [tick.label for tick in ticks] == ["0", "100", "200", "300", "400"]
    (row,) = rows
    assert row.middle == (52.0, 208)
    assert [at for at, _ in row.dots] == [30.0, 52.0, 83.25]
    assert plots.lengths([]) == ([], [])


# --- the search index --------------------------------------------------------------------------------------------


def written(entries):
    """An index as a browser would have it: the directory, the words with their texts and weights, the texts."""
    files: dict[str, str] = {}
    index = search_index.Index(files.__setitem__)
    for entry in entries:
        index.add(entry)
    index.write()
    given = {
        name: json.loads(re.search(r"^roundtableSearch\.\w+\((.*)\);$", text, re.DOTALL | re.MULTILINE)[1].join("[]"))
        for name, text in files.items()
    }
    (directory,) = given.pop("directory.js")
    shards = {name: value[1] for name, value in given.items() if name.startswith("words")}
    texts = {name: value[1] for name, value in given.items() if name.startswith("texts")}
    return directory, shards, texts, files


def entry(text, title="a title", names="somebody"):
    return search_index.Entry(path="x/", title=title, names=names, about="", text=text)


@given(st.lists(st.text(alphabet="abcéÉ東 -\U0001d400ﬁ", max_size=40), max_size=45))
def test_every_word_of_every_text_is_found_in_its_place(texts):
    directory, shards, stored, _ = written([entry(text) for text in texts])
    assert directory["texts"] == len(texts)
    assert sum(len(some) for some in stored.values()) == len(texts)
    found: dict[str, set[int]] = {}
    for name in sorted(shards, key=lambda name: int(name[6:-3])):
        assert shards[name][0][0] == directory["words"][int(name[6:-3])]
        for word, postings in shards[name]:
            numbers, number = set(), 0
            for step in postings[::2]:
                number += step
                numbers.add(number)
            found[word] = numbers
    wanted: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        for word in search_index.words(f"a title somebody {text}"):
            wanted.setdefault(word, set()).add(number)
    assert found == wanted
    assert list(found) == sorted(found, key=lambda word: word.encode("utf-16-be"))


def test_no_file_of_words_is_large_and_none_is_empty():
    _, shards, _, files = written([entry(" ".join(f"word{number * 7919 % 50_000}" for number in range(20_000)))])
    assert len(shards) > 3
    for name, words in shards.items():
        assert words
        assert len(files[name]) < 1.1 * search_index.SHARD


def test_a_word_weighs_more_in_a_title_and_in_a_short_text():
    _, shards, _, _ = written([entry("word " + "other " * 50), entry("word other"), entry("other", title="word")])
    (postings,) = (postings for words in shards.values() for word, postings in words if word == "word")
    long, short, title = postings[1::2]
    assert long < short < title

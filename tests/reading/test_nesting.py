"""The pass before parsing: linear, and invisible to ordinary pages."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import charset, markup, nesting
from archive.reading.nesting import DEEPEST, bounded
from tests.reading.steps import steps

PAGE = (
    "<!doctype html><html><body><p>One <b>two</b><ul><li>three<li>four</ul><script>'<div>'</script><!-- <p> --></body>"
)


@pytest.mark.parametrize(
    "page", [PAGE, "", "no markup", "<p>" * 5_000, "<div>" * DEEPEST, "<a>" * 5_000, "<br>" * 5_000]
)
def test_a_page_within_the_limits_is_the_same_string(page: str) -> None:
    assert bounded(page) is page


HOSTILE: dict[str, Callable[[int], str]] = {
    "blocks": lambda n: "<div>" * n,
    "inline": lambda n: "<span>" * n,
    "end tags that a block holds off": lambda n: "<span><div></span>" * n,
    "end tags that a table holds off": lambda n: "<div><table><td></div>" * n,
    "end tags that fit nothing": lambda n: "<div></x>" * n,
    "formatting around blocks": lambda n: "<b><div></b>" * n,
    "formatting in every paragraph": lambda n: "".join(f"<p><font size={i}>x" for i in range(n)),
    "comments that end at once": lambda n: "<!-->" + "<div>" * n,
    "comments without end": lambda n: "<!--" * n,
    "scripts without end": lambda n: "<script>" * n,
    "tags without end": lambda n: "<a " * n,
    "quotes without end": lambda n: '<div a="' * n,
    "foreign markup": lambda n: "<svg><script>" + "<g>" * n,
    "choices": lambda n: "<select>" + "<option>x" * n,
    "attributes": lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n)) + ">",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_pass_takes_steps_in_proportion_to_the_page(name: str) -> None:
    few, many = (steps(partial(bounded, HOSTILE[name](n)), nesting) for n in (2_000, 4_000))
    assert many <= 2.1 * few + 1_000


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_parsed_is_of_bounded_depth(name: str) -> None:
    assert _depth(HOSTILE[name](3_000)) <= 3 * DEEPEST


def test_words_stay_where_their_tags_are_left_out() -> None:
    text = markup.parse("<div>" * 2_000 + "deep" + "</div>" * 2_000 + "<p>after").text()
    assert text == "deepafter"


def test_a_tag_keeps_its_first_attributes_and_a_long_one_is_not_cut() -> None:
    many = bounded("<p id=x " + " ".join(f"a{i}='>'" for i in range(3_000)) + ">words")
    assert many.startswith("<p id=x a0='>' a1='>'")
    assert many.endswith("a998='>'>words")
    long = f'<img src="data:,{"x" * 100_000}" alt="a > b">'
    assert bounded(long) is long


def test_an_encoding_that_pages_are_not_in_is_not_believed() -> None:
    for name in ("idna", "punycode", "utf-7", "base64", "nonsense", "unicode_escape"):
        assert charset.decode(f'<meta charset="{name}">caf\xe9'.encode("cp1252")).endswith("café")


@given(st.text(alphabet="<>/! -ab='\"p", max_size=200))
def test_whatever_is_small_stays_as_it_is(text: str) -> None:
    assert bounded(text) is text


def _depth(text: str) -> int:
    deepest, level, node = 0, 0, markup.parse(text).root
    while node is not None:
        deepest = max(deepest, level)
        if node.child is not None:
            node, level = node.child, level + 1
            continue
        while node is not None and node.next is None:
            node, level = node.parent, level - 1
        node = node.next if node is not None else None
    return deepest

"""The pass before parsing: linear, and invisible to ordinary pages."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import charset, markup, nesting, shallow
from archive.reading.nesting import DEEPEST, bounded
from archive.reading.shallow import is_shallow
from archive.reading.tags import ALONE, FORMATTING
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
    "unknown elements around blocks": lambda n: "<x-a><div></x-a>" * n,
    "headings that close each other": lambda n: "<h2><div><h1></h2>" * n,
    "forms that close nothing else": lambda n: "<form><div></form>" * n,
    "paragraphs that are closed already": lambda n: "<p><div></p>" * n,
    "inline elements around paragraphs": lambda n: "<span><p></span><div>" * n,
    "raw text among choices": lambda n: "<select><style></select>" + "<div>" * n,
    "raw text that hides end tags": lambda n: "<div><noembed></div></noembed>" * n,
    "drawings that are left": lambda n: "<svg><div></div>" + "<path/>" * n,
    "drawings that hold what is none": lambda n: "<svg>" + "<td/>" * n,
    "end tags in comments": lambda n: "<div><!-- </div> --><! </div>" * n,
    "end tags in values": lambda n: "<div a='</div>'>" * n,
    "end tags in what looks like a value": lambda n: '<div ="><div>">' * n,
    "attributes": lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n)) + ">",
}


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        "<div><ul><li><a href='x'>one</a><li><svg><title>t</title><path d='M0'/><g><use/></g></svg></ul></div>" * 3_000,
        "<table><tr><td>one<td>two<tr><td>three</table>" * 3_000,
        "<svg><path/>" + "<path/>" * 3_000 + "</svg>",
        "<div><span>left open</div>" * 3_000,
    ],
)
def test_an_ordinary_page_is_not_looked_at_closely(page: str) -> None:
    assert is_shallow(page)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_pass_takes_steps_in_proportion_to_the_page(name: str) -> None:
    few, many = (steps(partial(bounded, HOSTILE[name](n)), nesting, shallow) for n in (3_000, 6_000))
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


TAGS = ("div p span b a x-a h1 h2 form table tr td li ul select option svg math g path title style button nobr ruby "
        "object caption label iframe em section foreignObject dl dd").split()  # fmt: skip


@given(
    st.sampled_from(["", "<svg>", "<table>", "<b>"]),
    st.lists(
        st.builds(str.format, st.sampled_from(["<{}>", "<{}>", "</{}>", "<{}/>"]), st.sampled_from(TAGS)), max_size=8
    ),
)
def test_whatever_is_proven_shallow_is_shallow(opening: str, unit: list[str]) -> None:
    text = opening + "".join(unit) * 600
    assert not is_shallow(text) or _depth(text) <= DEEPEST


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


@pytest.mark.parametrize("name", sorted(FORMATTING - ALONE))
@pytest.mark.parametrize("spelt", [str.lower, str.upper, str.title])
def test_a_page_with_much_formatting_is_not_small(name, spelt) -> None:
    assert not shallow.is_small("".join(f"<{spelt(name)}\nid=x{n}>" for n in range(1_200)))

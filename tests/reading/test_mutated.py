"""Pages that were mutated at random are read: no crash, no hang, and memory stays bounded.

`make test` reads some thousands, CI twenty thousand, `make soak` two hundred thousand. A failure names its seed.
"""

import os
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.demo.site import HOST, pages
from archive.reading.reader import read
from archive.reading.source import UNKNOWN
from tests.captures.foreign_made import PAGE
from tests.memory import MOST_GROWTH, peak

SHARES = 20
MUTANTS = (
    200_000 if os.environ.get("ROUNDTABLE_SOAK") else 20_000 if os.environ.get("ROUNDTABLE_CI") else 2_000
) // SHARES
SLOWEST = 20.0
"""Seconds of processor time for one small page: a hang, not a slow machine."""
URL = f"http://{HOST}/long-table/night-bus/page/"
PLAIN = (
    b"Kicker\n\nA title of some words\n\nBy Ada Lindqvist\n12 March 2019, 4.37pm\n\nA standfirst.\n\nText. More text.\n"
)
SEEDS = [*(page.body for page in pages().values() if page.mime == "text/html"), PAGE, PLAIN, b""]
PIECES = (
    b"<", b">", b"</", b"/>", b'"', b"'", b"&", b"&#0;", b"&#x110000;", b"&amp", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"</script>", b"<template>", b"<table><tr><td>",
    b"</p></p>", b"<b><i><u>", b"<svg><p>", b"<math>", b"<select><option>", b"<plaintext>", b"<base href='http://['>",
    b"<h1>", b"<h2>By</h2>", b"<time datetime='9999-99-99'>", b"<meta charset=utf-7>", b"<meta charset=x>", b"{", b"}",
    b'<script type="application/ld+json">{"@graph":[{"author":{"name":["a"]}}]}</script>', b"<a href='//'>", b"\r",
    b"99 Foovember 20199", b"31 February 2019, 25.61pm", b"<p>", b"</div>" * 40, b"<div>" * 700, b" " * 3_000,
)  # fmt: skip


def mutated(chance: random.Random) -> bytes:
    """A page of a demonstration after a few accidents."""
    page = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(page) + 1)
        length = min(chance.choice((1, 5, 60, 900)), len(page) - at)
        chance.choice(ACCIDENTS)(page, at, length, chance)
    return bytes(page)


Accident = Callable[[bytearray, int, int, random.Random], None]


def flip(page: bytearray, at: int, _: int, chance: random.Random) -> None:
    if at < len(page):
        page[at] ^= 1 << chance.randrange(8)


def cut(page: bytearray, at: int, length: int, _: random.Random) -> None:
    del page[at : at + length]


def end(page: bytearray, at: int, _length: int, _: random.Random) -> None:
    del page[at:]


def double(page: bytearray, at: int, length: int, chance: random.Random) -> None:
    page[at:at] = page[at : at + length] * chance.choice((1, 1, 20))


def noise(page: bytearray, at: int, length: int, chance: random.Random) -> None:
    page[at : at + length] = chance.randbytes(length)


def insert(page: bytearray, at: int, _: int, chance: random.Random) -> None:
    page[at:at] = chance.choice(PIECES)


def splice(page: bytearray, at: int, length: int, chance: random.Random) -> None:
    other = chance.choice(SEEDS)
    start = chance.randrange(len(other) + 1)
    page[at:at] = other[start : start + length * 4]


def swap(page: bytearray, at: int, length: int, chance: random.Random) -> None:
    other = chance.randrange(len(page) + 1)
    page[at : at + length], page[other : other + length] = page[other : other + length], page[at : at + length]


ACCIDENTS: tuple[Accident, ...] = (flip, cut, end, double, noise, insert, splice, swap)


def check(content: bytes) -> None:
    started = time.process_time()
    page = read(content, URL, UNKNOWN)
    assert time.process_time() - started < SLOWEST
    assert page.contributions or page.faults
    assert page.as_dict()


@pytest.mark.parametrize("share", range(SHARES))
def test_a_mutated_page_is_read_or_rejected(share: int) -> None:
    before = peak()
    for number in range(MUTANTS):
        seed = share * 1_000_000 + number
        content = mutated(random.Random(seed))
        try:
            check(content)
        except Exception as error:
            raise AssertionError(f"mutant {seed} ({len(content)} bytes): {type(error).__name__}: {error}") from error
    assert peak() - before < MOST_GROWTH


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*(piece for piece in PIECES if len(piece) < 100), b"Ada Lindqvist", b"2 May 2019", b"word "])
        | st.binary(max_size=6),
        max_size=60,
    )
)
def test_a_page_of_any_pieces_is_read_or_rejected(pieces: list[bytes]) -> None:
    check(b"".join(pieces))

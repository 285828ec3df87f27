"""What is taken away from pages to see how they are read without it is gone, and their words stay."""

import pytest

from archive.reading.reader import read
from benchmarks.without import KINDS

WORDS = "The harbour closed on a Tuesday, and nobody could say who had asked for it, or when it would open again."
PAGE = f"""<html><head><meta charset="utf-8"><meta name="author" content="Ada Moll">
<script type="application/ld+json">{{"@type": "Article", "author": "Ada Moll"}}</script></head><body>
<main><article class="post" id='a1'><h1 itemprop="headline">Closed</h1><p class=text>{WORDS}</p></article></main>
</body></html>"""
SIGNS = {
    "json-ld": ["ld+json"],
    "meta": ['content="Ada'],
    "names": ["class=", "id="],
    "marks": ["itemprop"],
    "sections": ["<article", "</main"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_evidence_is_gone_and_the_words_stay(kind):
    less = KINDS[kind](PAGE.encode())
    for part in SIGNS if kind == "all" else kind.split("+"):
        if (kind, part) != ("all", "sections"):
            assert not [sign for sign in SIGNS[part] if sign in less.decode()], part
    assert b"charset" in less
    assert read(less, "https://pilot.example/harbour").body == WORDS

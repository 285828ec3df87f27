"""Articles of single authors stay whole: what speaks for a discussion must not be found in them."""

import pytest

import archive
from benchmarks.corpus import Corpus

STEP = 3
"""Every third of the saved pages; all of them with each change would cost more than it tells."""


def test_no_article_is_torn_into_contributions(shared):
    corpus = Corpus.found(shared / "pages")
    if corpus is None:
        pytest.skip("the saved pages are not there")
    torn = []
    for name, content, url in list(corpus.pages())[::STEP]:
        page = archive.read(content, url)
        if len(page.contributions) > 1 or page.line_up:
            torn.append((name, [entry.name for entry in page.line_up]))
    assert torn == []

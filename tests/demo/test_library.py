"""The library's crawl of the demonstration: a WARC file of pages that read otherwise today."""

import io

from warcio.archiveiterator import ArchiveIterator

from archive.demo import library
from archive.demo.site import canonical, pages


def test_the_crawl_holds_what_was_kept_and_is_the_same_each_time():
    assert library.crawl() == library.crawl()
    found = {
        record.rec_headers["WARC-Target-URI"]: (record.rec_headers["WARC-Date"], record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(library.crawl()), check_digests="raise")
    }
    assert found == {url: (f"{at:%Y-%m-%dT%H:%M:%SZ}", page.body) for url, (at, page) in library.kept().items()}


def test_each_page_was_kept_before_it_was_corrected_or_moved():
    today = {canonical(path): page for path, page in pages().items()}
    for url, (at, page) in library.kept().items():
        assert page.last_modified < at < today[url].last_modified
        assert page.body != today[url].body

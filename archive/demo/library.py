"""What a library kept of the invented magazine: pages as they were before, packed as libraries pack their crawls.

Here belongs a WARC file of other people's, to be imported like any other. Pure: the same bytes each time. Not here:
what the pages said (`site`), and importing.
"""

import datetime as dt
import io
import uuid
from collections.abc import Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.demo.site import Resource, before, canonical

NAME = "sallowmere-public-library.warc.gz"
_AFTER = dt.timedelta(days=11, hours=3)
"""How long after a page came out the library's crawler came by."""


def kept() -> dict[str, tuple[dt.datetime, Resource]]:
    """Address → when the library kept it (UTC, aware), and what it was given."""
    return {canonical(path): (page.last_modified + _AFTER, page) for path, page in before().items()}


def crawl() -> bytes:
    """The library's WARC file."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True, warc_version="1.1")
    for url, (at, page) in kept().items():
        payload = io.BytesIO(page.body)
        head = StatusAndHeaders("200 OK", [*_head(page).items()], protocol="HTTP/1.1")
        named = {
            "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{url} {at}').urn}>",
        }
        record = writer.create_warc_record(url, "response", payload, http_headers=head, warc_headers_dict=named)
        writer.write_record(record)
        # To take its digests, warcio has put it into a file that it leaves open.
        record.raw_stream.close()
    return packed.getvalue()


def _head(page: Resource) -> Mapping[str, str]:
    return {"Content-Type": f"{page.mime}; charset=utf-8", "Content-Length": str(len(page.body))}

"""What was published, kept and understood.

Here belongs everything from the network to the records: fetching, captures, reading, discussions, identities.
It knows neither Dagster nor DuckDB; those stand in `pipelines` and `warehouse`, which call it.

The face of the package is `read`: one page in, everything that it says out.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.reading.page import Page
    from archive.sources.register import Register

__all__ = ["read"]


def read(payload: bytes, url: str) -> "Page":
    """Read one page, with what the bundled register knows of its publisher.

    Args:
        payload: the bytes of an HTML page or of a text copy.
        url: where it was published; relative links start from it.

    Returns:
        The page; `page.as_dict()` is what `roundtable read --json` prints. A page that cannot be used has no
        contributions, and its `faults` say why.

    Raises:
        RoundtableError: `url_invalid`.
    """
    # The rooms are imported when they are needed: whoever wants the model alone must not wait for a parser.
    from archive.normalise import urls  # noqa: PLC0415
    from archive.reading.reader import read as read_page  # noqa: PLC0415

    address = urls.parse(url)
    return read_page(payload, address, _register().source_for(address))


@cache
def _register() -> "Register":
    from archive.sources.register import Register  # noqa: PLC0415

    return Register.load()

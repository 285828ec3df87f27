"""XML from anybody, read as a stream: no document type, no entities, no network.

Here belongs what sitemaps and feeds share. Not here: what their elements mean.
"""

import zlib
from collections.abc import Callable
from xml.parsers import expat

from archive.normalise.packing import gunzip

DEEPEST = 100
"""Elements inside each other; beyond that the reading ends."""
FAULTS = (zlib.error, expat.ExpatError, LookupError, ValueError, RecursionError)
"""What reading foreign bytes can raise."""


class Stop(Exception):  # noqa: N818 - it ends the reading, it is no fault
    """Enough, or too much, was read."""


def unpacked(payload: bytes, limit: int) -> bytes:
    """The payload, out of its gzip coding where it is in one.

    Raises:
        Stop: it is longer than `limit` bytes.
        PackingError, zlib.error: the packing is broken.
    """
    content = gunzip(payload, limit) if payload[:2] == b"\x1f\x8b" else payload
    if len(content) > limit:
        raise Stop(f"longer than {limit} bytes")
    return content


def read(
    content: bytes,
    start: Callable[[list[str], dict[str, str]], None],
    end: Callable[[list[str], str], None],
    characters: Callable[[str], None] = lambda _: None,
    encoding: str | None = None,
) -> None:
    r"""Call `start` with the path and the attributes of each element and `end` with its path and text.

    A path is the names of the open elements, outermost first, each as "namespace\nname" (or the bare name). The
    text is what stands directly before the end tag and after the last tag inside.

    Args:
        content: the document.
        start: is told of each start tag.
        end: is told of each end tag.
        characters: is told of all text, as it comes between the tags.
        encoding: what the document is in, whatever it declares.

    Raises:
        Stop: it has a document type of its own, or nests too deeply.
        expat.ExpatError, LookupError, ValueError: it is not sound XML.
    """
    # The bare parser, so that a document type ends the reading before anything in it comes to mean something.
    parser = expat.ParserCreate(encoding, namespace_separator="\n")
    path: list[str] = []
    text: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if len(path) > DEEPEST:
            raise Stop(f"more than {DEEPEST} elements inside each other")
        text.clear()
        start(path, attributes)

    def ended(_: str) -> None:
        end(path, "".join(text))
        path.pop()
        text.clear()

    def doctype(*_: object) -> None:
        raise Stop("it brings a document type of its own, which is not read")

    def told(piece: str) -> None:
        text.append(piece)
        characters(piece)

    # Else every line of a long text would be a piece of its own.
    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = told
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(content, True)

"""What a walk over a page gives: light pieces of which blocks can be made, and the elements that hold them.

Here belong the values in between. Not here: the walk (`markup`), and which element holds the text (`container`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.model.contributions import PassageKind
from archive.reading.page import Region
from archive.reading.signs import Sign


class Frame:
    """An element that was walked: what its blocks are, and which of the pieces it holds.

    Attributes:
        parent: the frame around it; None for the root.
        kind, level, region, emphasis: what a piece right in it is.
        named: the region that its own names or the publisher's selectors say; None where they say none.
        let_in: the region that it would be in by a name, had most of the text not stood there.
        is_region: whether it makes a region, by its names or by what element it is.
        closes_block: whether it is no part of a line of text.
        start, end: the pieces that it holds are those from `start` to before `end`.
    """

    __slots__ = (
        "closes_block", "emphasis", "end", "is_region", "kind", "let_in", "level", "named", "node", "parent", "region",
        "start", "tag",
    )  # fmt: skip

    def __init__(self, node: LexborNode, tag: str, parent: "Frame | None" = None, start: int = 0) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.start = self.end = start
        self.named: Region | None = None
        self.is_region = False
        self.closes_block = True
        if parent is None:
            self.kind: PassageKind = "paragraph"
            self.level = 0
            self.region: Region = "body"
            self.emphasis = False
            self.let_in: Region | None = None
        else:
            self.kind = parent.kind
            self.level = parent.level
            self.region = parent.region
            self.emphasis = parent.emphasis
            self.let_in = parent.let_in

    def box(self) -> "Frame":
        """The nearest element, from this one outwards, that is no part of a line of text."""
        frame = self
        while not frame.closes_block and frame.parent is not None:
            frame = frame.parent
        return frame

    def article(self) -> "Frame | None":
        """The `article` or `main` that it is, or that holds it; None where none does."""
        frame: Frame | None = self
        while frame is not None and frame.tag not in {"article", "main"}:
            frame = frame.parent
        return frame

    def is_often_longer(self) -> bool:
        """Whether it is of a kind that can hold more than the text does, and is beside it all the same."""
        return self.region == "comments" or self.tag in {"footer", "nav", "aside"}

    def is_inside(self, other: "Frame") -> bool:
        """Whether it is `other`, or somewhere in it."""
        frame: Frame | None = self
        while frame is not None and frame is not other:
            frame = frame.parent
        return frame is other


class Piece(NamedTuple):
    """A block in the making; its fields are those of `Block`, with what is still to be found out.

    Attributes:
        links: the words of each link, with white space as it comes, and the address as it is written.
        seams: after how many of the `words` an element inside the line begins or ends.
        words: of a piece with seams what its text is made of.
    """

    kind: PassageKind
    text: str
    node: LexborNode
    region: Region
    level: int
    strong: bool
    lead: int
    links: tuple[tuple[str, str], ...]
    src: str | None
    bare: bool
    holder: Frame
    is_unread: bool = False
    """Whether it stands for all blocks of an element beside the text that was not entered."""
    seams: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


class Noted(NamedTuple):
    """An element that may print something about the text."""

    frame: Frame
    attributes: Mapping[str, str | None]
    sign: Sign


@dataclass(slots=True)
class Outline:
    """The pieces under an element in order, all elements that hold any, and those that may print a field.

    Attributes:
        regions: `mem_id` of elements → the region that they make, whatever their names say.
    """

    regions: Mapping[int, Region]
    pieces: list[Piece] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)

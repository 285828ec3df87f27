"""What the two ways of reading (markup and plain text) hand to the rest of the reader.

Here belongs the value in between: blocks in order and claims about fields, before anything is decided. From here
on nothing knows whether the page was HTML or a bare text copy.
"""

from dataclasses import dataclass, field

from archive.reading.page import Block, PageKind, Picture, Statement


@dataclass(slots=True)
class Draft:
    """A page before decisions.

    Attributes:
        blocks: the candidates for the text, in order, with the regions that the markup shows.
        statements: claims; those with witness `byline` or `visible` are printed for people.
        pictures: images outside the text, such as the artwork under the title.
        led_in: words that lead into the text and stay part of it, although they are claimed for the standfirst too.
        core: the place of the element that holds nearly all of the text, where one could be told.
        home: the place of the element that holds most of it, paragraph by paragraph.
        whole: False where the payload ends before its document does.
    """

    kind: PageKind
    shape: str
    blocks: list[Block] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    led_in: str | None = None
    core: str | None = None
    home: str | None = None
    whole: bool = True

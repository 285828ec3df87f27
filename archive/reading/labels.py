"""What a block is: the author's text, or something that stands beside it.

Here belong boilerplate, captions, pull quotes, funder notes and rights lines. Not here: who says a block
(`segments`). Blocks that are not text are kept, with their label: nothing vanishes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from archive.model.contributions import PassageKind
from archive.normalise.text import fold
from archive.reading import figures
from archive.reading.container import is_running
from archive.reading.page import Block
from archive.reading.source import Source

_TEXT_KINDS: frozenset[PassageKind] = frozenset(
    ("heading", "paragraph", "list_item", "quotation", "table", "preformatted")
)
LONGEST_TEASER = 250
_LONGEST_NOTICE, _LONGEST_CREDIT = 280, 90
_SHORTEST_SENTENCE = 5
_LONGEST_HEADING = 60
"""Characters from which on a heading that ends like a sentence is one."""
_MOSTLY, _MOSTLY_IN_NO_SENTENCE = 0.8, 0.5
_FEWEST_QUOTED, _MOST_QUOTED = 6, 60
"""Words of what an editor lifts out of a text: fewer are a coincidence, more a passage of its own."""
_NEAR = 12
_STEPS, _FEWEST_STEPS = (" > ", " › "), 2
"""What stands between the steps that lead to a page, the last of which is the page itself and no link."""
_CREDITED = re.compile(
    r"\((?:image|photo|picture|foto|bild|credit)s?(?:\s?:|\sby\s)[^()]{0,70}\)\s?$"
    r"|\((?:ap photo|[^()]{0,50}(?:getty images|\bvia (?:ap|reuters|afp)\b|/ ?(?:reuters|afp|ap|alamy|imago)\b))"
    r"[^()]{0,50}\)\s?$",
    re.IGNORECASE,
)
_OPENING, _CLOSING = frozenset('“„«"‘'), '”“»"’'
_WORD = re.compile(r"\w+")
_FUNDING = ("this project is supported by", "this article was funded by", "this series is supported by")
_NOTICES = re.compile(
    r"(?:advertisement|anzeige|werbung|publicit[ée]|publicidad|pubblicit[àa]|advertentie|reklam[ae]?)\b.{0,30}$"
    r"|(?:read (?:more|next|also)|more (?:from|on|about|in|stories)|related\b|recommended\b"
    r"|you (?:may|might) (?:also )?like|see also|most (?:read|popular)|lesen sie (?:auch|mehr)"
    r"|mehr zum thema|auch interessant|lire aussi|à lire aussi"
    r"|sur le même (?:sujet|thème)|lea también|leer también|le(?:ia|ggi) (?:também|anche)|les også|lees ook)\b.{0,60}$"
    r"|(?:share|share this|teilen|diesen artikel teilen|partager|compartir|condividi)\b.{0,30}$"
    r"|(?:copyright|©|\(c\)) ?.{0,100}$"
    r"|(?:like this (?:story|article)|(?:have|got) a (?:news )?tip)\?.{0,200}$"
    r"|(?:click (?:here|to read)|check our latest|be the first to"
    r"|your subscription has been"
    r"|this content (?:is imported|is created|can also be viewed)"
    r"|please read our comment|want to bookmark|ad block users|this is a breaking (?:news? )?story"
    r"|contributing:|includes information from|(?:(?:additional|with) )?reporting by)\b.{0,200}$"
    r"|(?:propos recueillis par|(?:interviews?|answers|replies) (?:conducted |edited |compiled |collected )?by"
    r"|compiled by|aufgezeichnet von|protokolliert von|entrevistas? realizadas? por|respuestas recogidas por|a cura di"
    r"|беседовала?|записала?|wysłuchała?|opracowała?)\s.{2,80}$"
    r"|https?://\S{20}"
    r"|(?:gallery|video|image|photo) credit:.{0,80}$|watch: .{0,80}$"
    r"|our standards:.{0,100}$"
    r"|(?:sign up|subscribe|log in|register|abonnieren|abonnez-vous|suscr[íi]bete|follow us|download our app)\b"
    r".{0,180}$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:can be reached at|you can (?:e-?mail|reach)|contact [\w .]{2,40} at)\b.{0,40}@"
    r"|\b(?:earn|receive|make) (?:a |an |some )?(?:\w+ )?(?:commission|revenue|compensation)\b"
    r"|\byour (?:inbox|mailbox)\b"
    r"|\b(?:this|our|free) newsletters?\b.{0,60}\b(?:may|agree|consent|sign|subscrib|deliver)"
    r"|\b(?:by|when) (?:signing up|subscribing|entering your e-?mail|registering|submitting)\b"
    r"|\bas little as [$€£]|\bsupport (?:our|independent) (?:newsroom|journalism|reporting)\b"
    r"|\b(?:unser\w*|kostenlose\w*|täglichen?) newsletter|\bin ihr postfach\b|\bnotre newsletter\b"
    r"|\bdans votre boîte\b|\bnuestr[oa]s? (?:boletín|boletines|newsletter)"
    r"|\b(?:has|contains|includes) affiliate (?:partnerships?|links?)\b|^.{0,40}\bmost read\b.{0,30}$",
    re.IGNORECASE,
)
"""What the house says of itself somewhere in a line: how to reach somebody, and what it earns by links."""
_HINTS = (
    "@", "commission", "compensation", "revenue", "affiliate", "most read", "inbox", "mailbox", "newsletter",
    "signing up", "subscribing", "your e", "as little", "support ", "postfach", "votre bo", "bolet",
)  # fmt: skip
_OF_LINKS = re.compile(
    r"@|\b(?:links?|purchase|buy|products?|click|affiliate|shop|retailers?|most read)\b|newsletter|inbox|mailbox"
    r"|\b(?:signing|subscribing|entering|registering|submitting|little|support|postfach|votre)\b|bolet",
    re.IGNORECASE,
)


def label(blocks: Iterable[Block], source: Source, printed: Iterable[str] = ()) -> list[Block]:
    """The same blocks, each marked with `in_text` and, where it is no text, with the kind that says why.

    Args:
        blocks: in the order of the page.
        source: its boilerplate patterns.
        printed: words that were already read as title, standfirst, byline …; a block that only repeats one at the
            beginning is part of the head, not of the text; of a paragraph that repeats it the first is the head's.
    """
    heads = {fold(words) for words in printed}
    above: set[str] = set()
    marked: list[Block] = []
    repeated: list[tuple[int, Block]] = []
    has_begun = False
    shown = ""
    for place, block in enumerate(blocks):
        made = _label(block, source)
        if block.kind == "image":
            shown = block.text
        elif shown and made.in_text:
            if made.kind == "paragraph" and _shows(made.text, shown):
                made = made.marked("caption", in_text=False)
            shown = ""
        if not has_begun and block.region == "head":
            above.add(fold(block.text))
        elif made.in_text and not has_begun:
            words = fold(made.text)
            if words in heads and not (words in above and is_running(block)):
                repeated.append((place, made))
                made = made.marked(made.kind, in_text=False, region="head")
            else:
                has_begun = True
        marked.append(made)
    if repeated and not any(block.in_text and is_running(block) for block in marked):
        # Where nothing else is said, what introduces the text is the text.
        for place, block in repeated:
            if is_running(block):
                marked[place] = block
    return _without_empty_headings(_without_labels(_pull_quotes(marked)))


def _label(block: Block, source: Source) -> Block:
    region = block.region
    if region == "head":
        return block
    if kind := _boilerplate(block, source):
        return block.marked(kind, in_text=False)
    if region == "pull_quote":
        return block.marked("pull_quote", in_text=False)
    if region == "caption" and block.kind != "image":
        return block.marked("caption", in_text=False)
    if block.kind == "paragraph" and _is_credited(block.text):
        return block.marked("caption", in_text=False)
    if region not in {"body", "inset"}:
        return block.marked("image" if block.kind == "image" else "boilerplate", in_text=False)
    return block.marked(block.kind, in_text=block.kind in _TEXT_KINDS and not only_leads_elsewhere(block))


def _shows(text: str, shown: str) -> bool:
    """Whether a short text says what the last image shows, in the words that stand for it, with a credit at most."""
    return (
        len(text) <= len(shown) + _LONGEST_CREDIT
        and text.startswith(shown)
        and (text == shown or figures.is_credit(text[len(shown) :].strip()))
    )


def _is_credited(text: str) -> bool:
    """Whether a paragraph is what is printed below a picture: who made it, or words that end with that."""
    return (len(text) <= _LONGEST_CREDIT and figures.is_credit(text)) or bool(_CREDITED.search(text[-_LONGEST_CREDIT:]))


def only_leads_elsewhere(block: Block) -> bool:
    """A short paragraph or item that is nothing but links: a tag, a teaser, a "read more"."""
    if block.kind not in {"paragraph", "list_item", "heading"} or not block.links or len(block.text) > LONGEST_TEASER:
        return False
    if sum(map(block.text.count, _STEPS)) >= _FEWEST_STEPS:
        return True
    share = _MOSTLY if block.text[-1:] in ".!?…" else _MOSTLY_IN_NO_SENTENCE
    return sum(len(link.text) for link in block.links) > share * len(block.text)


def _boilerplate(block: Block, source: Source) -> PassageKind | None:
    for kind, patterns in source.boilerplate.items():
        if any(pattern.match(block.text) for pattern in patterns):
            return "funding" if kind == "funding" else "boilerplate"
    if block.kind == "paragraph" and block.text.lower().startswith(_FUNDING):
        return "funding"
    if block.bare and block.text.startswith(("http://", "https://")):
        return "boilerplate"
    if len(block.text) <= _LONGEST_NOTICE and block.region in {"body", "inset"} and _is_notice(block.text):
        return "boilerplate"
    return None


def _is_notice(text: str) -> bool:
    """Whether a short text is said by the house, of itself or its pages."""
    if _NOTICES.match(text):
        return True
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS) and bool(_INSIDE.search(text) and _OF_LINKS.search(text))


def _without_labels(blocks: list[Block]) -> list[Block]:
    """Without what stands in bare containers and is no sentence, where the paragraphs are elements of their own."""
    bare = sum(len(block.text) for block in blocks if block.in_text and block.bare)
    held = sum(len(block.text) for block in blocks if block.in_text and block.kind == "paragraph" and not block.bare)
    if bare > held:
        return blocks
    return [
        block.marked("label", in_text=False) if block.in_text and block.bare and not reads(block) else block
        for block in blocks
    ]


def reads(block: Block) -> bool:
    """Whether a block is at least one sentence."""
    return is_running(block) or (block.text[-1:] in ".!?…" and block.text.count(" ") >= _SHORTEST_SENTENCE)


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Headings under which nothing is said, down to the next of their rank, head no text; some say it themselves."""
    marked = list(blocks)
    silent = set(range(1, 7))
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if block.kind != "heading" or not block.level:
            if block.in_text:
                silent.clear()
            continue
        if block.in_text and block.level in silent and not _is_said(block):
            marked[place] = block.marked("label", in_text=False)
        silent.update(range(block.level, 7))
    return marked


def _is_said(heading: Block) -> bool:
    """Whether a heading is a whole sentence that leads nowhere, as where a text is told by pictures."""
    text = heading.text
    return len(text) >= _LONGEST_HEADING and text[-1] in ".!。" and not heading.links


def _pull_quotes(blocks: list[Block]) -> list[Block]:
    """What only repeats or condenses words of the text is marked, so that nothing is counted twice."""
    # A sentence of its own may well say what another one says: only words that are none are lifted out of a text.
    marks = _CLOSING if _is_speech(blocks) else ""
    doubtful = [
        place
        for place, block in enumerate(blocks)
        if _is_quotable(block) and (block.kind == "quotation" or block.text.rstrip(marks)[-1:] not in ".!?…")
    ]
    if not doubtful:
        return blocks
    folded = _Folded(blocks)
    marked = list(blocks)
    for place in doubtful:
        block = blocks[place]
        words = folded.words(place)
        if not words:
            continue
        repeats = block.kind == "quotation" and fold(block.text).strip(" \"'“”‘’….") in folded.running
        if repeats or (_FEWEST_QUOTED <= len(words) <= _MOST_QUOTED and _is_condensed(words, folded.near(place))):
            marked[place] = block.marked("pull_quote", in_text=False)
    return marked


def _is_speech(blocks: Sequence[Block]) -> bool:
    """Whether the paragraphs stand in quotation marks, so that the marks say nothing of any of them."""
    running = [block.text for block in blocks if block.in_text and block.kind == "paragraph"]
    return sum(text[:1] in _OPENING for text in running) * 3 > len(running)


class _Folded:
    """The folded words of a page's paragraphs, each looked at once, and only where something asks for it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._words: dict[int, list[str]] = {}

    @cached_property
    def running(self) -> str:
        """All paragraphs."""
        return "\n".join(fold(block.text) for block in self.blocks if block.in_text and block.kind == "paragraph")

    def words(self, place: int) -> list[str]:
        """The words of one block."""
        if place not in self._words:
            self._words[place] = _WORD.findall(fold(self.blocks[place].text).casefold())
        return self._words[place]

    def near(self, place: int) -> Iterator[list[str]]:
        """The words of each paragraph close by.

        Only from paragraphs is anything lifted: where quotations hold the text, one of them may say what another says.
        """
        for other in range(max(place - _NEAR, 0), min(place + _NEAR, len(self.blocks))):
            if self.blocks[other].kind == "paragraph" and _is_quotable(self.blocks[other]):
                yield self.words(other)


def _is_quotable(block: Block) -> bool:
    return block.in_text and block.kind in {"quotation", "paragraph"}


def _is_condensed(words: Sequence[str], near: Iterable[Sequence[str]]) -> bool:
    """Whether somebody left out some words of a longer paragraph close by, and said no other."""
    return any(_leaves_out(words, other) for other in near if len(other) > len(words))


def _leaves_out(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether `words` stand in `other`, in order, within a stretch that is hardly longer."""
    for start, first in enumerate(other):
        if first != words[0]:
            continue
        found = 0
        for word in other[start : start + len(words) * 2]:
            found += word == words[found]
            if found == len(words):
                return True
    return False

"""What stands around the text of a page that is one text: what the house adds above and below, and what readers add.

Here belongs telling it by its place: beside the element that holds the text, below a heading for comments, at either
end. Not here: what a block is wherever it stands (`labels`), and which element holds the text (`container`).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile

from archive.normalise import dates
from archive.normalise.text import fold
from archive.reading.container import is_running
from archive.reading.labels import LONGEST_TEASER, only_leads_elsewhere, reads
from archive.reading.leads_on import leads_on
from archive.reading.page import Block

_FEW = 3
"""Of so many blocks of a text at most one can be a teaser: a list of links with words below each is a text."""
_FIRST, _LAST, _BULLETS = 2, 4, "•*·–—- "
_IS = re.compile(
    r"(?:,[^.]{2,120},)?(?:\scurrently|\snow)?\s(?:is|was|works|teaches|writes|covers|reports|edits|leads|has|holds"
    r"|serves|ist|arbeitet|lehrt|schreibt|leitet|est|écrit|enseigne|es|escribe|è|scrive|é|jest)\s"
)
_NEAR, _MOST_HEADINGS = 6, 5
_NEVER = frozenset(("share", "footer", "newsletter", "caption"))
"""Regions in which no comments are headed and none is answered."""
_LONGEST_CONTROL, _LONGEST_HEADING, _LONGEST_LINE, _LONGEST_PLEA, _LONGEST_NOTICE = 40, 60, 120, 200, 400
_LEAST_TEXT, _LEAST_RUNNING = 300, 2
"""What there has to be of a text before comments on it can follow: characters, and paragraphs."""
_MOST_ABOVE, _MOST_BELOW = 0.1, 0.4
"""The parts of a text that can be lines of the house above and below the element that holds the rest."""
_MOST_APART = 80
"""Characters of the lines in a box of their own that can be no text, where the text has no boxes."""
_MOST_TEASERS = 0.5
_OF_READERS = frozenset(
    (
        "comment comments commentaires commentaire kommentar kommentare comentario comentarios comentário comentários "
        "commento commenti reacties kommentarer kommentit komentarz komentarze komentarzy komentáře komentářů "
        "комментарий комментарии комментариев комментария коментарі коментарів yorum yorumlar hozzászólás "
        "hozzászólások σχόλια التعليقات تعليقات תגובות コメント 댓글"
    ).split()
) | {
    asked + said for asked in ("", "网友", "最新", "热门", "全部", "发表") for said in ("评论", "評論", "留言", "跟贴")
}  # fmt: skip
_BEFORE_READERS = frozenset(
    (
        "a add all an latest leave post readers recent user visitor write your alle einen ihre schreiben sie deja deje "
        "de lectores los tu tus un laisser les une vos i twój"
    ).split()
)
"""Words that a heading for comments has beside that one."""
_OF_ONE = frozenset(("comment", "commentaire", "kommentar", "comentario", "comentário", "commento"))
"""What is also the name of a kind of text."""
_OPENING, _STOPS = " ([«»#", ".!?…。！？"
_MOST_BESIDE = 16
"""Letters that a line has beside its dates which says no more than when and where."""
_JOIN = frozenset(("join the conversation", "join the discussion"))
_LETTERS = re.compile(r"[^\W\d_]+")
_REPLY = frozenset(
    (
        "reply", "antworten", "responder", "repondre", "rispondi", "odpowiedz", "ответить", "відповісти", "yanıtla",
        "beantwoorden", "svara", "svar", "vastaa", "valasz", "απαντηση", "رد", "回复", "回覆", "返信", "답글",
    )
)  # fmt: skip
"""What answers a comment, in words as `fold` leaves them."""
_OF_COMMENTS = _OF_READERS | _REPLY | {"join", "répondre", "válasz", "απάντηση"}
"""Words that lines about comments have: nearly all lines have none of them."""
_AGO = re.compile(r"\b(?:ago|vor \d+ \w+|hace \d+ \w+|il y a \d+ \w+)\b|前$", re.IGNORECASE)
_RESERVED = (
    "rights reserved", "right reserved", "rechte vorbehalten", "droits réservés", "droits de reproduction réservés",
    "derechos reservados", "direitos reservados", "diritti riservati", "riproduzione riservata", "rechten voorbehouden",
    "prawa zastrzeżone", "права защищены", "права захищені", "hakları saklıdır", "personal, non-commercial use",
    "personal non-commercial use",
    "版权所有", "未经授权", "未经许可", "未经允许", "転載を禁", "転載禁", "무단전재", "무단 전재",
)  # fmt: skip
_WRITE_TO_US = (
    "mail us at",
    "write to us at",
    "follow us on",
    "disclaimer:",
    "haftungsausschluss:",
    "notice: the content",
)
_HOUSE = re.compile(
    r"[(（\[【“]?\s?(?:责任编辑|责编|責任編輯|编辑|编审|本文原标题|原标题|校对|审核|监制|来源|资料来源|采写|供稿)\s?[:：为]"
    r"|[(（]?(?:本文)?原题为|[(（]?(?:综合整理自|综合自|图片(?:均)?来自|信息来源于)|编辑 \w{2,4} 校对"
    r"|.{0,40}(?:允许|授权|许可).{0,6}转载|.{0,20}转载请"
    r"|[(（]?(?:免责声明|特别声明|版权声明|声明)\s?[:：]"
    r"|.{0,60}(?:扫一扫|扫码|扫描.{0,8}二维码|(?:下载|安装).{0,12}(?:客户端|APP|App)|(?:关注|微信).{0,10}公众号)"
    r"|.{0,8}(?:没有|暂无|查看更多|更多)(?:热门)?(?:跟贴|评论)|网友评论仅供|.{0,30}仅代表.{0,12}(?:作者|观点|个人)"
    r"|返回.{0,8}(?:首页|顶部)|\W{0,20}(?:the end|end|完|全文完)\W{0,20}$"
    r"|この記事で紹介した|.{0,40}(?:商品を購入|アフィリエイト).{0,40}(?:還元|報酬|収益)"
    r"|\[?[\w ]{2,12} ?기자 ?[\w.@ ]{0,200}\]?$"
)
"""What the house says of a text in a line before or after it: who edited it, whose opinion it is, where more is."""
_BOXES = ("div", "section", "header", "footer", "nav", "aside")
_MARKS = " |·•+,:：()（）[]【】0123456789"


def trimmed(blocks: Sequence[Block], core: str, home: str, authors: Sequence[str]) -> list[Block]:
    """The blocks of a single text, with what stands around it marked as no text.

    Args:
        blocks: labelled ones.
        core: the place of the element that holds nearly all of the text.
        home: the place of the element that holds most of it.
        authors: who wrote the text.
    """
    marked = _within(blocks, core, home, authors)
    runs = [block.in_text and is_running(block) for block in marked]
    marked = _without_teasers(_without_comments(marked, runs), runs, home)
    return _without_ends(_beside(marked, runs, home))


def _within(blocks: Sequence[Block], core: str, home: str, authors: Sequence[str]) -> list[Block]:
    """The blocks of a single text, without what stands around the element that holds nearly all of it.

    Sentences above it may lead into it; what stands below is the house's, and so is what the text ends with when that
    says who its author is, and what a heading that leads elsewhere has below it in an element of their own.

    Args:
        blocks: labelled ones.
        core: the place of that element.
        home: that of the element that holds most of it.
        authors: who wrote the text.
    """
    inside = f"{core}/"
    marked: list[Block] = []
    teasers: list[int] = []
    has_begun = False
    teaser = ""
    for place, block in enumerate(blocks):
        made = block
        if block.level:
            around = f"{block.locator.rpartition('/')[0]}/"
            teaser = around if only_leads_elsewhere(block) and not inside.startswith(around) else ""
        elif teaser and block.in_text and len(block.text) <= LONGEST_TEASER and block.locator.startswith(teaser):
            teasers.append(place)
        if block.locator.startswith(inside) or block.locator == core:
            has_begun = True
        elif block.in_text and (has_begun or not is_running(block)):
            made = block.marked("boilerplate", in_text=False)
        marked.append(made)
    if len(teasers) * _FEW < sum(block.in_text for block in marked):
        for place in teasers:
            marked[place] = blocks[place].marked("boilerplate", in_text=False)
    names = [name for author in authors for name in (author, author.partition(" ")[0]) if len(name) > 2]
    told = [place for place, block in enumerate(marked) if block.in_text and block.kind != "heading"]
    first = [place for place in told[:_FIRST] if not marked[place].locator.startswith(f"{home}/")]
    for place in first:
        if _tells_of(marked[place].text, authors):
            marked[place] = marked[place].marked("boilerplate", in_text=False)
    for place in told[-_LAST:][1:]:
        if _tells_of(marked[place].text.lstrip(_BULLETS), names):
            marked[place] = marked[place].marked("boilerplate", in_text=False)
    return marked


def _tells_of(text: str, names: Iterable[str]) -> bool:
    """Whether a text begins with one of some names, and says who that is."""
    return any(text.startswith(name) and _IS.match(text, len(name)) for name in names)


def _beside(blocks: list[Block], runs: Sequence[bool], home: str) -> list[Block]:
    """Without the lines apart from the element that holds most of a text, where they are not much and no sentences."""
    kept = [place for place, block in enumerate(blocks) if block.in_text]
    running = [place for place in kept if runs[place]]
    boxes = {place: _box(blocks[place].locator, home) for place in kept}
    held = [place for place in kept if boxes[place] is not None]
    if not held or not running:
        return blocks
    most = _length(blocks, held)
    full = {boxes[place] for place in running}
    above = [place for place in kept if place < min(running[0], held[0])]
    outside = [place for place in kept if place > held[-1]]
    read = _length(blocks, [place for place in outside if runs[place]])
    dropped = above if _length(blocks, above) <= max(_MOST_ABOVE * most, _MOST_APART) else []
    if _length(blocks, outside) <= _MOST_BELOW * most and read * 2 < _length(blocks, outside):
        dropped = [*dropped, *outside]
    ends = (takewhile(running[0].__gt__, kept), dropwhile(running[-1].__ge__, kept))
    for places in ends if "" in full or len(full) == 1 else ():
        lines = [place for place in places if boxes[place] not in full and not reads(blocks[place])]
        dropped = [*dropped, *(lines if _length(blocks, lines) <= _MOST_APART else ())]
    return _marked(blocks, dropped)


def _length(blocks: Sequence[Block], places: Iterable[int]) -> int:
    return sum(len(blocks[place].text) for place in places)


def _box(place: str, home: str) -> str | None:
    """The part of the text's element in which a block stands apart; empty where it does not, None outside of it."""
    if not place.startswith(home):
        return None
    start = len(home) + 1
    if place[start - 1 : start] not in {"", "/"}:
        return None
    # Most blocks of a text stand in nothing else.
    return place[start:].partition("/")[0] if place.startswith(_BOXES, start) else ""


def _without_comments(blocks: list[Block], runs: Sequence[bool]) -> list[Block]:
    """Without what readers say of the text: what follows a heading for that, and what holds the links that answer."""
    written = paragraphs = headings = 0
    answering: list[str] = []
    for place in _span(blocks, beyond=_NEAR):
        block = blocks[place]
        if runs[place]:
            written += len(block.text)
            paragraphs += 1
        elif (
            written < _LEAST_TEXT
            or paragraphs < _LEAST_RUNNING
            or block.region in _NEVER
            or len(block.text) > _LONGEST_HEADING
            or _OF_COMMENTS.isdisjoint(_LETTERS.findall(block.text.casefold()))
        ):
            continue
        elif headings < _MOST_HEADINGS and _is_for_readers(block.text):
            headings += 1
            if not _are_said_by_readers(blocks, place):
                continue
            return _marked(blocks, range(place, len(blocks)))
        elif _answers(block):
            answering.append(block.locator)
    if len(answering) > 1:
        around = _around(answering[0], answering[-1])
        inside = [place for place, block in enumerate(blocks) if block.locator.startswith(around)]
        outside = sum(len(block.text) for place, block in enumerate(blocks) if block.in_text and place < inside[0])
        if outside >= _LEAST_TEXT:
            return _marked(blocks, inside)
    return blocks


def _span(blocks: Sequence[Block], beyond: int = 0) -> range:
    """The places of the text and of what stands between its blocks, and of some blocks beyond."""
    kept = [place for place, block in enumerate(blocks) if block.in_text]
    return range(kept[0], min(kept[-1] + 1 + beyond, len(blocks))) if kept else range(0)


def _without_teasers(blocks: list[Block], runs: Sequence[bool], home: str) -> list[Block]:
    """Without what stands in one element with a heading under which other texts are listed."""
    headings = [place for place in _span(blocks) if not runs[place] and leads_on(blocks[place].text)]
    if not headings:
        return blocks
    dropped: list[int] = []
    end = 0
    for heading in headings:
        around = blocks[heading].locator.rpartition("/")[0] + "/"
        if heading < end or f"{home}/".startswith(around):
            continue
        end = heading
        while end < len(blocks) and blocks[end].locator.startswith(around):
            end += 1
        dropped += range(heading, end)
    dropped = [place for place in dropped if blocks[place].in_text]
    whole = sum(len(block.text) for block in blocks if block.in_text)
    return _marked(blocks, dropped) if _length(blocks, dropped) <= _MOST_TEASERS * whole else blocks


def _is_for_readers(text: str) -> bool:
    """Whether a short line is the heading of comments, or says how many there are."""
    words = _LETTERS.findall(text.casefold())
    if not words:
        return False
    if words[0] in _OF_READERS and text.lstrip(_OPENING)[:1].isdigit():
        return True
    if " ".join(words) in _JOIN:
        return True
    said = [word for word in words if word not in _BEFORE_READERS]
    return (
        len(said) == 1 and said[0] in _OF_READERS and (len(words) > 1 or words[0] not in _OF_ONE or _has_number(text))
    )


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text))


def _are_said_by_readers(blocks: Sequence[Block], heading: int) -> bool:
    """Whether what follows a heading for comments is such: little is said there, or somebody says it at some time."""
    box = blocks[heading].locator.rpartition("/")[0]
    before = [block for block in blocks[:heading] if block.in_text and is_running(block)]
    if any(block.locator.rpartition("/")[0] == box for block in before):
        # A heading among the paragraphs of the text is one of its own.
        return False
    after = blocks[heading + 1 :]
    said = sum(len(block.text) for block in after if block.in_text and is_running(block))
    return said * 2 < sum(len(block.text) for block in before) or any(
        _answers(block) or _AGO.search(block.text) or dates.find(block.text)
        for block in after
        if len(block.text) <= _LONGEST_LINE and not is_running(block)
    )


def _answers(block: Block) -> bool:
    """Whether a short line is, or has, what answers a comment."""
    if len(block.text) > _LONGEST_CONTROL:
        return False
    return any(fold(words.strip(_MARKS)) in _REPLY for words in (block.text, *(link.text for link in block.links)))


def _around(first: str, last: str) -> str:
    """The place of what holds two others, as the beginning of the places in it."""
    shared = 0
    steps, others = first.split("/"), last.split("/")
    while shared < min(len(steps), len(others)) and steps[shared] == others[shared]:
        shared += 1
    return "/".join(steps[:shared]) + "/"


def _without_ends(blocks: list[Block]) -> list[Block]:
    """Without the lines at either end that only say when it was published, or whose it is."""
    kept = [place for place, block in enumerate(blocks) if block.in_text]
    dropped: list[int] = []
    for places in (kept, reversed(kept)):
        for place in places:
            text = blocks[place].text
            # A notice in English is none of a text in other letters.
            is_strange = text.isascii() and is_running(blocks[place]) and _are_in_other_letters(blocks, kept)
            if not is_strange and not _is_of_house(text):
                break
            dropped.append(place)
    return _marked(blocks, dropped)


def _are_in_other_letters(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """Whether most of some blocks begin in no Latin letters."""
    others = 0
    for place in places:
        beginning = blocks[place].text[:_LONGEST_CONTROL]
        if not beginning.isascii():
            strange = sum(not mark.isascii() and mark.isalpha() for mark in beginning)
            others += strange * 2 > len(beginning)
    return others * 2 > len(places)


def _is_of_house(text: str) -> bool:
    if len(text) <= _LONGEST_NOTICE:
        lowered = text.lower()
        if any(words in lowered for words in _RESERVED) or (not text.isascii() and _HOUSE.match(text)):
            return True
        if len(text) <= _LONGEST_PLEA and any(words in lowered for words in _WRITE_TO_US):
            return True
    return len(text) <= _LONGEST_LINE and _has_number(text) and (dates.is_date_line(text) or _is_mostly_date(text))


def _is_mostly_date(text: str) -> bool:
    """Whether a line that is no sentence has a day in it, and hardly a word beside that."""
    if text[-1] in _STOPS:
        return False
    found = dates.find(text)
    beside = sum(map(str.isalpha, text)) - sum(sum(map(str.isalpha, text[start:end])) for start, end, _ in found)
    return beside <= _MOST_BESIDE and any(date.on for _, _, date in found)


def _marked(blocks: Sequence[Block], places: Iterable[int]) -> list[Block]:
    """The blocks, with those at some places marked as no text."""
    marked = list(blocks)
    for place in set(places):
        if marked[place].in_text:
            marked[place] = marked[place].marked("boilerplate", in_text=False)
    return marked

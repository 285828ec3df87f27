"""What a page asks, and in which words.

    THE TIDAL REVIEW: Who should pay?  →  Who should pay?

Here belong the prompts above the first answer, and the words of a question without its number and without the label of
whoever asks it. Not here: what is asked between the answers (`segments`).
"""

import re
from collections.abc import Sequence

from archive.reading import extents, openings
from archive.reading.page import Block, PagePrompt

_NUMBER = re.compile(
    r"(?:(?:q|question|statement|frage|pregunta|pergunta|domanda)\s?(?:\d{0,2}|[a-h])|\d{1,2})\s?[.:)–—-]\s+",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[?？؟]|[\u0370-\u03ff\u1f00-\u1fff]\s?[;\u037e]$")
_LABEL = re.compile(r"([^:：?!]{1,60}?)\s?[:：]\s*(?=\S)")

_WORDS_OF_DISCUSSION = frozenset(
    (
        "roundtable debate debates forum symposium panel panelist panelists panellist panellists discussion respondent "
        "respondents response responses respond responds expert experts asked invited contributors answer answers "
        "reply replies reaction reactions opinions viewpoints voices correspondents "
        "diskussion debatte umfrage rundfrage experten expertinnen antworten gefragt befragt streitgespräch "
        "standpunkte meinungen stimmen "
        "débat débats débattent réponse réponses répondent expertes "
        "foro respuestas responden especialistas preguntamos opinan coloquio voces expertos expertas "
        "respostas respondem fórum perguntámos perguntamos ouvimos opiniões vozes dibattito risposte rispondono "
        "opinioni "
        "rondetafel rondvraag debat discussie antwoorden vroegen legden meningen debata ankieta dyskusja odpowiedzi "
        "odpowiadają zapytaliśmy zadaliśmy głosy rozmówcy rozmówców "
        "rundabordssamtal svarar svarer frågade enkät spurte soruşturma tartışma yanıtlar cevaplar sorduk görüşler "
        "дискуссия обсуждение дебаты опрос ответы отвечают ответили спросили задали мнения эксперты экспертов "
        "участники συζήτηση απαντήσεις απαντούν ρωτήσαμε απόψεις "
        "परिचर्चा गोलमेज बहस संवाद ندوة نقاش أجوبة إجابات سألنا طرحنا آراء"
    ).split()
)
_PHRASES_OF_DISCUSSION = re.compile(
    r"\b(?:round[ -]table|in conversation|weigh in|exchange (?:of|on|between)|have their say|head to head|wrote to"
    r" each|wir fragten|runder tisch|table ronde|(?:entretien|regards) croisés?|nous avons (?:demandé|interrogé)"
    r"|points de vue|mesa redonda|hemos preguntado|tavola rotonda|abbiamo (?:chiesto|rivolto)|okrągły stół"
    r"|yuvarlak masa|кругл\w+ стол\w*|στρογγυλό τραπέζι|مائدة مستديرة|सवाल पूछा"
    # Counted people who say something.
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}) (?:[\w’'-]+ ){1,4}(?:tell|explain|choose|discuss"
    r"|consider|reflect|look back|propose|share|set out|write|argue|disagree|describe|one question))\b"
)
_UNPARTED_WORDS = (
    "圆桌 圓桌 讨论 討論 对谈 對談 座谈 座談 辩论 辯論 笔谈 筆談 争鸣 嘉宾 嘉賓 回答 対談 鼎談 議論 質問 "
    "アンケート フォーラム シンポジウム 좌담 토론 대담 답변 설문"
).split()
_WORD = re.compile(r"[\w\u0900-\u097f]+")


def announces(text: str) -> bool:
    """Whether words tell of a discussion, or of people who are asked something."""
    lowered = text.lower()
    if not _WORDS_OF_DISCUSSION.isdisjoint(_WORD.findall(lowered)) or _PHRASES_OF_DISCUSSION.search(lowered):
        return True
    return not text.isascii() and any(word in text for word in _UNPARTED_WORDS)


def prompts(above: Sequence[Block], below: Sequence[Block], title: str) -> tuple[PagePrompt, ...]:
    """What is asked above the first answer.

    The last block above the list that asks something, or a heading below it; else the title.

    Args:
        above: the blocks above the list of respondents.
        below: those between its first and the first answer.
        title: of the page.
    """
    asking = [block for block in above if _ASKED.search(block.text) and _can_ask(block)]
    ending = [block for block in asking if extents.asks(block.text)]
    asking = [block for block in ending if block.level or block.strong][-1:] or ending[-1:] or asking[-1:]
    asking += [block for block in below if extents.asks(block.text) and (block.level or not asking)][-1:]
    if asking:
        return tuple(PagePrompt(question(block), "question", block.locator) for block in asking)
    return (PagePrompt(title, "question", "title"),) if extents.asks(title) else ()


def _can_ask(block: Block) -> bool:
    """Whether a block is no picture and no caption of one: that of a table may ask what its rows answer."""
    return block.kind not in {"image", "caption"} or "/caption[" in block.locator


def question(block: Block) -> str:
    """The words of a question without its number, and without the label of whoever asks it."""
    text = block.text
    label = _LABEL.match(text)
    if label and (
        label[1] == text[: block.lead].rstrip(" :：") or label[1].isupper() or openings.is_moderator(label[1])
    ):
        text = text[label.end() :]
    return _NUMBER.sub("", text, count=1)

"""Words that tell of a discussion, or of people who are asked something, in the languages that publishers write.

Here belongs the vocabulary. Not here: what follows from it (`turns`, `extents`), and what is asked (`asking`).
"""

import re

_WORDS_OF_DISCUSSION = frozenset(
    (
        "roundtable debate debates forum symposium panel panelist panelists panellist panellists discussion respondent "
        "respondents response responses respond responds responded expert experts asked invited contributors answer "
        "answers reply replies reaction reactions opinions viewpoints voices correspondents commentaries "
        "transcript transkript colloquium colloquy kolloquium colloque conversation dialogue dialog gespräch "
        "conversación conversa "
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
        "rozhovor odpovědi zeptali körkérdés vita válaszok kérdeztük keskustelu kysyimme paneeli dezbatere anchetă "
        "anketa diskusi запитали запитання відповіді дискусія співрозмовникам שאלנו דיון תשובות סימפוזיון "
        "میزگرد پرسش پرسیدیم نظرخواهی परिचर्चा गोलमेज बहस संवाद ندوة نقاش أجوبة إجابات سألنا طرحنا آراء"
    ).split()
)
_PHRASES_OF_DISCUSSION = re.compile(
    r"\b(?:round[ -]table|in conversation|weigh in|told us|talks? (?:to|with)|exchange (?:of|on|between)|have their say"
    r"|letters? to the (?:editors?|paper)|^letters(?=\s?[:|–—-])|readers (?:write|respond)"
    r"|leserbriefe|courrier des lecteurs|cartas (?:al director|a la directora?|dos leitores)|lettere al"
    r"|listy do redakcji|письма читателей"
    r"|head to head|wrote to each|wir fragten|runder tisch|table ronde"
    r"|(?:entretien|regards) croisés?|nous avons demandé|nous avons interrogé"
    r"|points de vue|mesa redonda|hemos preguntado|tavola rotonda|abbiamo (?:chiesto|rivolto)|okrągły stół"
    r"|yuvarlak masa|kerekasztal|masă rotundă|okrugli sto|kulatý stůl|bàn tròn|tọa đàm"
    r"|chúng tôi (?:đã )?hỏi|круглий стіл|רב־שיח|кругл\w+ стол\w*|στρογγυλό τραπέζι|مائدة مستديرة|सवाल पूछा"
    r"|(?:wrote|put|spoke|talked) (?:this |one |two |three |the same |our )*(?:questions? )?(?:to|with)"
    r" (?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
    # Counted people who say something.
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}) (?:[\w’'-]+,? ){1,4}(?:tell|explain|choose"
    r"|discuss|consider|reflect|look back|propose|share|set out|write|argue|disagree|describe|one question"
    r"|on (?:their|what|why|how|whether|the (?:future|state|meaning) of)))\b"
)
_UNPARTED_WORDS = (
    "圆桌 圓桌 讨论 討論 对谈 對談 座谈 座談 辩论 辯論 笔谈 筆談 争鸣 嘉宾 嘉賓 回答 対談 鼎談 議論 質問 "
    "アンケート フォーラム シンポジウム 좌담 토론 대담 답변 설문"
).split()
_OF_LISTS = frozenset(
    (
        "winners winner prize prizes award awards shortlist laureates obituaries memoriam staff team people cast "
        "board committee programme schedule speakers fellows alumni profiles ratings directory "
        "preisträger nachrufe mitarbeiter équipe lauréats ganadores equipo premiados programa vincitori squadra"
    ).split()
)
_MOST_SPACES = 3
_WORD = re.compile(r"[\w\u0900-\u097f]+")


def announces(text: str) -> bool:
    """Whether words tell of a discussion, or of people who are asked something."""
    lowered = text.lower()
    if not _WORDS_OF_DISCUSSION.isdisjoint(_WORD.findall(lowered)) or _PHRASES_OF_DISCUSSION.search(lowered):
        return True
    return not text.isascii() and any(word in text for word in _UNPARTED_WORDS)


def announces_alone(text: str) -> bool:
    """Whether a heading says that a discussion follows, and nothing else: "Transcript"."""
    return text.count(" ") < _MOST_SPACES and announces(text)


def lists_people(title: str) -> bool:
    """Whether a title says that people are listed, and what is printed under their names is said of them."""
    return not _OF_LISTS.isdisjoint(_WORD.findall(title.lower()))

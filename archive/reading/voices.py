"""Whom a label names, and what else it says: affiliation, title, stance.

    "2. Dr Ada Lindqvist, University of Marle, said:"  →  Ada Lindqvist | University of Marle
    "Ada Lindqvist (NO)", "Response by Ada Lindqvist", "Ada Lindqvist: The quay we forgot", "The quay, by Ada Lindqvist"

Here belongs one label by itself. Not here: where labels stand on a page (`places`), and what makes a name (`persons`).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.normalise import name_words, names
from archive.normalise.dates import is_date_line
from archive.normalise.persons import can_be_single_name
from archive.normalise.text import fold
from archive.reading import figures, openings

LONGEST = 260
"""Characters of the longest label: a name with all that somebody is."""

_LONGEST_NAME = 100
_LONGEST_SHOUT = 7
_MARKS = re.compile(r"^(?:[#>*•·▪►–—-]+\s*|[A-Za-z]?\(?\d{1,3}[.):]\s+|\d{1,3}\s+(?=\D))+")
_QUOTES = '‘’“”"«»„'
_EDGES = " \t\n,;،؛:：|·•–—-*_#"
_OF = re.compile(
    r"(?:(?:an? |the )?(?:guest )?(?:response|reply|answer|comment|contribution|essay|text|post|opinion"
    r"|statement|testimony|submission|view|review|reflection|commentary|rejoinder|remark)s?"
    r" (?:by|from|of)|(?:written |answered |chosen |submitted |posted )?by|antwort von|von|réponse de|par|respuesta de"
    r"|por|risposta di|di|from)[\s:]+"
    r"|(?:the )?(?:expert|panel(?:l?ist|e member)?|respondent|speaker|participant|contributor|guest|experte|expertin)"
    r"(?:\s\d{1,2}|\s?(?=[:–—-]))\s*[:–—.-]?\s*",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"(.{3,80}?)(?:['’]s|(?<=s)['’]) (?:view|answer|response|take|reply|opinion|verdict|comment"
    r"|contribution|statement)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[,:]?\s(?:has )?(?:said|says|writes|wrote|responds|responded|answers|answered|replies|replied|comments"
    r"|commented|adds|added|argues|explains|told us|schreibt|sagt|antwortet|meint|répond|écrit|dit|responde|escribe"
    r"|dice|risponde|scrive|пишет|отвечает|говорит)(?: that| the following)?\s*[:：]?$",
    re.IGNORECASE,
)
# White space is tried from its beginning alone, so that a run of it takes no longer than any text.
_CUT = re.compile(
    r"(?:(?<!\s)\s+)?[(\[|–—•·/\n（【]|(?:(?<!\s)\s+)?[,，、،؛;]\s?"
    r"|\s-{1,2}\s?|[:：]\s?|\s(?:on|über|sobre)\s(?=[‘“\"'«])"
)
_BY = re.compile(r"\A(.{3,160}?)[,.:–—|-]?\s{1,3}(?:by|von|par|por|di)\s{1,3}(.{3,100})$", re.IGNORECASE | re.DOTALL)
STANCE = re.compile(
    r"(?:(?:votes?|says?|position|for|verdict)\s*:?\s*)?(yes|no|maybe|for|against|agree|disagree|uncertain|pro|con|contra"
    r"|in favou?r|opposed?|support(?:s|ed)?|neutral|undecided|strongly (?:dis)?agree|no opinion|ja|nein|oui|non|sí|si"
    r"|não|sim|unentschieden)\.?",
    re.IGNORECASE,
)
_SIDE = re.compile(rf"({STANCE.pattern})\s?(?:[–—:|]|-\s)\s?(?=\w)", re.IGNORECASE)
"""A side taken, in front of the name of whoever takes it: "Yes – Ada Lindqvist"."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){2,5}")
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]")
_TIME = re.compile(r"\s[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?\s?:?$")
"""When something was said, behind who says it."""
_SALUTATION = re.compile(
    r"(?:dear|liebe[rs]?|sehr geehrte[rs]?|chère?s?|querid[oa]s?|estimad[oa]s?|prezad[oa]s?|geachte|szanown\w{1,3}"
    r"|drog[ai]|уважаем\w{2,3}|дорог\w{2,3}|αγαπητ\w{1,3})\s",
    re.IGNORECASE,
)
_VALEDICTION = re.compile(
    r"(?:(?:yours|best|kind(?:est)?|warm(?:est)?|with|all|very|as)\b[^\n]{0,30}|sincerely|cordially|warmly|regards|love"
    r"|(?:mit )?(?:herzliche[nr]?|beste[nr]?|freundliche[nr]?) [^\n]{0,20}|(?:bien )?cordialement|amicalement"
    r"|bien à (?:toi|vous)|un abrazo|atentamente|cordiali saluti|um abraço|pozdrawiam)[,.!]?\n",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:from|von|de|da|van|od|från|fra|от)\s?:\s*([^\n<]{2,80}?)\s*(?:<[^\n]*)?\n"
    r"(?:[^\n]*\n){0,3}(?:to|an|à|para|aan|do|till|til|кому|date|sent|datum|fecha|data|subject|betreff|objet|тема)\s?:",
    re.IGNORECASE,
)
_MARKER = re.compile(r"(?<=[^\W\d_]{2})(?:\d{1,2}|[*†‡§¶]{1,3})$")
_FILED = re.compile(r"([^\W\d_a-z][^\Wa-z\d_'’ -]{1,40}), ([^\W\d_]\.?[\w'’. -]{1,40})")
"""A name as a catalogue has it: "LINDQVIST, Ada"."""
_AND = re.compile(r"\A(?:and|und|et|y|&)\s")
_SOMEBODY = re.compile(r"(?:an?|one|ein|eine|une?|una|uma?|een)\s[^\W\d_]", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2})(?<!\bSt)\.\s+(?=[^\W\d_])")
_LONGEST_POST, _MOST_WORDS = 80, 9
_HAN_POST = re.compile(
    r"(?:官|长|主管|教授|主任|经理|總裁|总裁|董事|研究员|研究員|分析师|分析師|学家|學家|主席|总监|總監|主编|代表|博士|院士|创始人|负责人|合伙人)$"
)
_HAN_CLAUSE = re.compile("[了，。]")
"""What no post has in it: the particle of what has been done, and the marks of a sentence."""
_HAN_NOBODY = frozenset(
    "来源 來源 编辑 編輯 责编 作者 原标题 标题 时间 地点 电话 地址 网址 图片 摄影 最终 首先 其次 最后 此外 另外".split()
)
_EAST_ASIAN_LABEL = re.compile(
    r"(?:[\u3400-\u9fff\uac00-\ud7af々]{2,5}|[\u3400-\u9fff々]{1,4}[ \u3000][\u3040-\u30ff\u3400-\u9fff々]{1,4})"
    r"(?:さん|氏|先生|教授|博士)?$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """What a label says. `name` is as printed, of several people with what joins them; the rest None if not said."""

    name: str
    affiliation: str | None = None
    title: str | None = None
    stance: str | None = None


@lru_cache(maxsize=8_192)
def voice(label: str) -> Voice | None:
    """The voice that a label names; None where it names nobody, or is no label."""
    if not 1 < len(label) <= LONGEST or figures.is_credit(label):
        return None
    if mail := _MAIL.match(label):
        return voice(mail[1])
    text = _MARKS.sub("", called(label)).strip(_EDGES)
    if text[:1] in "([":
        text = bare(text)
    if whose := _WHOSE.fullmatch(text):
        text = whose[1]
    said = _SAYS.sub("", text)
    text = _OF.sub("", said, count=1) if _OF.match(said) else said
    text = text.strip(_EDGES)
    if (side := _SIDE.match(text)) and (named := _named(text[side.end() :].strip(_EDGES))) and not named.stance:
        return replace(named, stance=side[1])
    if not text or text[-1] in "?!" or _SALUTATION.match(text) or not (text[0] in _QUOTES or _can_begin(text)):
        return None
    found = None if text[0] in _QUOTES else _named(text)
    if found is None and (signed := _BY.match(text)):
        under = _named(signed[2].strip(_EDGES))
        if under and under.title is None:
            title = signed[1].strip(_EDGES + _QUOTES)
            return Voice(under.name, under.affiliation, title, under.stance)
    return found


def called(label: str) -> str:
    """A label without when it was said, and without the words that end a letter."""
    if ":" in label:
        label = _TIME.sub("", label)
    if any(mark in label for mark in "·|•"):
        label = _without_dates(label)
    label = _MARKER.sub("", label)
    valediction = _VALEDICTION.match(label) if "\n" in label else None
    return label[valediction.end() :] if valediction else label


def unnamed(label: str) -> Voice | None:
    """The voice of somebody who is not named: "A reader in Leeds", "Anonymous"; only its like tells that it is one."""
    found = _named(called(label).strip(_EDGES)) if len(label) <= _LONGEST_NAME else None
    name, _, rest = called(label).strip(_EDGES).partition(",")
    if found is None and (names.classify(name) == "anonymous" or (_SOMEBODY.match(name) and describes(name))):
        return Voice(name, rest.strip(_EDGES) or None)
    return None


def _without_dates(label: str) -> str:
    """A line of pieces without those that say when something was said."""
    pieces = re.split(r"(\s?[·|•]\s?)", label)
    while len(pieces) > 2 and is_date_line(pieces[0].strip()):
        del pieces[:2]
    while len(pieces) > 2 and is_date_line(pieces[-1].strip()):
        del pieces[-2:]
    return "".join(pieces)


def _can_begin(text: str) -> bool:
    """Whether a name can begin so: cheap, and true of most names; particles are written small."""
    first = text[0]
    return first.isalpha() and (not first.islower() or text.split(" ", 1)[0].rstrip("'’") in _SMALL)


_SMALL = frozenset(
    ("van", "von", "de", "di", "da", "del", "della", "d", "al", "el", "ten", "ter", "bell", "danah", "le")
)


def _named(text: str) -> Voice | None:
    if of_post := _of_post(text):
        return of_post
    if filed := _FILED.fullmatch(text):
        name = f"{filed[2]} {filed[1]}"
        return Voice(name) if openings.names_people(name) else None
    stop = _FULL_STOP.search(text)
    if stop and openings.names_people(text[: stop.start()]) and _is_post(text[stop.end() :]):
        return Voice(text[: stop.start()], text[stop.end() :])
    cut = _CUT.search(text)
    if cut is None:
        return Voice(text) if is_name(text) else None
    name, rest = text[: cut.start()].strip(), text[cut.start() :]
    if name in _HAN_NOBODY or (rest[:1] == "，" and _HAN_CLAUSE.search(rest, 1)):
        return None
    joint = _joint(text)
    if joint:
        name, rest = joint, text[len(joint) :]
    elif not is_name(name):
        # "The Long Quay – Ada Lindqvist": the title in front.
        *_, last = _CUT.split(text)
        if cut[0].strip(" ,，、،؛;") and last.strip() != name and openings.names_people(last.strip(_EDGES)):
            return Voice(last.strip(_EDGES), None, text[: text.rindex(last)].strip(_EDGES))
        return None
    return _described(name, rest)


def _of_post(text: str) -> Voice | None:
    """Who a post is said to be held by: "Harbour master: Ada Lindqvist"."""
    post, colon, name = text.rpartition(": ")
    if colon and openings.names_people(name) and not openings.names_people(post) and describes(post):
        return Voice(name, post)
    post, colon, name = text.rpartition("：")
    return Voice(name, post) if colon and _HAN_POST.search(post) and openings.names_people(name) else None


def _is_post(text: str) -> bool:
    """Whether what stands behind the full stop of a name is who that is, and no sentence."""
    return len(text) <= _LONGEST_POST and text.count(" ") < _MOST_WORDS and not re.search(r"[.!?:…]", text)


def _described(name: str, rest: str) -> Voice:
    """What stands behind a name: letters are part of no affiliation, and a colon announces a title."""
    stance = None
    while True:
        mark = rest.lstrip()[:1]
        words = rest.strip(_EDGES)
        letters, _, behind = words.partition(",")
        if mark == "," and letters.strip(" .").lower().replace(".", "") in _LETTERS:
            rest = "," + behind if behind else ""
            continue
        bracket = re.match(r"\s*[(\[（【]([^()\[\]（）【】]{1,40})[)\]）】]", rest)
        inside = bracket[1] if bracket else words
        is_said = mark in {":", "："} and inside.rstrip().endswith(".")
        if (
            stance is None
            and not is_said
            and (bracket or mark in {"–", "—", "-", ":", "|", "·", "•"})
            and STANCE.fullmatch(inside.strip())
        ):
            stance = inside.strip()
            rest = rest[bracket.end() :] if bracket else ""
            continue
        if bracket and mark in "([" and inside.isupper() and _INITIALS.fullmatch(inside.strip()):
            # The letters by which somebody is called below are no affiliation.
            rest = rest[bracket.end() :]
            continue
        break
    words = bare(rest)
    if not words:
        return Voice(name, stance=stance)
    on = re.match(r"\s(?:on|über|sobre)\s", rest)
    if mark in {":", "："} or on:
        return Voice(name, title=words[on.end() - 1 :].strip() if on else words, stance=stance)
    if mark in "–—-" and re.match(r"[‘“\"«]", words):
        return Voice(name, title=words.strip(_QUOTES), stance=stance)
    return Voice(name, words, stance=stance)


_LETTERS = frozenset(letters.replace(".", "") for letters in name_words.POST_NOMINALS)


def bare(text: str) -> str:
    """The text without the punctuation around it, and without brackets that enclose all of it."""
    text = text.strip(_EDGES)
    depth = 0
    for index, char in enumerate(text):
        depth += (char in "(（【[") - (char in ")）】]")
        if depth == 0:
            return text[1:-1].strip() if index and index == len(text) - 1 else text
    return text


def _joint(text: str) -> str | None:
    """The names at the beginning of a label that names several people between commas: "A, B and C"."""
    pieces = re.split(r"(,\s|\s(?:and|und|et|y|e|i|&)\s)", text)
    if (
        len(pieces) < 3
        or pieces[1].strip() != ","
        or _CUT.search(pieces[0])
        or not openings.names_people(pieces[0].strip())
    ):
        return None
    count = 1
    while count * 2 < len(pieces) and openings.names_people(_AND.sub("", pieces[count * 2].strip())):
        count += 1
    # "Ada Lindqvist, Marle Pilots" is one, and where she works.
    is_joined = count > 1 and (count > 2 or pieces[count * 2 - 3].strip() != "," or _AND.match(pieces[count * 2 - 2]))
    return "".join(pieces[: count * 2 - 1]).strip() if is_joined else None


@lru_cache(maxsize=8_192)
def is_name(text: str) -> bool:
    """Whether words can be nothing but the name of people or of an organisation that answers."""
    text = text.strip()
    if not text or len(text) > _LONGEST_NAME or any(map(str.isdigit, text)) or openings.is_glued(text):
        return False
    if openings.is_speaker(text):
        return True
    if (
        text.isupper()
        and 1 < len(text.split()) <= _LONGEST_SHOUT
        and names.classify(text) in {"institution", "collective"}
    ):
        return True
    if _EAST_ASIAN_LABEL.match(text):
        return True
    if any(joint in text for joint in (" and ", " & ", " und ", " et ", " y ", "、", " и ")):
        byline = names.parse_byline(text)
        return len(byline.names) > 1 and not byline.rest
    return False


def is_short_name(text: str) -> bool:
    """Whether words may be a name by which somebody is called who was named in full before."""
    return can_be_single_name(text) or is_name(text)


def describes(text: str) -> bool:
    """Whether words say what somebody is, or where."""
    if text[-1:] in "?!" or text[:1] in '“‘"«' or _SENTENCES.search(text):
        return False
    words = [word.strip("()[],.;:’'\"") for word in fold(text).split()]
    return any(
        word in name_words.ROLE_WORDS
        or word in name_words.INSTITUTIONS
        or word in _POSTS
        or word.endswith(name_words.ROLE_ENDINGS)
        for word in words
    ) or names.classify(bare(text)) in {"institution", "collective"}


_POSTS = frozenset(
    (
        "professor reader lecturer fellow director chair chairman chairwoman chairperson president author novelist "
        "poet mayor minister senator historian economist lawyer researcher scientist scholar student founder "
        "co-founder cofounder partner lead head member secretary officer manager consultant adviser advisor "
        "analyst activist organiser organizer former emeritus emerita phd ceo cto coo programme program policy "
        "reader listener viewer subscriber resident tenant parent neighbour neighbor member user "
        "leser leserin lecteur lectrice lector lectora "
        "commissioner ambassador engineer artist curator critic philosopher sociologist theologian psychologist "
        "physicist biologist chemist physician doctor nurse professorin autor autorin direktor direktorin leiter "
        "leiterin vorsitzende vorsitzender forscher forscherin professeur professeure directeur directrice auteur "
        "autrice chercheur chercheuse maire président présidente profesor profesora director directora autora "
        "alcalde presidente presidenta investigador investigadora professore профессор директор автор "
    ).split()
)

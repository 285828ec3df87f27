"""Words that name a stage of a discussion: "Lead essay", "Round two", "Closing remarks".

Here belongs one line by itself: whether it names a stage, its number, and the part that it gives to a text. Not here:
where such a line stands (`segments`), and what that makes of the texts below it.
"""

import re
from dataclasses import dataclass

from archive.model.contributions import Role
from archive.normalise.numerals import ordinal_number

_ROUND = re.compile(
    r"\b(?:round|runde|ronde|ronda|tour)\s+(?P<after>\d{1,2}|[ivx]{1,4}|[a-zé]{3,9})\b"
    r"|\b(?P<before>\d{1,2}(?:st|nd|rd|th|\.)|[a-zäöüéè]{3,10})\s+(?:round|runde|ronde|ronda|tour)\b",
    re.IGNORECASE,
)
_WORDS: dict[Role, str] = {
    "rejoinder": r"""rejoinders? | (?:final|closing|author'?s?|last)\ (?:response|reply|word|remarks)
        | (?:reply|response)\ to\ (?:my\ |our\ |the\ )?(?:critics|respondents|commentators|responses)
        | .{2,40}\ replies | repl(?:y|ies) | replik | réplique | réplica""",
    "lead": r"""(?:lead|opening|target|main)\ (?:essay|article|piece|statement|post|paper) | lead | forum\ essay
        | leitartikel | hauptbeitrag""",
    "response": r"""responses? | respondents? | (?:first|initial)\ (?:responses?|reactions?) | antwort(?:en)?
        | respuestas? | réponses?""",
    "conversation": r"(?:the\ )?conversation | discussion | diskussion",
    "introduction": r"introduction | einführung | einleitung | introducción | editors?'?\ note | foreword",
    "statement": r"(?:joint\ |funders'?\ )?statement | position\ paper",
}
_PARTS = {
    role: re.compile(rf"(?:the\ |an?\ )?(?:{words})", re.IGNORECASE | re.VERBOSE) for role, words in _WORDS.items()
}
_OF_MANY = re.compile(
    r"""(?:the\ )?(?:(?:opening|closing|first|second|third|initial|final|concluding|last)
        \ (?:statements?|remarks|positions?|arguments?|thoughts|words?|contributions?|answers?|responses?|replies
        |essays)
      | rebuttals? | exchange | statements | reactions | eröffnung | schlussworte? | abschluss | conclusions?
      | mots?\ de\ la\ fin | conclusiones | palabras\ finales)""",
    re.IGNORECASE | re.VERBOSE,
)
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """What a line says of a stage.

    Attributes:
        printed: the line.
        round: its number, where the publisher numbers rounds.
        role: the part that the words give to a text that stands there alone; None where they give none.
    """

    printed: str
    round: int | None
    role: Role | None


def named(words: str) -> Named | None:
    """The stage that a short line names; None for any other line."""
    line = words.strip(" .:[]()")
    if not line or len(line) > LONGEST:
        return None
    number = next(
        (count for found in _ROUND.finditer(line) if (count := ordinal_number(found["after"] or found["before"]))), None
    )
    bare = line.replace("’", "'")
    role = next((role for role, pattern in _PARTS.items() if pattern.fullmatch(bare)), None)
    if number is None and role is None and not _OF_MANY.fullmatch(bare):
        return None
    return Named(line, number, role)

"""A translation is a contribution of its own, and says of what."""

import pytest

from archive.model import Contribution, Relation
from tests.discussion.invented import HOST, article, question, records, register, seen, text

TARGETS = (
    ("/anna", "response", "q1"),
    ("/es/anna", "response", "q1"),
    ("/q1", "question", "q1"),
    ("/es/q1", "question", "q1"),
)
KNOWN = register(TARGETS)
SPANISH = [
    "El puente no lo arregla nadie desde hace muchos años, y la gente del pueblo sabe muy bien por qué no lo arreglan.",
    "Cuando llega el invierno, los que viven al otro lado del río tienen que esperar a que baje el agua para cruzar.",
]


def alternate(tongue, path):
    return f'<link rel="alternate" hreflang="{tongue}" href="{HOST}{path}">'


def pair(english="", spanish="", below="", dates=("3 March 2020", "3 March 2020")):
    translation = article("Anna Lindqvist", SPANISH, head=spanish, below=below, lang="es", date=dates[1])
    original = article("Anna Lindqvist", text("anna"), head=english, date=dates[0])
    return [seen("/anna", original, 0, KNOWN), seen("/es/anna", translation, 1, KNOWN)]


def translated(pages):
    rows = records(pages, KNOWN)
    assert len(rows.of(Contribution)) == len(pages)
    return [(row.from_id, row.to_id, row.evidence, row.quote) for row in rows.of(Relation) if row.type == "translates"]


ENGLISH, TRANSLATION = "bridge/q1/anna-lind", "bridge/q1/anna-lind-es"
SWITCHER = f'<p><a href="{HOST}/anna">English</a></p>'
SENTENCE = "This article was first published in English."


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"english": alternate("es", "/es/anna")}, []),
        ({"spanish": alternate("en", "/anna")}, [(TRANSLATION, ENGLISH, "a link between languages", None)]),
        ({"below": SWITCHER}, [(TRANSLATION, ENGLISH, "a link between languages", None)]),
        (
            {"below": f"<p>{SENTENCE}</p>{SWITCHER}"},
            [(TRANSLATION, ENGLISH, "sentence", SENTENCE)],
        ),
        (
            {"english": alternate("es", "/es/anna"), "dates": ("9 March 2020", "3 March 2020")},
            [(ENGLISH, TRANSLATION, "a link between languages", None)],
        ),
        ({}, []),
    ],
    ids=["only the original links", "hreflang", "language switcher", "sentence", "the later day", "nothing says so"],
)  # fmt: skip
def test_what_translates_what(more, expected):
    assert translated(pair(**more)) == expected


def test_of_an_original_that_was_never_captured_the_words_are_kept():
    page = article("Anna Lindqvist", SPANISH, lang="es", below="<p>Traducido del inglés por Ana Ruiz.</p>")
    (link,) = records([seen("/es/anna", page, 0, KNOWN)], KNOWN).of(Relation)
    assert (link.type, link.to_kind, link.to_id, link.quote) == (
        "translates", "page", None, "Traducido del inglés por Ana Ruiz.",
    )  # fmt: skip


def test_each_answer_of_a_translated_page_translates_that_of_the_same_respondent():
    names = ("Anna Lindqvist", "Bo Karlsen")
    spanish = question({name: [words] for name, words in zip(names, SPANISH, strict=True)}).replace(
        b'lang="en">', b'lang="es">' + alternate("en", "/q1").encode()
    )
    rows = records(
        [seen("/q1", question({name: text(name) for name in names}), 0, KNOWN), seen("/es/q1", spanish, 1, KNOWN)],
        KNOWN,
    )
    assert {(row.from_id, row.to_id) for row in rows.of(Relation)} == {
        (f"bridge/q1/{name}-es", f"bridge/q1/{name}") for name in ("anna-lind", "bo-karl")
    }

"""Several questions on one page: each answer is to its own, by a prompt that lasts."""

import pytest

from archive.discussion.ids import Ids
from archive.model import Contribution, Prompt
from tests.discussion.invented import PEOPLE, question, records, register, seen, text

FIRST, SECOND, THIRD = "Who should mend the bridge?", "What should it cost to cross?", "Which boats may pass below?"
REWORDED = "What should it cost to cross it?"
NAMES = list(PEOPLE.values())[:3]
TOWNS = ("Marle", "Quay", "Holm")


def asking(*questions: str) -> bytes:
    """A page on which everybody answers each question."""
    title = "The bridge: three carpenters answer"
    rounds = ""
    for asked in questions:
        said = {name: text(f"{town}-{asked.split()[2]}") for name, town in zip(NAMES, TOWNS, strict=True)}
        rounds += f"<h2>{asked}</h2>" + "".join(
            f"<h3>{name}</h3>" + "".join(f"<p>{words}</p>" for words in words_of) for name, words_of in said.items()
        )
    page = f'<html lang="en"><title>{title}</title><body><article><h1>{title}</h1>{rounds}</article></body></html>'
    return page.encode()


def answered(rows) -> dict[str, set[str]]:
    """Prompt → the contributions that answer it."""
    found: dict[str, set[str]] = {}
    for row in rows.of(Contribution):
        found.setdefault(row.prompt_id, set()).add(row.contribution_id)
    return found


def worded(rows) -> dict[str, str]:
    return {row.text: row.prompt_id for row in rows.of(Prompt) if row.text}


KNOWN = register((("/talk", "question", "q1"),))


def test_each_answer_is_to_the_question_that_stands_above_it():
    rows = records([seen("/talk", asking(FIRST, SECOND), 0, KNOWN)], KNOWN)
    assert worded(rows) == {FIRST: "bridge/q1", SECOND: "bridge/q1/what-should-it-cost-to-cross"}
    assert [len(answered(rows)[prompt]) for prompt in worded(rows).values()] == [3, 3]
    assert len(rows.of(Contribution)) == 6


def test_a_page_of_one_question_keeps_the_prompt_that_the_register_names():
    rows = records([seen("/talk", question({name: text(name) for name in NAMES}), 0, KNOWN)], KNOWN)
    assert set(answered(rows)) == {"bridge/q1"}


@pytest.mark.parametrize(
    ("later", "same"),
    [
        ((SECOND, FIRST), (FIRST, SECOND)),
        ((THIRD, FIRST, SECOND), (FIRST, SECOND)),
        ((FIRST, REWORDED), (FIRST,)),
    ],
    ids=["another order", "one more", "other words"],
)
def test_a_question_keeps_its_prompt_and_every_answer_its_id_when_the_page_changes(later, same):
    ids = Ids()
    before = seen("/talk", asking(FIRST, SECOND), 0, KNOWN)
    first = records([before], KNOWN, ids)
    second = records([before, seen("/talk", asking(*later), 3, KNOWN)], KNOWN, ids)
    for asked in same:
        prompt = worded(first)[asked]
        assert worded(second)[asked] == prompt
        assert answered(first)[prompt] <= answered(second)[prompt]
    if REWORDED in later:
        assert worded(second)[REWORDED] == worded(first)[SECOND]
        assert not ids.fresh_aliases

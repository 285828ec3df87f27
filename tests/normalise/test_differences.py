from hypothesis import given
from hypothesis import strategies as st

from archive.normalise.differences import Change, words

TEXTS = st.lists(st.text("ab ", max_size=12), max_size=6).map("\n\n".join)


def folded(text: str) -> list[list[str]]:
    return [part.split() for part in text.split("\n\n") if part.strip()]


@given(before=TEXTS, after=TEXTS)
def test_a_difference_holds_both_texts(before, after):
    found = words(before, after)
    assert folded("".join(one.text for one in found if one.kind != "added")) == folded(before)
    assert folded("".join(one.text for one in found if one.kind != "removed")) == folded(after)
    if folded(before) == folded(after):
        assert {one.kind for one in found} <= {"same"}


def test_what_changed_in_one_paragraph_of_many_is_told_by_words():
    before = "The first stays.\n\nI read all seventeen answers twice.\n\nThe last stays, too."
    after = "The first stays.\n\nI read all but one of the answers twice.\n\nThe last stays, too."
    assert words(before, after) == [
        Change("same", "The first stays.\n\nI read all "),
        Change("removed", "seventeen "),
        Change("added", "but one of the "),
        Change("same", "answers twice.\n\nThe last stays, too. "),
    ]


def test_two_long_texts_with_nothing_in_common_are_told_as_wholes():
    before, after = (" ".join(f"{letter}{number}" for number in range(5_000)) for letter in "ab")
    assert [(one.kind, len(one.text.split())) for one in words(before, after)] == [("removed", 5_000), ("added", 5_000)]

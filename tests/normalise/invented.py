"""Invented names, and a count of work, for the tests of this folder."""

import sys

from hypothesis import strategies as st

SYLLABLES = ("ka", "lo", "mir", "ten", "vash", "du", "bel", "zor", "ni", "quo", "ælf", "ü", "ğan", "ří")
WORD = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join).map(str.capitalize)
DOUBLE = st.builds("{}-{}".format, WORD, WORD)
GIVEN = st.one_of(WORD, DOUBLE, st.builds("{} {}.".format, WORD, st.sampled_from("ABTZ")))
FAMILY = st.one_of(
    WORD,
    DOUBLE,
    st.builds("{} {}".format, st.sampled_from(["van der", "de", "von", "bin", "de la"]), WORD),
    st.builds("O'{}".format, WORD),
)
FULL = st.builds("{} {}".format, GIVEN, FAMILY)


def calls(function, text):
    """How many Python functions are called: a count that no load of the machine changes."""
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(tally)
    try:
        function(text)
    finally:
        sys.setprofile(None)
    return count

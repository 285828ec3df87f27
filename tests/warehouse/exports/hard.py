"""Rows that are hard to keep: a round table in which everything that is printed is whatever can be generated."""

import datetime as dt

from hypothesis import strategies as st

from archive.model import (
    Affiliation,
    Contribution,
    ContributionVersion,
    Identifier,
    Organisation,
    Participation,
    Passage,
    Person,
    Prompt,
    Publisher,
    Relation,
    RoundTable,
    Series,
)
from archive.model.records import Records
from tests import made

PIECES = [
    *("<p>&amp;", "]]>", "\n\n", "\r\n", "\t", "  ", "=1+1", "'", '"', "{}", "\\", "%", "#"),
    *("\u202eabc\u202c", "שלום", "مرحبا", "😀👩\u200d👩", "𝔘", "é", "e\u0301", "\ufeff", "\u2028"),
    *("\x00", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff"),
]
"""What markup, lines, directions, planes and control characters make hard."""
WORDS = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=6)
TEXT = WORDS.map("".join).map(lambda text: text or "x")
MAYBE = st.none() | TEXT
KINDS = st.sampled_from(["paragraph", "heading", "list_item", "quotation", "preformatted"])
PRINTED = ("kicker", "title", "standfirst", "stage_as_printed", "funding_statement", "rights_statement")
DATES = st.sampled_from([
    {},
    {"published_edtf": "2019~"},
    {"published_edtf": "2018-11/2019-02", "published_as_printed": "Winter"},
    {"published_edtf": "2019-03-01T09:00:00+01:00", "published_on": dt.date(2019, 3, 1),
     "published_at": dt.datetime(2019, 3, 1, 8), "published_offset_minutes": 60, "published_doubt": "migration"},
])  # fmt: skip
VOICES = st.lists(
    st.tuples(TEXT, st.sampled_from(["person", "institution", "anonymous"]), MAYBE, MAYBE, st.lists(TEXT, max_size=2)),
    max_size=3,
)
CONTRIBUTION = st.fixed_dictionaries({
    "passages": st.lists(st.tuples(KINDS, TEXT), max_size=4),
    "content": st.fixed_dictionaries(dict.fromkeys(PRINTED, MAYBE)),
    "language": st.sampled_from([None, "en-GB", "ar"]),
    "dates": DATES,
    "prompt": st.sampled_from([None, "t/q1", "t/q2"]),
    "table": st.sampled_from(["t", "t", "t", None]),
    "voices": VOICES,
    "relation": st.none() | st.tuples(st.sampled_from(["replies_to", "cites"]), MAYBE, MAYBE, st.booleans()),
})  # fmt: skip
INSTALMENT = made.capture("http://x.example/a?page=2", b"")
"""Another page that some passages stand on."""
DISCUSSION = st.tuples(st.lists(CONTRIBUTION, min_size=1, max_size=4), MAYBE, TEXT)


def records(discussion) -> Records:
    """The rows of a generated discussion."""
    contributions, question, title = discussion
    rows = Records()
    capture = made.capture("http://x.example/a", b"")
    rows.add(
        Publisher(publisher_id="p", name=title, url="http://x.example/"),
        Series(series_id="s", publisher_id="p", title=title),
        RoundTable(round_table_id="t", series_id="s", title=title, state="complete", url="http://x.example/t"),
        Prompt(prompt_id="t/q1", round_table_id="t", kind="question", ordinal=1, text=question),
        Prompt(prompt_id="t/q2", round_table_id="t", kind="followup", parent_prompt_id="t/q1", text="?"),
        Person(person_id="t/people/a", name=title, given=question, family=None, sort_name=title, status="provisional"),
        Identifier(entity_id="t/people/a", scheme="orcid", value="0000-0002-1825-0097", status="reviewed"),
        Organisation(organisation_id="t/organisations/é.x_y", name=title, status="reviewed"),
        capture,
        INSTALMENT,
    )
    for number, one in enumerate(contributions, start=1):
        _add(rows, f"t/{number}/x", one, capture.capture_id)
    return rows


def _add(rows: Records, name: str, one, capture_id: str) -> None:
    key = {"contribution_id": name, "version": 1}
    texts, seen = [text for _, text in one["passages"]], {"capture_id": capture_id}
    values = {
        **key, **one["content"], **one["dates"], "round_table_id": one["table"],
        "prompt_id": one["prompt"] if one["table"] else None, "role": "response", "ordinal": 7 - len(texts),
        "text": "\n\n".join(texts), "word_count": 3, "language": one["language"], "license_uri": None,
        "storage_policy": "full_text", "url": f"http://x.example/{name}?a=b&c=<d>", "capture_id": capture_id,
    }  # fmt: skip
    rows.add(Contribution(**values), ContributionVersion(**values))
    for ordinal, (kind, text) in enumerate(one["passages"], start=2):
        seen = {"capture_id": capture_id if ordinal % 3 else INSTALMENT.capture_id}
        rows.add(Passage(**key, ordinal=ordinal, kind=kind, in_text=True, text=text, locator="/", **seen))
    rows.add(Passage(**key, ordinal=1, kind="boilerplate", in_text=False, text="Share", locator="/", **seen))
    for position, (printed, kind, role, bio, employers) in enumerate(one["voices"], start=1):
        who = {"person": {"person_id": "t/people/a"}, "institution": {"organisation_id": "t/organisations/é.x_y"}}
        rows.add(
            Participation(**key, position=position, name_as_printed=printed, role_description=role, bio=bio,
                          agent_kind=kind, **who.get(kind, {}))
        )  # fmt: skip
        for ordinal, employer in enumerate(employers, start=1):
            rows.add(Affiliation(**key, position=position, ordinal=ordinal, as_printed=employer))
    if one["relation"]:
        kind, printed, quote, known = one["relation"]
        target = {"to_id": "t/1/x"} if known else {"to_url": "http://y.example/?a&b"}
        rows.add(
            Relation(relation_id=f"{name}#1", from_id=name, type=kind, to_kind="contribution", to_as_printed=printed,
                     evidence="link", quote=quote, capture_id=capture_id, **target)
        )  # fmt: skip

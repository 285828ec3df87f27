"""The authority file: what is no decision is told with file and line, and costs no other decision."""

import pytest

from archive.authority.decisions import Ledger
from tests.authority.invented import decision

GOOD = decision("same", id="a-1", people=["a/people/x", "b/people/x"], evidence=["her own page lists both"])


@pytest.mark.parametrize(
    ("block", "line", "reason"),
    [
        ('[[decisions]]\nid = "b\nkind = "same"\n', 2, "not valid TOML: Illegal character"),
        ('[[decisions]]\nid = "b"\nat = 2026-13-01\n', 3, "not valid TOML"),
        ('[[decisions]]\nid = "b"\nkind = """never closed\n', 1, "not valid TOML"),
        ('[[decisions]]\nid = "b"\n[other]\n', 1, "only [[decisions]] may stand in the file"),
        (decision("sane"), 1, "kind: it must be same, distinct, identifier, name, split, affiliation or undo"),
        ('[[decisions]]\nid = "b"\n', 1, "kind: it must be"),
        (decision("undo", undose="a-1"), 1, "undose: unknown key"),
        (decision("undo"), 1, "undoes: Field required"),
        (decision("undo", undoes="a-1", reason=" "), 1, "reason: it is empty"),
        (decision("undo", undoes="a-1", at='"today"'), 1, "at: write a day or a time"),
        (decision("same", people=["a", "b"]), 1, "evidence: Field required"),
        (decision("same", people=["a", "b"], evidence=[]), 1, "evidence: Tuple should have at least 1 item"),
        (decision("same", people=["a"], evidence=["x"]), 1, "name at least two, each of them once"),
        (decision("same", people=["a", "a"], evidence=["x"]), 1, "name at least two, each of them once"),
        (decision("distinct", people=["a", "b"], organisations=["c"]), 1, "name either people or organisations"),
        (decision("identifier", identifier="ror:05dxps055"), 1, "name either a person or an organisation"),
        (decision("identifier", person="a", identifier="ror:05dxps055"), 1, "ror is given to organisations alone"),
        (decision("identifier", organisation="a", identifier="orcid:0000-0002-1825-0097"), 1, "given to people alone"),
        (decision("identifier", person="a", identifier="orcid:0000-0002-1825-0098"), 1, "its last digit would have"),
        (decision("identifier", person="a", identifier="doi:10.1000/1"), 1, "is no identifier such as orcid:"),
        (decision("identifier", person="a", identifier=["orcid"]), 1, "identifier: write it as text"),
        (decision("name", person="a", name="Ada"), 1, "say where the person is filed: sort_name"),
        (decision("name", organisation="a", name="A", family="A"), 1, "an organisation has a name and no parts of it"),
        (decision("split", person="a", contributions=[], into="b"), 1, "contributions: Tuple should have at least"),
        (decision("affiliation", organisation="a", printed=[]), 1, "printed: Tuple should have at least 1 item"),
        (decision("undo", id="a-1", undoes="x"), 1, "id: 'a-1' is the id of authority/people.toml, line 1, too"),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_one_line_and_the_others_count(block, line, reason):
    before = GOOD.count("\n")
    ledger = Ledger.of({"people.toml": (GOOD + block + GOOD.replace("a-1", "a-2")).encode()})
    assert [one.decision.id for one in ledger.decisions] == ["a-1", "a-2"]
    (fault,) = ledger.unreadable
    assert (fault.file, fault.line) == ("authority/people.toml", before + line)
    assert reason in fault.reason
    assert "\n" not in fault.reason + fault.excerpt


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"x = 1\n" + GOOD.encode(), 1, "only [[decisions]] may stand in the file"),
        (GOOD.encode() + b"# \xff\n", 9, "the file is not UTF-8"),
    ],
)
def test_what_stands_beside_decisions_is_told(content, line, reason):
    (fault,) = Ledger.of({"people.toml": content}).unreadable
    assert (fault.line, fault.reason) == (line, reason)


def test_files_are_read_in_order_and_a_missing_folder_holds_nothing(tmp_path):
    assert Ledger.load(tmp_path / "nothing") == Ledger()
    (tmp_path / "b.toml").write_text("# reviewed in June\n\n" + GOOD.replace("a-1", "z"))
    (tmp_path / "a.toml").write_text(GOOD)
    found = Ledger.load(tmp_path).decisions
    assert [(one.place, one.line) for one in found] == [("authority/a.toml: a-1", 1), ("authority/b.toml: z", 3)]


def test_days_and_times_become_moments_in_utc():
    found = Ledger.of({
        "x.toml": "".join(
            decision("undo", id=name, undoes="x", at=at)
            for name, at in (("a", "2026-11-29"), ("b", "2026-11-29T08:30:00+01:00"), ("c", "2026-11-29T08:30:00"))
        ).encode()
    })  # fmt: skip
    assert [f"{one.decision.at:%d %H:%M}" for one in found.decisions] == ["29 00:00", "29 07:30", "29 08:30"]

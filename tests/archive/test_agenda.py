"""What is due when, as a table of cases."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from archive import agenda
from archive.codes import RoundtableError
from archive.model import Visit
from archive.sources.register import Register, RegisteredRoundTable, RegisterFile
from archive.sources.schema import RoundTableFile

NOW = dt.datetime(2026, 3, 1, 12, 0)
SINCE = dt.datetime(2026, 1, 1)
HOUR = dt.timedelta(hours=1)


def table(state="complete", name="t", **more):
    keys = {"id": name, "series": "s", "title": "T", "state": state, **more}
    return RegisteredRoundTable(
        RoundTableFile.model_validate({"round_table": keys}), RegisterFile(f"{name}.toml", b""), "p"
    )


def visit(outcome, ended_at, run="r1", name="t", stopped=0):
    began_at = ended_at - dt.timedelta(minutes=5)
    times = {"began_at": began_at, "ended_at": None if outcome == "begun" else ended_at}
    of = {"run_id": run, "round_table_id": name, "series_id": "s", "publisher_id": "p"}
    return Visit(outcome=outcome, due=2, stopped=stopped, **of, **times)


def entry(visits, **keys):
    register = SimpleNamespace(round_tables=lambda: [table(**keys)])
    (found,) = agenda.agenda(register, visits, NOW, SINCE)
    return found


@pytest.mark.parametrize(
    ("keys", "cadence"),
    [
        ({"state": "announced"}, "weekly"),
        ({"state": "running"}, "daily"),
        ({"state": "running", "cadence": "weekly"}, "weekly"),
        ({"state": "open_ended"}, "weekly"),
        ({"state": "complete", "closed_on": dt.date(2026, 2, 1)}, "weekly"),
        ({"state": "complete", "opened_on": dt.date(2026, 2, 1)}, "weekly"),
        ({"state": "complete", "closed_on": dt.date(2025, 2, 1)}, "monthly"),
        ({"state": "complete"}, "monthly"),
        ({"state": "frozen", "closed_on": dt.date(2026, 2, 28)}, "monthly"),
        ({"state": "frozen", "cadence": "never"}, "never"),
    ],
)
def test_the_state_decides_where_the_register_says_nothing(keys, cadence):
    assert agenda.cadence_of(table(**keys), NOW.date()) == cadence


@pytest.mark.parametrize("wrong", ["hourly", "Daily", "P1D", "", 1, "every now and then"])
def test_a_cadence_that_nobody_understands_is_refused(wrong):
    with pytest.raises(ValidationError, match="cadence"):
        table(cadence=wrong)


@pytest.mark.parametrize(
    ("visits", "state", "due_at"),
    [
        ([], "overdue", SINCE),
        ([visit("succeeded", NOW - 2 * HOUR)], "waiting", NOW + 22 * HOUR),
        ([visit("succeeded", NOW - 25 * HOUR)], "due", NOW - HOUR),
        ([visit("succeeded", NOW - 31 * HOUR)], "overdue", NOW - 7 * HOUR),
        # A run that was cut off is gone on with at once.
        ([visit("succeeded", NOW - 25 * HOUR), visit("begun", NOW, "r2")], "due", NOW - HOUR),
        ([visit("succeeded", NOW - 2 * HOUR), visit("begun", NOW, "r2")], "due", NOW - HOUR / 12),
        # What nobody came to, as the budget was spent, keeps its place; what was asked in part stands behind it.
        ([visit("succeeded", NOW - 25 * HOUR), visit("failed", NOW, "r2", stopped=2)], "failed", NOW - HOUR),
        ([visit("succeeded", NOW - 25 * HOUR), visit("failed", NOW, "r2", stopped=1)], "failed", NOW),
        # The end of a visit stands for its beginning.
        ([visit("begun", NOW - HOUR), visit("succeeded", NOW - HOUR)], "waiting", NOW + 23 * HOUR),
        # A failure is tried again after an hour, two, four …, and at last as often as the cadence asks.
        ([visit("succeeded", NOW - 25 * HOUR), visit("failed", NOW, "r2")], "failed", NOW + HOUR),
        ([visit("failed", NOW - 4 * HOUR), visit("failed", NOW, "r2")], "overdue", NOW + 2 * HOUR),
        ([visit("failed", NOW - (40 - n) * HOUR, f"r{n}") for n in range(41)], "overdue", NOW + 24 * HOUR),
        ([visit("failed", NOW - 4 * HOUR), visit("succeeded", NOW, "r2")], "waiting", NOW + 24 * HOUR),
    ],
)
def test_what_was_visited_decides_when_it_is_due(visits, state, due_at):
    found = entry(visits, state="running")
    assert (found.state(NOW), found.due_at) == (state, due_at)


def test_what_is_never_visited_is_never_due():
    found = entry([], cadence="never")
    assert (found.state(NOW), found.is_due(NOW), found.is_overdue(NOW)) == ("never", False, False)


def test_the_longest_due_comes_first():
    register = SimpleNamespace(
        round_tables=lambda: [table("running", "b"), table(name="never", cadence="never"), table("running", "a")]
    )
    visits = [visit("succeeded", NOW - 50 * HOUR, name="b"), visit("succeeded", NOW - 60 * HOUR, name="a")]
    assert [one.table.id for one in agenda.agenda(register, visits, NOW, SINCE)] == ["a", "b", "never"]


OUTCOMES = st.lists(st.tuples(st.sampled_from(["begun", "succeeded", "failed"]), st.integers(0, 2000)), max_size=12)


@given(OUTCOMES, st.sampled_from(["running", "announced", "complete"]))
def test_whatever_happened_it_is_due_again_within_its_period(happened, state):
    visits = [visit(outcome, NOW - hours * HOUR, f"r{number}") for number, (outcome, hours) in enumerate(happened)]
    found = entry(visits, state=state)
    assert found.due_at <= NOW + agenda.PERIODS[found.cadence]
    assert found.overdue_at > (found.succeeded_at or SINCE) + agenda.PERIODS[found.cadence]


def test_the_register_names_file_and_key_of_a_cadence_that_it_does_not_know(tmp_path):
    folder = tmp_path / "magazine"
    (folder / "round_tables").mkdir(parents=True)
    (folder / "source.toml").write_text(
        '[publisher]\nid = "magazine"\nname = "M"\nurl = "https://m.example/"\nhosts = ["m.example"]\n'
        '[[series]]\nid = "s"\ntitle = "S"\n'
    )
    (folder / "round_tables/t.toml").write_text(
        '[round_table]\nid = "t"\nseries = "s"\ntitle = "T"\nstate = "running"\ncadence = "hourly"\n'
    )
    with pytest.raises(
        RoundtableError, match=r"round_table\.cadence: .*'daily', 'weekly', 'monthly' or 'never'.*t\.toml"
    ):
        Register.load(tmp_path)


def test_a_visit_from_the_future_keeps_nothing_from_being_visited():
    real, dreamt = visit("succeeded", NOW - 40 * 24 * HOUR), visit("succeeded", NOW + 1_000 * 24 * HOUR, run="r2")
    assert entry([real, dreamt]) == entry([real])
    assert entry([real, dreamt]).is_due(NOW)
    register = SimpleNamespace(round_tables=lambda: [table()])
    (found,) = agenda.agenda(register, [dreamt], NOW, dreamt.began_at)
    assert found.is_due(NOW)
    # A clock that is set back by minutes, or was in another zone, is no reason to ask again.
    assert not entry([visit("succeeded", NOW + 10 * HOUR)]).is_due(NOW)

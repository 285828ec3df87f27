"""What a release changed, as rows and as a page, and how much of it may be lost."""

import datetime as dt
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from archive.model import Contribution, ContributionVersion, IdAlias, ReleaseChange
from archive.model.records import Records
from tests import made
from warehouse import losses, parquet, publish, query, release_folder

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)
ANSWER, OTHER, THIRD = "night-bus/q1/comfort-asabre", "night-bus/q1/nghiem-thu-lam", "night-bus/q1/ruaridh-pennock"
GUEST = "night-bus/the-last-mile-has-a-driver-too"


@pytest.fixture(scope="module")
def records():
    return made.records(made.demo_readings())


def rewritten(records, rewrite):
    """The records, each row as `rewrite` has it: another, or None where it goes."""
    found = Records()
    for rows in records.by_table().values():
        found.extend([other for row in rows if (other := rewrite(row)) is not None])
    return found


class Tables:
    """A folder of releases, published one after the other as the pipeline does."""

    def __init__(self, folder):
        self.folder, self.releases, self.changes, self.day = folder, [], [], NOW

    def publish(self, records):
        self.day += dt.timedelta(days=1)
        written = parquet.write(
            records, self.folder, self.releases, changes=self.changes, now=self.day, code_version="test"
        )
        if written.is_new:
            self.releases.append(written.release)
            self.changes += release_folder.changes_of(written.folder, written.release)
        parquet.point_to(self.folder, written.folder)
        return written

    def told(self, change=None):
        """What the newest release changed."""
        newest = self.releases[-1].release_id
        rows = [row for row in self.changes if row.release_id == newest and row.change in (change or row.change)]
        return [(row.change, row.subject, row.before, row.after) for row in rows]


@pytest.fixture
def tables(tmp_path, records):
    tables = Tables(tmp_path)
    tables.publish(records)
    return tables


def test_the_first_release_has_counts_alone(tables, records):
    assert {row[0] for row in tables.told()} == {"rows"}
    assert ("rows", "contributions", None, str(len(records.of(Contribution)))) in tables.told()


def test_what_comes_changes_and_goes_is_told_of_the_contribution(tables, records):
    def rewrite(row):
        name = getattr(row, "contribution_id", None)
        if isinstance(row, Contribution | ContributionVersion):
            if name == ANSWER:
                return replace(row, version=2)
            if name == OTHER:
                return replace(row, published_on=dt.date(2020, 2, 2), state="withdrawn", word_count=0)
            if name == THIRD:
                return replace(row, published_on=dt.date(2020, 2, 2), language="fr")
        return None if name == GUEST else row

    other = rewritten(records, rewrite)
    other.extend([IdAlias(alias=GUEST, id=ANSWER, reason="merge")])
    tables.publish(other)
    assert tables.told({"new", "revised", "amended", "withdrawn", "restored", "gone"}) == [
        ("amended", THIRD, "1", "language, published_on"),
        ("gone", GUEST, "1", ANSWER),
        ("revised", ANSWER, "1", "2"),
        ("withdrawn", OTHER, "1", "1"),
    ]
    tables.publish(records)
    assert [row[:2] for row in tables.told({"new", "restored", "revised"})] == [
        ("new", GUEST),
        ("restored", OTHER),
        ("revised", ANSWER),
    ]
    assert [row[0] for row in tables.told() if row[1] == "id_aliases"] == ["rows"]


def test_another_text_under_the_same_number_is_a_revision_too(tables, records):
    def rewrite(row):
        is_it = isinstance(row, ContributionVersion) and row.contribution_id == ANSWER
        return replace(row, content_sha256="f" * 64) if is_it else row

    tables.publish(rewritten(records, rewrite))
    assert tables.told() == [("revised", ANSWER, "1", "1")]


def test_a_release_that_changes_nothing_is_none_and_notes_nothing(tables, records):
    before = list(tables.changes)
    assert not tables.publish(records).is_new
    assert tables.changes == before
    newest = release_folder.current(tables.folder)
    assert release_folder.changes_of(newest, tables.releases[-1]) == before


def test_the_columns_of_another_version_of_the_tables_are_told(tables, records, tmp_path):
    path = release_folder.current(tables.folder) / "people.parquet"
    older = pq.read_table(path)
    pq.write_table(older.drop_columns([older.column_names[-1]]), path)
    tables.publish(rewritten(records, lambda row: None if getattr(row, "contribution_id", "") == GUEST else row))
    assert tables.told({"schema"}) == [
        ("schema", f"people.{older.column_names[-1]}", None, str(older.schema.types[-1]))
    ]


def test_against_a_release_that_cannot_be_read_only_the_counts_are_told(tables, records):
    (release_folder.current(tables.folder) / "contributions.parquet").write_bytes(b"no parquet")
    tables.publish(rewritten(records, lambda row: None if getattr(row, "contribution_id", "") == GUEST else row))
    assert {row[0] for row in tables.told()} == {"rows"}
    assert all(row[2] is None for row in tables.told())


def test_an_id_that_stands_in_the_journal_without_a_release_is_not_used_again(tmp_path, records):
    left = ReleaseChange(release_id=f"{NOW.date()}-1", change="new", subject="x")
    written = parquet.write(records, tmp_path, [], changes=[left], now=NOW, code_version="test")
    assert written.release.release_id == f"{NOW.date()}-2"
    assert "x" not in {row.subject for row in release_folder.rows_of(written.folder, ReleaseChange)}


def test_the_notes_are_a_page_in_sql(tables, records, tmp_path):
    tables.publish(rewritten(records, lambda row: None if getattr(row, "contribution_id", "") == GUEST else row))
    publish.publish(release_folder.current(tables.folder), tmp_path / "roundtable.duckdb")
    first, second = query.run(tmp_path / "roundtable.duckdb", "FROM release_notes ORDER BY created_at").rows
    assert f"sha256:{second[2]}" in second[3]
    assert f"## Lost: neither withdrawn nor merged (1)\n\n- `{GUEST}`" in second[3]
    assert "- `contributions`: none → " in first[3]


def without(records, number):
    """The records without some contributions, and their ids."""
    gone = [row.contribution_id for row in records.of(Contribution)][:number]
    return gone, rewritten(records, lambda row: None if getattr(row, "contribution_id", None) in gone else row)


def candidate(tables, records):
    """A release that is written and not published yet, and the one before it."""
    before = release_folder.current(tables.folder)
    return parquet.write(
        records, tables.folder, tables.releases, changes=tables.changes, now=tables.day, code_version="test"
    ), before


@pytest.mark.parametrize(("share", "only_warns"), [(0.02, True), (0.25, True), (0.3, False), (0.5, False), (1, False)])
def test_a_quarter_may_be_lost_with_a_warning_and_more_only_if_somebody_says_so(tables, records, share, only_warns):
    gone, fewer = without(records, int(share * len(records.of(Contribution))) or 1)
    written, before = candidate(tables, fewer)
    found = losses.vanished(written, before, accepted=False)
    assert (found.check, found.number, found.is_warning) == ("no_contribution_vanishes", len(gone), only_warns)
    assert {name for (name,) in found.rows} <= set(gone)
    assert losses.vanished(written, before, accepted=True).is_warning


def test_what_is_merged_or_withdrawn_is_not_lost(tables, records):
    (gone, *withdrawn), fewer = without(records, 30)
    fewer.extend([IdAlias(alias=gone, id="night-bus/q1", reason="merge")])
    fewer.extend(
        replace(row, state="withdrawn") for row in records.of(Contribution) if row.contribution_id in withdrawn
    )
    assert losses.vanished(*candidate(tables, fewer), accepted=False) is None


def test_where_nothing_is_published_or_it_is_damaged_nothing_can_be_lost(tables, records):
    _, fewer = without(records, 30)
    written, before = candidate(tables, fewer)
    assert losses.vanished(written, None, accepted=False) is None
    pq.write_table(pq.read_table(before / "people.parquet").slice(1), before / "people.parquet")
    assert losses.vanished(written, before, accepted=False) is None

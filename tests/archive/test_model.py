import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from archive.model import TABLES, Capture, Fetch
from archive.model.plain import from_plain, to_plain

RELIED_ON = {
    "publishers": "publisher_id name url",
    "series": "series_id publisher_id title description language issn started_on ended_on url",
    "round_tables": "round_table_id series_id title opened_on closed_on state announced_as_printed announced_people "
    "announced_entries url",
    "round_table_participants": "round_table_id entry position role name_as_printed affiliation_as_printed "
    "stance_as_printed person_id organisation_id",
    "prompts": "prompt_id round_table_id parent_prompt_id ordinal kind text",
    "prompt_wordings": "prompt_id kind text capture_id",
    "contributions": "contribution_id round_table_id prompt_id role entry ordinal stage_as_printed round kicker title "
    "standfirst text word_count language published_as_printed published_at published_on published_edtf "
    "published_offset_minutes published_zone_source published_basis published_doubt funding_statement "
    "rights_statement license_uri storage_policy state withdrawn_on withdrawal_reason url capture_id version",
    "contribution_versions": "contribution_id version first_captured_at last_captured_at content_sha256 text title",
    "passages": "contribution_id version ordinal kind in_text text locator",
    "participations": "contribution_id version position name_as_printed role_description bio agent_kind person_id "
    "organisation_id",
    "affiliations": "contribution_id version position ordinal as_printed organisation_id",
    "people": "person_id name given family sort_name status",
    "organisations": "organisation_id name status",
    "identifiers": "entity_id scheme value status",
    "stances": "contribution_id version raw normalised confidence non_response",
    "relations": "relation_id from_id type to_kind to_id to_url to_as_printed evidence quote capture_id",
    "manifestations": "contribution_id url kind locator capture_id",
    "media": "contribution_id ordinal caption credit rights_statement",
    "targets": "url round_table_id expected_role source state",
    "fetches": "url attempted_at outcome capture_id run_id",
    "captures": "capture_id url captured_at captured_at_source ingested_at origin record_type status mime "
    "payload_sha256 redirected_from warc_file warc_offset access",
    "evidence": "evidence_id record_type record_id version field value witness rule reader_version locator capture_id "
    "chosen",
    "rejections": "rejection_id stage code capture_id url locator excerpt reason",
    "stage_counts": "release_id stage unit input output rejected",
    "citations": "contribution_id style text",
    "events": "event_id type object at outcome note",
    "releases": "release_id created_at code_version schema_version digest",
    "id_aliases": "alias id",
}


def test_every_table_and_column_that_others_rely_on_is_there():
    for name, columns in RELIED_ON.items():
        assert set(columns.split()) <= {column.name for column in TABLES[name].columns}, name


def test_every_table_and_column_says_what_it_means_and_every_key_is_never_null():
    for table in TABLES.values():
        assert table.comment.endswith("."), table.name
        columns = {column.name: column for column in table.columns}
        assert all(column.comment.endswith(".") for column in table.columns), table.name
        assert all(not columns[name].nullable for name in table.key), table.name
        assert set(table.references) <= set(columns), table.name
        assert all(len(TABLES[other].key) == 1 or other == "contributions" for other in table.references.values())


TIMES = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2100, 1, 1))


@given(at=TIMES, detail=st.none() | st.text(), planned=st.booleans())
def test_a_row_survives_its_plain_form(at, detail, planned):
    row = Fetch(
        url="http://x.example/",
        attempted_at=at,
        outcome="fetched",
        kind="fetched",
        planned=planned,
        detail=detail,
        run_id="r",
    )
    assert from_plain(Fetch, to_plain(row)) == row


def test_a_column_that_an_older_journal_lacks_gets_its_default():
    plain = {
        "capture_id": "c", "url": "u", "ingested_at": "2026-01-02T03:04:05Z", "origin": "live",
        "record_type": "response", "payload_sha256": "0", "payload_bytes": 0, "warc_file": "f",
        "warc_offset": 0, "warc_length": 1,
    }  # fmt: skip
    row = from_plain(Capture, plain)
    assert row.etag is None
    assert row.ingested_at == dt.datetime(2026, 1, 2, 3, 4, 5)

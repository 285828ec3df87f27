-- Each statement breaks the tables of the demonstration in one way; the check that is named above it must find that.

-- authors_are_names
UPDATE participations SET name_as_printed = 'admin';

-- authors_are_names
UPDATE participations SET name_as_printed = 'https://example.org/ada';

-- authors_are_names
UPDATE people SET name = 'ReadAction';

-- authors_are_names
UPDATE organisations SET name = 'NewsArticle';

-- authors_are_names
UPDATE round_table_participants SET name_as_printed = 'By Ada Lind';

-- container_never_comes_from_a_response
UPDATE round_tables SET title = 'The last mile has a driver too';

-- container_never_comes_from_a_response
UPDATE evidence SET witness = 'running_text' WHERE record_type = 'round_tables' AND field = 'opened_on';

-- container_never_comes_from_a_response
UPDATE evidence SET capture_id = (SELECT capture_id FROM contributions WHERE role = 'response' LIMIT 1) WHERE
    record_type = 'round_table_participants';

-- dates_out_of_range_are_marked
UPDATE contribution_versions SET published_on = DATE '2011-01-01';

-- dates_out_of_range_are_marked
UPDATE round_tables SET closed_on = DATE '2020-01-01' WHERE round_table_id = 'night-bus';

-- every_chosen_value_has_evidence
DELETE FROM evidence WHERE field = 'text';

-- every_chosen_value_has_evidence
DELETE FROM evidence WHERE record_type = 'round_tables' AND field = 'title';

-- every_chosen_value_has_evidence
UPDATE evidence SET chosen = false WHERE field = 'sort_name';

-- every_chosen_value_has_evidence
DELETE FROM evidence WHERE field = 'language';

-- every_believed_witness_has_its_capture
UPDATE evidence SET capture_id = NULL WHERE witness = 'register';

-- every_believed_witness_has_its_capture
UPDATE evidence SET capture_id = 'c-0';

-- every_contribution_has_its_capture
UPDATE contributions SET capture_id = 'c-0';

-- nothing_is_published_after_its_capture
UPDATE contribution_versions SET published_on = DATE '2031-01-01';

-- nothing_is_published_after_its_capture
UPDATE contribution_versions SET published_at = '2031-01-01 10:00:00';

-- stages_balance
UPDATE stage_counts SET output = output + 1;

-- stages_balance
UPDATE stage_counts SET rejected = 1, output = output - 1 WHERE stage = 'authority';

-- stages_balance
DELETE FROM stage_counts WHERE stage = 'reconcile';

-- text_is_its_passages
DELETE FROM passages WHERE ordinal = 3;

-- what_is_withdrawn_is_gone
UPDATE contributions SET state = 'withdrawn';

-- a_correction_leaves_what_was_read
UPDATE evidence SET witness = 'correction', chosen = false;

-- storage_policy_is_honoured
UPDATE captures SET access = 'restricted';
UPDATE contributions SET storage_policy = 'metadata_only', text = '', standfirst = NULL;
UPDATE contribution_versions SET text = '', standfirst = NULL;
UPDATE passages SET in_text = false;
DELETE FROM evidence;
DELETE FROM relations;

-- storage_policy_is_honoured
UPDATE captures SET access = 'restricted';
UPDATE contributions SET storage_policy = 'excerpt', text = '';
UPDATE evidence SET value = 'Words' WHERE field = 'text';
DELETE FROM passages;

-- storage_policy_is_honoured
UPDATE captures SET access = 'restricted';
UPDATE contributions SET storage_policy = 'metadata_only', text = '', standfirst = NULL;
DELETE FROM passages;
DELETE FROM evidence;

-- storage_policy_is_honoured
UPDATE captures SET access = 'restricted';
INSERT INTO rejections BY NAME SELECT 'x' AS rejection_id, 'read' AS stage, 'no_article' AS code, capture_id, url, 'x' AS locator, 'Words' AS excerpt, 'x' AS reason FROM captures LIMIT 1;

-- storage_policy_is_honoured
UPDATE contributions SET storage_policy = 'metadata_only';

-- every_reference_leads_somewhere
DELETE FROM prompts;

-- every_reference_leads_somewhere
UPDATE relations SET from_id = 'nobody';

-- one_text_is_one_contribution
INSERT INTO contributions SELECT * REPLACE ('night-bus/q1/other' AS contribution_id) FROM contributions WHERE
    contribution_id = 'night-bus/q1/comfort-asabre';
INSERT INTO participations SELECT * REPLACE ('night-bus/q1/other' AS contribution_id) FROM participations
    WHERE contribution_id = 'night-bus/q1/comfort-asabre';

-- no_label_is_somebodys_text
UPDATE passages SET text = 'GILES THACKBURY' WHERE in_text AND ordinal = 2;

-- no_label_is_somebodys_text
UPDATE passages SET kind = 'label' WHERE in_text AND ordinal = 2;

-- no_label_is_somebodys_text
INSERT INTO rejections BY NAME SELECT p.locator AS rejection_id, 'discuss' AS stage, 'unknown_speaker' AS
    code, v.capture_id, v.url, p.locator, 'x' AS reason FROM passages AS p JOIN contribution_versions AS v
    USING (contribution_id, version) WHERE p.in_text AND contribution_id = 'night-bus/q1/comfort-asabre';

-- printed_words_stand_beside_values
UPDATE contribution_versions SET published_as_printed = NULL;

-- printed_words_stand_beside_values
UPDATE contribution_versions SET license_uri = 'x', rights_statement = NULL;

-- printed_words_stand_beside_values
UPDATE affiliations SET as_printed = ' ';

-- versions_follow_each_other
INSERT INTO contribution_versions SELECT * REPLACE (version + 1 AS version, TIMESTAMP '2020-01-01' AS
    first_captured_at) FROM contribution_versions WHERE contribution_id = 'night-bus/q1/comfort-asabre';

-- versions_follow_each_other
INSERT INTO contribution_versions SELECT * REPLACE (version + 2 AS version) FROM contribution_versions WHERE
    contribution_id = 'night-bus/q1/comfort-asabre';

-- versions_follow_each_other
INSERT INTO contribution_versions SELECT * REPLACE (version + 1 AS version) FROM contribution_versions WHERE
    contribution_id = 'night-bus/q1/comfort-asabre';

-- versions_follow_each_other
UPDATE contribution_versions SET last_captured_at = TIMESTAMP '2020-01-01';

-- ordinals_have_no_gaps
UPDATE participations SET position = position + 5;

-- ordinals_have_no_gaps
UPDATE affiliations SET ordinal = 2;

-- ordinals_have_no_gaps
DELETE FROM passages WHERE ordinal = 2;

-- ordinals_have_no_gaps
UPDATE round_table_participants SET ordinal = 20 WHERE ordinal = 2;

-- every_alias_leads_somewhere
INSERT INTO id_aliases VALUES ('a', 'b', 'merge'), ('b', 'c', 'merge');

-- every_alias_leads_somewhere
INSERT INTO id_aliases VALUES ('a', 'b', 'merge'), ('b', 'a', 'merge');

-- every_alias_leads_somewhere
INSERT INTO id_aliases VALUES ('night-bus/q1/comfort-asabre', 'night-bus/q1', 'merge');

-- nobody_sits_twice
UPDATE round_table_participants SET person_id = 'night-bus/people/hal-winterbrook' WHERE person_id = 'night-bus/people/comfort-asabre';

-- nobody_sits_twice
UPDATE participations SET person_id = 'night-bus/people/hal-winterbrook' WHERE person_id = 'night-bus/people/sunniva-rostad';

-- relations_lead_somewhere
UPDATE relations SET to_id = 'nobody' WHERE to_id IS NOT NULL;

-- relations_lead_somewhere
UPDATE relations SET type = 'responds_to', to_kind = 'prompt', to_id = 'stairwell/q1', to_as_printed = NULL,
    to_url = NULL WHERE from_id LIKE 'night-bus/%';

-- times_are_possible
UPDATE captures SET captured_at = TIMESTAMP '1970-01-01';

-- times_are_possible
UPDATE captures SET captured_at = ingested_at + INTERVAL 2 DAY;

-- times_are_possible
UPDATE contribution_versions SET published_at = published_at - INTERVAL 3 DAY;

-- times_are_possible
UPDATE authority_decisions SET decided_at = TIMESTAMP '1970-01-01';

-- an_agent_is_one_thing
UPDATE participations SET agent_kind = 'institution';

-- an_agent_is_one_thing
UPDATE participations SET organisation_id = 'organisations/early-house';

-- an_agent_is_one_thing
UPDATE round_table_participants SET person_id = NULL;

-- nothing_is_joined_without_a_decision
UPDATE authority_decisions SET state = 'undone' WHERE kind = 'same';

-- nothing_is_joined_without_a_decision
DELETE FROM authority_subjects WHERE decision_id = 'o-1';

-- nothing_is_joined_without_a_decision
DELETE FROM authority_subjects WHERE decision_id = 'i-1';

-- nothing_is_joined_without_a_decision
INSERT INTO identifiers SELECT * REPLACE ('night-bus/people/hal-winterbrook' AS entity_id) FROM identifiers;

-- nothing_is_joined_without_a_decision
UPDATE round_table_participants SET organisation_id = 'night-bus/organisations/tallow-wick-foundation' WHERE
    organisation_id = 'stairwell/organisations/tallow-wick-foundation';

-- announced_is_found
UPDATE round_tables SET announced_people = 12 WHERE round_table_id = 'night-bus';

-- announced_is_found
UPDATE round_tables SET announced_entries = 12 WHERE round_table_id = 'night-bus';

-- a_page_never_loses_answers
UPDATE contribution_versions SET last_captured_at = last_captured_at - INTERVAL 1 DAY WHERE contribution_id =
    'night-bus/q1/comfort-asabre';

-- A round table's title is its own: never that of one of its contributions, never chosen on a contribution's word.
SELECT r.round_table_id, r.title, c.contribution_id AS taken_from
FROM round_tables AS r
JOIN contributions AS c ON c.round_table_id = r.round_table_id AND lower(c.title) = lower(r.title) AND c.role = 'response'
UNION ALL
SELECT record_id, value, evidence_id
FROM evidence
WHERE record_type = 'round_tables' AND chosen AND witness NOT IN ('register');

-- A relation leads to a row that is there; a response answers something of its own round table, or of one that its page names.
WITH targets AS (
    SELECT 'contribution' AS kind, contribution_id AS id, round_table_id FROM contributions
    UNION ALL
    SELECT 'prompt', prompt_id, round_table_id FROM prompts
    UNION ALL
    SELECT 'round_table', round_table_id, round_table_id FROM round_tables
    UNION ALL
    SELECT 'person', person_id, NULL FROM people
)
SELECT r.relation_id, r.type, r.to_kind, r.to_id
FROM relations AS r
JOIN contributions AS c ON c.contribution_id = r.from_id
LEFT JOIN targets AS t ON t.kind = r.to_kind AND t.id = r.to_id
WHERE r.to_id IS NOT NULL
  AND (
    t.id IS NULL
    OR (
        r.type = 'responds_to' AND t.round_table_id IS DISTINCT FROM c.round_table_id
        AND coalesce(r.to_as_printed, r.to_url) IS NULL
    )
  );

-- An answer is dated within a year of its round table, as the register dates it, or its date is marked as one to be doubted.
WITH opened AS (
    SELECT record_id, CAST(value AS DATE) AS opened_on
    FROM evidence
    WHERE record_type = 'round_tables' AND field = 'opened_on' AND witness = 'register'
)
SELECT v.contribution_id, v.version, v.published_on, o.opened_on, r.closed_on
FROM contribution_versions AS v
JOIN round_tables AS r USING (round_table_id)
LEFT JOIN opened AS o ON o.record_id = r.round_table_id
WHERE v.role IN ('lead', 'response', 'introduction', 'statement', 'call')
  AND v.published_doubt IS NULL
  AND v.published_basis IS DISTINCT FROM 'correction'
  AND (v.published_on < o.opened_on - 366 OR v.published_on > r.closed_on + 366);

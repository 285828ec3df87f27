-- An answer is dated within a year of its round table, or its date is marked as one to be doubted.
SELECT v.contribution_id, v.version, v.published_on, r.opened_on, r.closed_on
FROM contribution_versions AS v
JOIN round_tables AS r USING (round_table_id)
WHERE v.role IN ('lead', 'response', 'introduction', 'statement', 'call')
  AND v.published_doubt IS NULL
  AND v.published_basis IS DISTINCT FROM 'correction'
  AND (v.published_on < r.opened_on - 366 OR v.published_on > r.closed_on + 366);

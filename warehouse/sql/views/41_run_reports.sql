-- What each run came to: round tables visited and failed, pages due, new, changed, unchanged, refused, failed, rejected.
-- Example: FROM run_reports ORDER BY started_at DESC LIMIT 10;
CREATE VIEW run_reports AS
WITH visited AS (
    SELECT run_id, count(*) AS round_tables, count(*) FILTER (outcome <> 'succeeded') AS round_tables_failed,
           sum(new) AS new, sum(changed) AS changed
    FROM visits
    GROUP BY run_id
),
rejected AS (
    SELECT run_id, count(*) AS rejected FROM run_report_lines WHERE what = 'rejected' GROUP BY run_id
)
SELECT
    r.run_id,
    r.command,
    r.started_at,
    r.ended_at,
    coalesce(v.round_tables, 0) AS round_tables,
    coalesce(v.round_tables_failed, 0) AS round_tables_failed,
    r.due,
    r.fetched,
    coalesce(v.new, 0)::BIGINT AS new,
    coalesce(v.changed, 0)::BIGINT AS changed,
    r.unchanged,
    r.refused,
    r.failed,
    coalesce(j.rejected, 0) AS rejected
FROM runs AS r
LEFT JOIN visited AS v USING (run_id)
LEFT JOIN rejected AS j USING (run_id);

-- Every address that we know of and how far we got: never_tried, refused, failed, captured_without_answer, captured.
-- Example: SELECT status, count(*) FROM target_status GROUP BY status;
CREATE VIEW target_status AS
WITH RECURSIVE carried AS (
    SELECT m.url FROM manifestations AS m JOIN contributions AS c USING (contribution_id) WHERE c.role <> 'comment'
    UNION
    -- What leads there carries it as well.
    SELECT c.redirected_from AS url FROM captures AS c JOIN carried USING (url) WHERE c.redirected_from IS NOT NULL
),
last_try AS (
    SELECT url, max(attempted_at) AS attempted_at, arg_max(outcome, attempted_at) AS outcome,
           arg_max(detail, attempted_at) AS detail
    FROM fetches
    GROUP BY url
)
SELECT
    t.round_table_id,
    t.url,
    t.expected_role,
    CASE
        WHEN t.state <> 'captured' THEN t.state
        WHEN t.url IN (FROM carried) OR t.expected_role IN ('landing', 'index') THEN 'captured'
        ELSE 'captured_without_answer'
    END AS status,
    l.outcome AS last_outcome,
    l.attempted_at AS last_attempted_at,
    l.detail AS last_detail,
    t.source
FROM targets AS t
LEFT JOIN last_try AS l USING (url);

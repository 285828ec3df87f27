-- What a run met, a line for each page: new, changed, refused or failed pages, and what was rejected in them, with why.
-- Example: FROM run_report_lines WHERE what IN ('failed', 'rejected');
CREATE VIEW run_report_lines AS
WITH last_try AS (
    FROM fetches
    WHERE named_by IS NOT NULL OR kind IN ('refused', 'failed')
    QUALIFY row_number() OVER (PARTITION BY run_id, url ORDER BY attempted_at DESC) = 1
)
SELECT
    f.run_id,
    CASE
        WHEN f.kind <> 'fetched' THEN f.kind
        WHEN EXISTS (
            FROM captures AS c
            WHERE c.url = f.url AND c.status = 200 AND c.run_id IS DISTINCT FROM f.run_id AND c.ingested_at < f.attempted_at
        ) THEN 'changed'
        ELSE 'new'
    END AS what,
    t.round_table_id,
    f.url,
    f.outcome AS code,
    f.detail AS why,
    f.planned,
    f.capture_id
FROM last_try AS f
LEFT JOIN targets AS t USING (url)
WHERE f.kind <> 'unchanged'
    -- That a host has no robots.txt allows everything, and is no failure.
    AND NOT (f.kind = 'failed' AND f.planned)
    -- An address that leads on as it did before is nothing new.
    AND NOT (f.outcome = 'redirected' AND EXISTS (
        FROM captures AS c
        WHERE c.url = f.url AND c.status BETWEEN 300 AND 399 AND c.run_id IS DISTINCT FROM f.run_id
            AND c.ingested_at < f.attempted_at
    ))
UNION ALL
SELECT c.run_id, 'rejected', t.round_table_id, r.url, r.code, r.reason, false, r.capture_id
FROM rejections AS r
JOIN captures AS c USING (capture_id)
LEFT JOIN targets AS t ON t.url = r.url
WHERE c.run_id IS NOT NULL;

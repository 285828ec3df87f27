-- What a page of answers once held stands in its newest capture, too; what went missing stays in the tables.
WITH newest AS (
    SELECT c.url, max(c.captured_at) AS captured_at
    FROM captures AS c
    WHERE c.capture_id IN (SELECT capture_id FROM contribution_versions)
    GROUP BY c.url
),
seen AS (
    SELECT v.contribution_id, c.url, max(v.last_captured_at) AS last_captured_at
    FROM contribution_versions AS v
    JOIN captures AS c USING (capture_id)
    WHERE v.ordinal IS NOT NULL AND v.state = 'available'
    GROUP BY ALL
),
current_page AS (
    SELECT s.url, max(s.last_captured_at) AS last_captured_at FROM seen AS s GROUP BY s.url
)
SELECT s.url, s.contribution_id, s.last_captured_at
FROM seen AS s
JOIN current_page AS p USING (url)
JOIN newest AS n USING (url)
WHERE s.last_captured_at < greatest(p.last_captured_at, n.captured_at);

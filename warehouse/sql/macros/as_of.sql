-- Every contribution as it stood at the end of a day (UTC); captures without a time count as older than all others.
-- Example: SELECT contribution_id, title FROM as_of(DATE '2026-12-31');
CREATE MACRO as_of(day) AS TABLE
SELECT * EXCLUDE (newest)
FROM (
    SELECT *, row_number() OVER (PARTITION BY contribution_id ORDER BY version DESC) AS newest
    FROM contribution_versions
    WHERE first_captured_at IS NULL OR first_captured_at < CAST(day AS DATE) + INTERVAL 1 DAY
)
WHERE newest = 1;

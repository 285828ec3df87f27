-- No text was published later than a day after it was captured.
SELECT v.contribution_id, v.version, v.published_on, v.published_at, v.first_captured_at
FROM contribution_versions AS v
WHERE v.published_on > CAST(v.first_captured_at AS DATE) + 1
   OR v.published_at > v.first_captured_at + INTERVAL 1 DAY;

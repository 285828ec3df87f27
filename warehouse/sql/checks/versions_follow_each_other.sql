-- The versions of a contribution are numbered from 1, none was seen before the one above it was seen last, and the newest is the current one.
SELECT contribution_id, version, 'span' AS wrong
FROM contribution_versions
WHERE first_captured_at > last_captured_at
UNION ALL
SELECT later.contribution_id, later.version, 'overlap'
FROM contribution_versions AS later
JOIN contribution_versions AS earlier
    ON earlier.contribution_id = later.contribution_id AND earlier.version = later.version - 1
WHERE later.first_captured_at < earlier.last_captured_at
UNION ALL
SELECT contribution_id, max(version), 'numbers'
FROM contribution_versions
GROUP BY contribution_id
HAVING max(version) <> count(*) OR min(version) <> 1
UNION ALL
SELECT c.contribution_id, c.version, 'current'
FROM contributions AS c
LEFT JOIN (SELECT contribution_id, max(version) AS newest FROM contribution_versions GROUP BY ALL) AS v USING (contribution_id)
WHERE c.version IS DISTINCT FROM v.newest;

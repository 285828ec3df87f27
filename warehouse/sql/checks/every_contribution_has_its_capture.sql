-- Every contribution, and every version of it, was read from a capture that is there.
SELECT contribution_id, capture_id FROM contributions WHERE capture_id NOT IN (SELECT capture_id FROM captures)
UNION ALL
SELECT contribution_id, capture_id FROM contribution_versions WHERE capture_id NOT IN (SELECT capture_id FROM captures);

-- A contribution as it stood at an instant (UTC), as in Memento; any time resolves, one before the first capture to the
-- first version. Example: FROM version_at('stairwell/q1/ines-m-delrosal', TIMESTAMP '2024-06-01 12:00:00');
CREATE MACRO version_at(contribution, instant) AS TABLE
SELECT *
FROM contribution_versions
WHERE contribution_id = current_id(contribution)
ORDER BY
    coalesce(first_captured_at, TIMESTAMP '0001-01-01') <= instant DESC,
    CASE WHEN coalesce(first_captured_at, TIMESTAMP '0001-01-01') <= instant THEN -version ELSE version END
LIMIT 1;

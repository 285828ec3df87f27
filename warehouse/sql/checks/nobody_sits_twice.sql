-- In one line-up nobody stands in two entries, and nobody signs a contribution twice.
SELECT round_table_id AS stands_in, coalesce(person_id, organisation_id) AS agent
FROM round_table_participants
WHERE role = 'respondent'
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT contribution_id, coalesce(person_id, organisation_id)
FROM participations
GROUP BY contribution_id, version, coalesce(person_id, organisation_id)
HAVING count(*) > 1 AND coalesce(person_id, organisation_id) IS NOT NULL;

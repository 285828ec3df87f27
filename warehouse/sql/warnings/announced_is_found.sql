-- As many people and entries stand in a line-up as were announced.
WITH found AS (
    SELECT round_table_id, count(person_id) AS people, count(DISTINCT entry) AS entries
    FROM round_table_participants
    WHERE role = 'respondent'
    GROUP BY round_table_id
)
SELECT r.round_table_id, r.announced_as_printed, r.announced_people, f.people, r.announced_entries, f.entries
FROM round_tables AS r
LEFT JOIN found AS f USING (round_table_id)
WHERE coalesce(f.people, 0) <> r.announced_people OR coalesce(f.entries, 0) <> r.announced_entries;

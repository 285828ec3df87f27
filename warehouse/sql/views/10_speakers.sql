-- One row per current contribution: its speakers' names in order, joined. Example: FROM speakers WHERE names LIKE '%Meer%';
CREATE VIEW speakers AS
SELECT
    contribution_id,
    string_agg(name_as_printed, ', ' ORDER BY position) AS names,
    list(person_id ORDER BY position) AS person_ids
FROM participations
JOIN contributions USING (contribution_id, version)
GROUP BY contribution_id;

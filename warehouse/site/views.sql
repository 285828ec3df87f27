-- Views that exist only while a site is written: what several kinds of page ask for, said once.

-- A contribution as lists show it: everything but its words.
CREATE TEMP VIEW site_listed AS
SELECT c.contribution_id, c.round_table_id, c.prompt_id, c.role, c.entry, c.ordinal, c.title, c.word_count,
       c.language, c.published_on, c.published_edtf, c.published_as_printed, c.published_doubt, c.state,
       c.withdrawn_on, c.version, c.storage_policy, s.names
FROM contributions AS c
LEFT JOIN speakers AS s USING (contribution_id);

-- What each person or organisation says itself.
CREATE TEMP VIEW site_spoken AS
SELECT CASE WHEN pa.person_id IS NULL THEN 'organisations' ELSE 'people' END AS kind,
       coalesce(pa.person_id, pa.organisation_id) AS agent,
       pa.name_as_printed, pa.role_description, pa.bio, l.*
FROM participations AS pa
JOIN site_listed AS l USING (contribution_id, version);

-- The places that each has in line-ups.
CREATE TEMP VIEW site_seats AS
SELECT CASE WHEN e.person_id IS NULL THEN 'organisations' ELSE 'people' END AS kind,
       coalesce(e.person_id, e.organisation_id) AS agent,
       e.*, r.title AS round_table, r.opened_on
FROM round_table_participants AS e
JOIN round_tables AS r USING (round_table_id);

-- Affiliations as printed, seen from the person and from the organisation.
CREATE TEMP VIEW site_affiliations AS
WITH printed AS (
    SELECT DISTINCT pa.person_id, pa.name_as_printed, af.as_printed, af.organisation_id
    FROM affiliations AS af
    JOIN participations AS pa USING (contribution_id, version, position)
)
SELECT DISTINCT 'people' AS kind, person_id AS agent, NULL AS person_id, NULL AS name_as_printed, as_printed, organisation_id
FROM printed
WHERE person_id IS NOT NULL
UNION ALL
SELECT 'organisations', organisation_id, person_id, name_as_printed, as_printed, organisation_id
FROM printed
WHERE organisation_id IS NOT NULL;

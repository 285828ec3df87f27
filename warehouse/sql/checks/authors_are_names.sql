-- Nobody is called after an address, an account, a byline's own words or a type of schema.org.
WITH names AS (
    SELECT contribution_id AS record_id, name_as_printed AS name FROM participations
    UNION ALL
    SELECT round_table_id, name_as_printed FROM round_table_participants
    UNION ALL
    SELECT person_id, name FROM people
    UNION ALL
    SELECT organisation_id, name FROM organisations
)
SELECT record_id, name
FROM names
WHERE trim(name) = ''
   OR regexp_matches(name, '(?i)https?:|www\.|@|^by:?\s|\|')
   OR regexp_matches(
       name,
       '^(?i:admin|administrator|editor|webmaster|null|none|undefined|unknown)$'
       || '|^([A-Z][a-z]+)+Action$'
       || '|^(Thing|Person|Organization|NewsMediaOrganization|Corporation|NGO|Brand|CreativeWork|Article|NewsArticle|BlogPosting|WebPage|WebSite|Question|Answer|Comment|ImageObject|Role)$'
   );

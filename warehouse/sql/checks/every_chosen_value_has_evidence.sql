-- Whatever a contribution, a prompt, a round table or a name says stands on at least one believed witness.
WITH fields AS (
    SELECT 'contributions' AS record_type, contribution_id AS record_id, version, field, value
    FROM (
        UNPIVOT (
            SELECT contribution_id, version, text, title, standfirst, kicker, language, published_as_printed,
                   published_edtf, funding_statement, rights_statement, round_table_id, prompt_id, CAST(role AS VARCHAR) AS role
            FROM contribution_versions
            WHERE state = 'available' AND storage_policy = 'full_text'
        )
        ON COLUMNS(* EXCLUDE (contribution_id, version)) INTO NAME field VALUE value
    )
    UNION ALL
    SELECT 'contributions', contribution_id, version, 'name_as_printed', name_as_printed FROM participations
    UNION ALL
    SELECT 'prompts', prompt_id, NULL, 'text', text FROM prompts WHERE text IS NOT NULL
    UNION ALL
    SELECT 'round_tables', round_table_id, NULL, 'title', title FROM round_tables
    UNION ALL
    SELECT 'people', person_id, NULL, 'sort_name', sort_name FROM people
    UNION ALL
    SELECT 'organisations', organisation_id, NULL, 'name', name FROM organisations
)
SELECT record_type, record_id, version, field
FROM fields AS f
WHERE value <> '' AND NOT EXISTS (
    FROM evidence AS e
    WHERE e.record_type = f.record_type AND e.record_id = f.record_id AND e.version IS NOT DISTINCT FROM f.version
      AND e.field = f.field AND e.chosen
);

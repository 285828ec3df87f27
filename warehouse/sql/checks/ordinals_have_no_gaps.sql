-- What is counted is counted from 1 without a gap.
WITH counted AS (
    SELECT 'participations' AS stands_in, contribution_id || '@' || version AS record_id, position AS number FROM participations
    UNION ALL
    SELECT 'affiliations', contribution_id || '@' || version || '#' || position, ordinal FROM affiliations
    UNION ALL
    SELECT 'passages', contribution_id || '@' || version, ordinal FROM passages
    UNION ALL
    SELECT 'media', contribution_id || '@' || version, ordinal FROM media
    UNION ALL
    SELECT 'round_table_participants', round_table_id || ' ' || role || ' ' || entry, position FROM round_table_participants
    UNION ALL
    SELECT DISTINCT 'line-up', round_table_id || ' ' || role, ordinal FROM round_table_participants
    UNION ALL
    SELECT 'authority_subjects', decision_id, position FROM authority_subjects
)
SELECT stands_in, record_id, count(*) AS counted, max(number) AS last
FROM counted
GROUP BY ALL
HAVING max(number) <> count(*) OR min(number) <> 1;

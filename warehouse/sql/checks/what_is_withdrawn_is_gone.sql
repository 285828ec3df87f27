-- Of a withdrawn contribution nothing is left but its tombstone, and no capture that holds it is open.
WITH gone AS (SELECT contribution_id AS id, capture_id FROM contributions WHERE state = 'withdrawn')
SELECT 'contributions' AS stands_in, contribution_id
FROM (
    SELECT contribution_id, state, text, title, standfirst, kicker, published_as_printed, funding_statement, withdrawn_on
    FROM contributions
    UNION ALL
    SELECT contribution_id, state, text, title, standfirst, kicker, published_as_printed, funding_statement, withdrawn_on
    FROM contribution_versions
)
WHERE contribution_id IN (SELECT id FROM gone)
  AND (
    state <> 'withdrawn' OR withdrawn_on IS NULL OR text <> ''
    OR coalesce(title, standfirst, kicker, published_as_printed, funding_statement) IS NOT NULL
  )
UNION ALL
SELECT 'passages', contribution_id FROM passages WHERE contribution_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'participations', contribution_id FROM participations WHERE contribution_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'affiliations', contribution_id FROM affiliations WHERE contribution_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'media', contribution_id FROM media WHERE contribution_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'citations', contribution_id FROM citations WHERE contribution_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'relations', from_id FROM relations WHERE from_id IN (SELECT id FROM gone)
UNION ALL
SELECT 'evidence', record_id
FROM evidence
WHERE record_type IN ('contributions', 'participations', 'affiliations', 'media') AND split_part(record_id, '#', 1) IN (SELECT id FROM gone)
UNION ALL
SELECT 'captures', capture_id FROM captures WHERE access <> 'sealed' AND capture_id IN (SELECT capture_id FROM gone);

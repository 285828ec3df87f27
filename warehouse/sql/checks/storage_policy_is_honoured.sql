-- What may not be shown is not there: of an excerpt no more than 300 words, of metadata alone no words, and no open capture.
WITH versions AS (
    SELECT contribution_id, storage_policy, text, standfirst, capture_id FROM contributions
    UNION ALL
    SELECT contribution_id, storage_policy, text, standfirst, capture_id FROM contribution_versions
)
SELECT v.contribution_id, v.storage_policy
FROM versions AS v
LEFT JOIN captures AS c USING (capture_id)
WHERE v.storage_policy <> 'full_text'
  AND (
    c.access = 'open'
    OR len(regexp_extract_all(v.text, '[^\s…]+')) > 300
    OR (
        v.storage_policy = 'metadata_only'
        AND (
            v.text <> '' OR v.standfirst IS NOT NULL
            OR v.contribution_id IN (SELECT contribution_id FROM passages)
        )
    )
  );

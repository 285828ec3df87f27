-- What may not be shown is nowhere: of an excerpt no more than 300 words, of metadata alone no words, of neither an open capture.
WITH versions AS (
    SELECT contribution_id, storage_policy, text, standfirst, capture_id FROM contributions
    UNION ALL
    SELECT contribution_id, storage_policy, text, standfirst, capture_id FROM contribution_versions
),
kept_back AS (
    SELECT contribution_id, storage_policy, capture_id FROM versions WHERE storage_policy <> 'full_text'
),
bare AS (
    SELECT contribution_id FROM kept_back WHERE storage_policy = 'metadata_only'
)
SELECT contribution_id, 'an open capture' AS wrong
FROM kept_back
WHERE capture_id IN (SELECT capture_id FROM captures WHERE access = 'open')
UNION ALL
SELECT contribution_id, 'more than an excerpt'
FROM versions
WHERE storage_policy <> 'full_text' AND len(regexp_extract_all(text, '[^\s…]+')) > 300
UNION ALL
SELECT contribution_id, 'words of the text'
FROM versions
WHERE storage_policy = 'metadata_only' AND (text <> '' OR standfirst IS NOT NULL)
UNION ALL
SELECT contribution_id, 'a passage'
FROM passages
WHERE contribution_id IN (SELECT contribution_id FROM bare)
   OR (NOT in_text AND contribution_id IN (SELECT contribution_id FROM kept_back))
UNION ALL
SELECT record_id, 'the text as evidence'
FROM evidence
WHERE record_type = 'contributions' AND value NOT LIKE 'sha256:%'
  AND (
    (field = 'text' AND record_id IN (SELECT contribution_id FROM kept_back))
    OR (field = 'standfirst' AND record_id IN (SELECT contribution_id FROM bare))
  )
UNION ALL
SELECT from_id, 'a quotation' FROM relations WHERE quote IS NOT NULL AND from_id IN (SELECT contribution_id FROM bare)
UNION ALL
SELECT rejection_id, 'an excerpt of a page'
FROM rejections
WHERE excerpt IS NOT NULL AND capture_id IN (SELECT capture_id FROM captures WHERE access = 'restricted');

-- The text of a version is its in_text passages, joined by a blank line.
SELECT v.contribution_id, v.version
FROM contribution_versions AS v
LEFT JOIN (
    SELECT contribution_id, version, string_agg(text, chr(10) || chr(10) ORDER BY ordinal) AS joined
    FROM passages
    WHERE in_text
    GROUP BY ALL
) AS p USING (contribution_id, version)
WHERE v.text IS DISTINCT FROM coalesce(p.joined, '');

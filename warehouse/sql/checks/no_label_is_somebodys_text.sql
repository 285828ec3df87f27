-- The name under which somebody speaks, known or not, is never part of what another one says.
SELECT p.contribution_id, p.version, p.ordinal, p.text
FROM passages AS p
JOIN contribution_versions AS v USING (contribution_id, version)
WHERE p.in_text
  AND (
    p.kind = 'label'
    OR EXISTS (
        FROM round_table_participants AS r
        WHERE r.round_table_id = v.round_table_id AND r.role = 'respondent' AND lower(r.name_as_printed) = lower(p.text)
    )
    OR EXISTS (
        FROM rejections AS r
        WHERE r.code = 'unknown_speaker' AND r.capture_id = v.capture_id AND r.locator = p.locator
    )
  );

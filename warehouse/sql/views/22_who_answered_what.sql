-- Who answered what, as long rows: answered, silent (the page was captured whole, without this entry, or says that it did not answer), or unknown
-- (the page was not captured whole, so silence cannot be told), or withdrawn. Example: FROM who_answered_what WHERE state = 'silent';
CREATE VIEW who_answered_what AS
WITH whole AS (
    SELECT DISTINCT w.prompt_id
    FROM prompt_wordings AS w
    WHERE w.kind = 'page'
      AND NOT EXISTS (FROM rejections AS r WHERE r.capture_id = w.capture_id)
),
entries AS (
    SELECT round_table_id, entry, ordinal, string_agg(name_as_printed, ' & ' ORDER BY position) AS names
    FROM round_table_participants
    WHERE role = 'respondent'
    GROUP BY round_table_id, entry, ordinal
)
SELECT
    p.round_table_id,
    p.prompt_id,
    p.ordinal AS prompt_ordinal,
    p.text AS prompt,
    e.entry,
    e.ordinal AS entry_ordinal,
    e.names,
    CASE
        WHEN c.state = 'withdrawn' THEN 'withdrawn'
        WHEN s.non_response THEN 'silent'
        WHEN c.contribution_id IS NOT NULL THEN 'answered'
        WHEN p.prompt_id IN (FROM whole) THEN 'silent'
        ELSE 'unknown'
    END AS state,
    c.word_count,
    c.contribution_id
FROM prompts AS p
JOIN entries AS e USING (round_table_id)
LEFT JOIN contributions AS c
    ON c.prompt_id = p.prompt_id AND c.entry = e.entry AND c.role = 'response'
    AND c.contribution_id NOT IN (SELECT from_id FROM relations WHERE type = 'translates' AND to_kind = 'contribution')
LEFT JOIN stances AS s
    ON s.contribution_id = c.contribution_id AND s.version = c.version
WHERE p.kind IN ('question', 'statement');

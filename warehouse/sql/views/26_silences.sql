-- Who was asked and did not answer: entries of a line-up that are missing from a page that was captured whole, or of which
-- the page says so. Example: FROM silences WHERE round_table_id = 'night-bus';
CREATE VIEW silences AS
SELECT round_table_id, prompt_id, prompt_ordinal, prompt, entry, names, contribution_id IS NOT NULL AS is_printed
FROM who_answered_what
WHERE state = 'silent';

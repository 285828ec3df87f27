-- Who answered what in one round table, as long rows. Example: FROM matrix('future-of-work');
CREATE MACRO matrix(round_table) AS TABLE
SELECT prompt_ordinal, prompt_id, entry_ordinal, names, state, word_count, contribution_id
FROM who_answered_what
WHERE round_table_id = current_id(round_table)
ORDER BY prompt_ordinal, prompt_id, entry_ordinal;

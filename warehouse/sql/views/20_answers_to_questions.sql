-- All answers to one question: FROM answers_to_questions WHERE prompt_id = '...' ORDER BY ordinal;
CREATE VIEW answers_to_questions AS
SELECT
    c.round_table_id,
    c.prompt_id,
    p.ordinal AS prompt_ordinal,
    p.text AS prompt,
    c.ordinal,
    c.role,
    s.names,
    c.word_count,
    c.text,
    c.contribution_id,
    c.state
FROM contributions AS c
JOIN prompts AS p USING (prompt_id)
LEFT JOIN speakers AS s USING (contribution_id);

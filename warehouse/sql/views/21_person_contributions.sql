-- One person across questions: FROM person_contributions WHERE name = 'Shawna Bader-Blau' ORDER BY published_on;
CREATE VIEW person_contributions AS
SELECT
    pe.person_id,
    pe.name,
    pe.sort_name,
    pa.name_as_printed,
    c.round_table_id,
    c.prompt_id,
    pr.text AS prompt,
    c.role,
    c.published_on,
    c.title,
    c.word_count,
    c.text,
    c.contribution_id
FROM people AS pe
JOIN participations AS pa USING (person_id)
JOIN contributions AS c USING (contribution_id, version)
LEFT JOIN prompts AS pr USING (prompt_id);

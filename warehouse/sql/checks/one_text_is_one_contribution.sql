-- Inside one round table and prompt, one text of the same speakers is one contribution, whatever addresses carry it.
WITH spoken AS (
    SELECT c.contribution_id, c.round_table_id, c.prompt_id, md5(c.text) AS digest, s.names
    FROM contributions AS c
    JOIN (
        SELECT contribution_id, version, string_agg(lower(name_as_printed), '; ' ORDER BY lower(name_as_printed)) AS names
        FROM participations
        GROUP BY ALL
    ) AS s USING (contribution_id, version)
    WHERE c.round_table_id IS NOT NULL AND c.word_count > 40 AND c.storage_policy = 'full_text'
)
SELECT round_table_id, prompt_id, names, list(contribution_id ORDER BY contribution_id) AS contributions
FROM spoken
GROUP BY round_table_id, prompt_id, names, digest
HAVING count(*) > 1;

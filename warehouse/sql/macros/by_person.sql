-- What one person said, whatever the question; part of a name is enough. Example: FROM by_person('Bader');
CREATE MACRO by_person(name) AS TABLE
SELECT pc.name, pc.round_table_id, pc.prompt, pc.role, pc.published_on, pc.title, pc.word_count, pc.text, pc.contribution_id
FROM person_contributions AS pc
WHERE contains(strip_accents(lower(pc.name)), strip_accents(lower(name)))
   OR contains(strip_accents(lower(pc.name_as_printed)), strip_accents(lower(name)))
ORDER BY lower(strip_accents(pc.sort_name)), pc.sort_name, pc.published_on, pc.contribution_id;

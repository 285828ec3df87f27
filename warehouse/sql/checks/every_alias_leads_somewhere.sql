-- An id that is used no longer leads, over any number of aliases and in no circle, to one that is used; and is used no longer.
WITH RECURSIVE ids AS (
    SELECT contribution_id AS id FROM contributions
    UNION ALL
    SELECT prompt_id FROM prompts
    UNION ALL
    SELECT round_table_id FROM round_tables
    UNION ALL
    SELECT person_id FROM people
    UNION ALL
    SELECT organisation_id FROM organisations
),
leads AS (
    SELECT alias, id FROM id_aliases
    UNION
    SELECT l.alias, a.id FROM leads AS l JOIN id_aliases AS a ON a.alias = l.id
)
SELECT alias, 'nowhere' AS leads
FROM leads
GROUP BY alias
HAVING NOT bool_or(id IN (SELECT id FROM ids))
UNION ALL
SELECT alias, 'in a circle' FROM leads WHERE alias = id
UNION ALL
SELECT alias, 'although it is used' FROM id_aliases WHERE alias IN (SELECT id FROM ids);

-- Who speaks in two round tables, and what an affiliation names, stands on a decision of a person; so does every reviewed identifier, which is nobody else's.
WITH places AS (
    SELECT person_id AS id, round_table_id AS place FROM round_table_participants WHERE person_id IS NOT NULL
    UNION
    SELECT organisation_id, round_table_id FROM round_table_participants WHERE organisation_id IS NOT NULL
    UNION
    SELECT coalesce(p.person_id, p.organisation_id), coalesce(c.round_table_id, c.contribution_id)
    FROM participations AS p
    JOIN contributions AS c USING (contribution_id)
    WHERE coalesce(p.person_id, p.organisation_id) IS NOT NULL
),
decided AS (
    SELECT s.part, coalesce(a.id, s.entity_id) AS id
    FROM authority_subjects AS s
    JOIN authority_decisions AS d USING (decision_id)
    LEFT JOIN id_aliases AS a ON a.alias = s.entity_id
    WHERE d.state = 'standing'
)
SELECT id, 'joined' AS what
FROM places
GROUP BY id
HAVING count(*) > 1 AND id NOT IN (SELECT id FROM decided WHERE part IN ('stays', 'joins'))
UNION ALL
SELECT organisation_id, 'affiliation'
FROM affiliations
WHERE organisation_id IS NOT NULL AND organisation_id NOT IN (SELECT id FROM decided WHERE part = 'affiliated')
UNION ALL
SELECT entity_id, scheme || ':' || value
FROM identifiers
WHERE status = 'reviewed' AND entity_id NOT IN (SELECT id FROM decided WHERE part = 'identified')
UNION ALL
SELECT min(entity_id), scheme || ':' || value
FROM identifiers
WHERE status = 'reviewed'
GROUP BY scheme, value
HAVING count(*) > 1;

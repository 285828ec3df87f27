-- Whoever speaks is a person or an organisation, as the kind of agent says, and never both.
SELECT contribution_id, version, position, agent_kind, person_id, organisation_id
FROM participations
WHERE (person_id IS NOT NULL AND organisation_id IS NOT NULL)
   OR (agent_kind = 'person' AND organisation_id IS NOT NULL)
   OR (agent_kind <> 'person' AND person_id IS NOT NULL)
   OR (agent_kind IN ('institution', 'collective') AND organisation_id IS NULL)
UNION ALL
SELECT round_table_id, NULL, position, entry, person_id, organisation_id
FROM round_table_participants
WHERE (person_id IS NULL) = (organisation_id IS NULL);

-- A round table's title, dates and people are its own: the title is no answer's title, and nothing of it is believed on the word of a page that answers.
WITH answers AS (
    SELECT DISTINCT round_table_id, capture_id, title FROM contributions WHERE role NOT IN ('introduction', 'lead', 'call', 'article')
)
SELECT r.round_table_id, r.title AS value, a.capture_id AS taken_from
FROM round_tables AS r
JOIN answers AS a ON a.round_table_id = r.round_table_id AND lower(a.title) = lower(r.title)
UNION ALL
SELECT e.record_id, e.value, e.evidence_id
FROM evidence AS e
WHERE e.chosen
  AND e.record_type IN ('round_tables', 'round_table_participants', 'series')
  AND (e.witness = 'running_text' OR e.capture_id IN (SELECT capture_id FROM answers));

-- What a correction decides is what stands there, and no page is believed beside it.
SELECT e.record_id, e.version, e.field, e.evidence_id
FROM evidence AS e
WHERE e.witness = 'correction'
  AND (
    NOT e.chosen
    OR EXISTS (
        FROM evidence AS o
        WHERE o.record_type = e.record_type AND o.record_id = e.record_id AND o.version = e.version
          AND o.field = e.field AND o.chosen AND o.witness <> 'correction'
    )
  );

-- A contribution's text, title and date stand on at least one believed witness.
WITH fields AS (
    UNPIVOT (SELECT contribution_id, version, text, title, published_as_printed FROM contributions)
    ON text, title, published_as_printed INTO NAME field VALUE value
)
SELECT contribution_id, field
FROM fields AS f
WHERE value <> '' AND NOT EXISTS (
    FROM evidence AS e
    WHERE e.record_id = f.contribution_id AND e.version = f.version AND e.field = f.field AND e.chosen
);

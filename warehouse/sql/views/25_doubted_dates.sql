-- Dates that should not be trusted, each with everything that any witness says of it.
-- Example: FROM doubted_dates WHERE doubt = 'migration';
CREATE VIEW doubted_dates AS
SELECT
    v.contribution_id,
    v.version,
    v.published_doubt AS doubt,
    v.published_on,
    v.published_as_printed,
    v.first_captured_at,
    e.witness,
    e.value AS says,
    e.chosen,
    e.locator
FROM contribution_versions AS v
LEFT JOIN evidence AS e
    ON e.record_type = 'contributions' AND e.record_id = v.contribution_id AND e.version = v.version
    AND e.field = 'published_as_printed'
WHERE v.published_doubt IS NOT NULL;

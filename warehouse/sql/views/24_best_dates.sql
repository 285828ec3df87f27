-- The day of publication of each contribution, where one can be trusted: that of its newest version whose date nothing
-- speaks against. Example: SELECT * FROM best_dates WHERE is_current ORDER BY published_on;
CREATE VIEW best_dates AS
SELECT
    v.contribution_id,
    v.published_on,
    v.published_at,
    v.published_edtf,
    v.published_basis,
    v.version,
    v.version = c.version AS is_current
FROM contribution_versions AS v
JOIN contributions AS c USING (contribution_id)
WHERE v.published_edtf IS NOT NULL AND v.published_doubt IS NULL
QUALIFY row_number() OVER (PARTITION BY v.contribution_id ORDER BY v.version DESC) = 1;

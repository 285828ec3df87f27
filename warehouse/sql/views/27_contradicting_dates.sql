-- Dates about which witnesses contradict each other: the believed day of a container or of a version of a contribution
-- beside each other day that a page gives for it, and how many days later that is. What is believed stands unchanged.
-- Example: FROM contradicting_dates WHERE abs(days_apart) > 1;
CREATE VIEW contradicting_dates AS
SELECT
    b.record_type,
    b.record_id,
    b.version,
    b.field,
    CAST(b.value AS DATE) AS believed,
    b.witness AS believed_witness,
    CAST(o.value AS DATE) AS contradicted_by,
    o.witness,
    datediff('day', CAST(b.value AS DATE), CAST(o.value AS DATE)) AS days_apart,
    c.url,
    o.locator,
    o.capture_id
FROM evidence AS b
JOIN evidence AS o
    ON o.record_type = b.record_type AND o.record_id = b.record_id AND o.version IS NOT DISTINCT FROM b.version
    AND o.field = b.field AND o.value <> b.value
LEFT JOIN captures AS c ON c.capture_id = o.capture_id
WHERE b.chosen AND NOT o.chosen AND b.field IN ('opened_on', 'closed_on', 'started_on', 'ended_on', 'published_on');

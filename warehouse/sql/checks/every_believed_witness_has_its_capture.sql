-- Whatever is believed leads to bytes: to a page, or to the file of the register or of decisions that says so.
SELECT evidence_id, locator
FROM evidence
WHERE chosen AND (capture_id IS NULL OR capture_id NOT IN (SELECT capture_id FROM captures));

-- Where a value comes from, down to the WARC record. Example: FROM provenance('future-of-work/building-blocks/shawna-bader-blau', 'published_at');
CREATE MACRO provenance(contribution, column_name) AS TABLE
SELECT e.chosen, e.value, e.witness, e.rule, e.locator, c.url, c.captured_at, c.warc_file, c.warc_offset, c.payload_sha256
FROM evidence AS e
LEFT JOIN captures AS c USING (capture_id)
WHERE e.record_id = current_id(contribution) AND e.field = column_name
ORDER BY e.version DESC, e.chosen DESC, e.evidence_id;

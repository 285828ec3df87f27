-- Every time lies after 1990 or is marked, none of a capture lies later than a day after we had it, and instants fit their days.
SELECT capture_id AS record_id, captured_at AS at
FROM captures
WHERE captured_at < TIMESTAMP '1990-01-01' OR captured_at > ingested_at + INTERVAL 1 DAY
UNION ALL
SELECT contribution_id, published_at
FROM contribution_versions
WHERE published_basis IS DISTINCT FROM 'correction'
  AND (
    (published_on < DATE '1990-01-01' AND published_doubt IS NULL)
    OR CAST(published_at AS DATE) NOT BETWEEN published_on - 1 AND published_on + 1
  )
UNION ALL
SELECT url, attempted_at FROM fetches WHERE attempted_at < TIMESTAMP '1990-01-01'
UNION ALL
SELECT decision_id, decided_at FROM authority_decisions WHERE decided_at < TIMESTAMP '1990-01-01';

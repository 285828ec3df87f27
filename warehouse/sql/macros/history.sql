-- The versions of a contribution, newest first. Example: FROM history('future-of-work/building-blocks/shawna-bader-blau');
CREATE MACRO history(contribution) AS TABLE
SELECT version, first_captured_at, last_captured_at, title, published_as_printed, word_count, content_sha256, capture_id
FROM contribution_versions
WHERE contribution_id = current_id(contribution)
ORDER BY version DESC;

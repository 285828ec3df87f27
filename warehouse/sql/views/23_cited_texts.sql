-- Each text with its citation: SELECT citation, text FROM cited_texts WHERE round_table_id = '...';
CREATE VIEW cited_texts AS
SELECT c.contribution_id, c.round_table_id, c.prompt_id, ci.text AS citation, c.text, c.license_uri, c.rights_statement
FROM contributions AS c
JOIN citations AS ci ON ci.contribution_id = c.contribution_id AND ci.style = 'plain';

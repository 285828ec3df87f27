-- The citation of a contribution in a style. Example: FROM cite('future-of-work/building-blocks/shawna-bader-blau', 'plain');
CREATE MACRO cite(contribution, citation_style) AS TABLE
SELECT text AS citation
FROM citations
WHERE contribution_id = contribution AND style = citation_style;

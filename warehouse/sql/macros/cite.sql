-- The citation of a contribution in a style: apa, chicago-author-date, plain, csl-json. Example: FROM cite('future-of-work/building-blocks/shawna-bader-blau', 'apa');
CREATE MACRO cite(contribution, citation_style) AS TABLE
SELECT text AS citation
FROM citations
WHERE contribution_id = current_id(contribution) AND style = citation_style;

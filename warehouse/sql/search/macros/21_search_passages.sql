-- Full-text search for passages, best first, by BM25 over passages; else as `search`.
-- Example: SELECT rank, names, passage, snippet FROM search_passages('night driver') LIMIT 5;
CREATE MACRO search_passages(words, snippets := 20) AS TABLE
SELECT
    r.rank, r.score, d.contribution_id, r.ordinal AS passage, r.snippet,
    d.names, d.title, d.role, d.round_table_id, d.series_id, d.prompt_id, d.published_on, d.language, d.version
FROM (
    -- What is named is named in here, so that LIMIT outside meets ORDER BY and the rest need not be put in order.
    WITH term AS MATERIALIZED (
        FROM search_index.terms(words)
    ),
    phrase AS MATERIALIZED (
        FROM search_index.phrase_places(words)
    ),
    scored AS (
        SELECT
            p.document, p.ordinal,
            sum(t.passage_weight * p.occurrences / (p.occurrences + 0.3::DOUBLE + t.passage_slope * p.length)) AS score
        FROM search_index.passage_postings AS p
        JOIN term AS t USING (term)
        WHERE p.ordinal > 0
        GROUP BY p.document, p.ordinal
        HAVING score > 0
    ),
    agreeing AS (
        FROM scored
        WHERE NOT search_index.has_phrase(words)
        UNION ALL
        SELECT scored.*
        FROM scored
        LEFT JOIN (
            SELECT document, ordinal, count(DISTINCT phrase) FILTER (NOT unwanted) AS wanted, bool_or(unwanted) AS unwanted
            FROM phrase
            GROUP BY document, ordinal
        ) USING (document, ordinal)
        WHERE search_index.has_phrase(words) AND NOT coalesce(unwanted, false)
            AND coalesce(wanted, 0) = (SELECT count(*) FROM search_index.wishes(words) WHERE NOT unwanted)
    ),
    ranked AS MATERIALIZED (
        SELECT document, ordinal, score, row_number() OVER (ORDER BY score DESC, document, ordinal) AS rank FROM agreeing
    ),
    excerpts AS (
        SELECT r.rank, search_index.highlight(p.text, w.forms) AS snippet
        FROM ranked AS r
        JOIN search_index.places AS l ON l.document = r.document AND l.ordinal - r.ordinal = 0
        JOIN passages AS p ON p.rowid = l.passage
        CROSS JOIN (SELECT ' ' || list_aggregate(flatten(list(forms)), 'string_agg', ' ') || ' ' AS forms FROM term) AS w
        WHERE r.rank <= snippets
    )
    SELECT rank, score, document, ordinal, snippet
    FROM ranked
    LEFT JOIN excerpts USING (rank)
    WHERE rank <= snippets
    UNION ALL
    SELECT rank, score, document, ordinal, NULL FROM ranked WHERE rank > snippets
) AS r
JOIN search_index.documents AS d USING (document)
ORDER BY r.rank;

-- Full-text search for passages, best first, by BM25 over passages; else as `search`.
-- Example: SELECT rank, names, passage, snippet FROM search_passages('night driver') LIMIT 5;
CREATE MACRO search_passages(words, snippets := 20) AS TABLE
SELECT
    r.rank, r.score, d.contribution_id, r.ordinal AS passage, r.snippet,
    d.names, d.title, d.role, d.round_table_id, d.series_id, d.prompt_id, d.published_on, d.language, d.version
FROM (
    WITH term AS MATERIALIZED (
        FROM search_index.terms(words)
    ),
    phrase AS MATERIALIZED (
        SELECT search_index.phrases(query) AS wanted, search_index.phrase_words(query) AS least
        FROM (SELECT words AS query)
        WHERE search_index.has_phrase(query)
    ),
    scored AS (
        SELECT
            p.passage,
            sum(t.passage_weight * p.occurrences / (p.occurrences + 0.3 + t.passage_slope * p.length)) AS score,
            any_value(p.document) AS document
        FROM search_index.passage_postings AS p
        JOIN term AS t USING (term)
        GROUP BY p.passage
        HAVING score > 0 AND sum(t.phrase_words) >= coalesce((SELECT least FROM phrase), 0)
    ),
    ranked AS MATERIALIZED (
        SELECT passage, document, score, row_number() OVER (ORDER BY score DESC, passage) AS rank
        FROM scored
        WHERE passage NOT IN (
            SELECT passage
            FROM (
                -- Grouped, so that no other text is looked at.
                SELECT s.passage, any_value(p.text) AS body, any_value(f.wanted) AS wanted
                FROM passages AS p
                JOIN scored AS s ON s.passage = p.rowid
                CROSS JOIN phrase AS f
                GROUP BY s.passage
            )
            WHERE NOT search_index.agrees(body, wanted)
        )
    ),
    excerpts AS (
        SELECT r.passage, search_index.highlight(p.text, w.forms) AS snippet
        FROM ranked AS r
        JOIN passages AS p ON p.rowid = r.passage
        CROSS JOIN (
            SELECT ' ' || list_aggregate(flatten(list(forms)), 'string_agg', ' ') || ' ' AS forms FROM term
        ) AS w
        WHERE r.rank <= snippets
    )
    SELECT r.rank, r.score, r.document, p.ordinal, e.snippet
    FROM ranked AS r
    JOIN passages AS p ON p.rowid = r.passage
    LEFT JOIN excerpts AS e USING (passage)
    WHERE r.rank <= snippets
    UNION ALL
    SELECT r.rank, r.score, r.document, p.ordinal, NULL
    FROM ranked AS r
    JOIN passages AS p ON p.rowid = r.passage
    WHERE r.rank > snippets
) AS r
JOIN search_index.documents AS d USING (document)
ORDER BY r.rank;

-- Full-text search: contributions, best first, by BM25 over title, standfirst and text. A query is words, "exact phrases",
-- -unwanted words and beginn* of words; case, accents and inflection do not matter. `passage` is the ordinal of the best
-- passage, `snippet` shows it for the first twenty hits, or as many as `snippets` says.
-- Example: SELECT rank, names, title, snippet FROM search('"last mile" driver* -toll') WHERE published_on >= '2020-01-01';
CREATE MACRO search(words, snippets := 20) AS TABLE
SELECT
    r.rank, r.score, d.contribution_id, r.passage, r.snippet,
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
            p.document,
            sum(
                t.contribution_weight * p.occurrences
                / (p.occurrences + 0.3::DOUBLE + t.contribution_slope * p.length)
            ) AS score
        FROM search_index.contribution_postings AS p
        JOIN term AS t USING (term)
        GROUP BY p.document
        HAVING score > 0
    ),
    agreeing AS (
        FROM scored
        WHERE NOT search_index.has_phrase(words)
        UNION ALL
        SELECT scored.*
        FROM scored
        LEFT JOIN (
            SELECT document, count(DISTINCT phrase) FILTER (NOT unwanted) AS wanted, bool_or(unwanted) AS unwanted
            FROM phrase
            GROUP BY document
        ) USING (document)
        WHERE search_index.has_phrase(words) AND NOT coalesce(unwanted, false)
            AND coalesce(wanted, 0) = (SELECT count(*) FROM search_index.wishes(words) WHERE NOT unwanted)
    ),
    ranked AS MATERIALIZED (
        SELECT document, score, row_number() OVER (ORDER BY score DESC, document) AS rank FROM agreeing
    ),
    candidates AS (
        SELECT
            p.document, p.ordinal,
            sum(t.passage_weight * p.occurrences / (p.occurrences + 0.3::DOUBLE + t.passage_slope * p.length)) AS score
        FROM search_index.passage_postings AS p
        JOIN term AS t USING (term)
        WHERE p.document IN (SELECT document FROM ranked WHERE rank <= snippets)
        GROUP BY p.document, p.ordinal
    ),
    best AS (
        -- Title and standfirst are left out here, where rows are few.
        SELECT document, arg_max(ordinal, (f.ordinal IS NOT NULL, score, -ordinal)) FILTER (ordinal > 0) AS ordinal
        FROM candidates
        LEFT JOIN (SELECT DISTINCT document, ordinal FROM phrase) AS f USING (document, ordinal)
        GROUP BY document
    ),
    excerpts AS (
        SELECT b.document, p.ordinal AS passage, search_index.highlight(p.text, w.forms) AS snippet
        FROM best AS b
        -- By one column alone, for then the scan looks at these few documents only.
        JOIN search_index.places AS l ON l.document = b.document AND l.ordinal - b.ordinal = 0
        JOIN passages AS p ON p.rowid = l.passage
        CROSS JOIN (SELECT ' ' || list_aggregate(flatten(list(forms)), 'string_agg', ' ') || ' ' AS forms FROM term) AS w
    )
    SELECT rank, score, document, passage, snippet
    FROM ranked
    LEFT JOIN excerpts USING (document)
    WHERE rank <= snippets
    UNION ALL
    SELECT rank, score, document, NULL, NULL FROM ranked WHERE rank > snippets
) AS r
JOIN search_index.documents AS d USING (document)
ORDER BY r.rank;

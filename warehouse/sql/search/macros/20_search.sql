-- Full-text search: contributions, best first, by BM25 over title, standfirst and text. A query is words, "exact phrases",
-- -unwanted words and beginn* of words; case, accents and inflection do not matter. `passage` is the ordinal of the best
-- passage, `snippet` shows it for the first twenty hits, or as many as `snippets` says.
-- Example: SELECT rank, names, title, snippet FROM search('"last mile" driver* -toll') WHERE published_on >= '2020-01-01';
CREATE MACRO search(words, snippets := 20) AS TABLE
SELECT
    r.rank, r.score, d.contribution_id, r.passage, r.snippet,
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
            p.document,
            sum(t.contribution_weight * p.occurrences / (p.occurrences + 0.3 + t.contribution_slope * p.length)) AS score
        FROM search_index.contribution_postings AS p
        JOIN term AS t USING (term)
        GROUP BY p.document
        HAVING score > 0 AND sum(t.phrase_words) >= coalesce((SELECT least FROM phrase), 0)
    ),
    ranked AS MATERIALIZED (
        SELECT document, score, row_number() OVER (ORDER BY score DESC, document) AS rank
        FROM scored
        WHERE document NOT IN (
            SELECT document
            FROM (
                -- Grouped, so that no other text is looked at.
                SELECT
                    s.document, any_value(concat_ws(E'\n\n', c.title, c.standfirst, c.text)) AS body,
                    any_value(f.wanted) AS wanted
                FROM contributions AS c
                JOIN scored AS s ON s.document = c.rowid
                CROSS JOIN phrase AS f
                GROUP BY s.document
            )
            WHERE NOT search_index.agrees(body, wanted)
        )
    ),
    candidates AS (
        SELECT
            p.document, p.passage,
            sum(t.passage_weight * p.occurrences / (p.occurrences + 0.3 + t.passage_slope * p.length)) AS score
        FROM search_index.passage_postings AS p
        JOIN term AS t USING (term)
        WHERE p.document IN (SELECT document FROM ranked WHERE rank <= snippets)
        GROUP BY p.document, p.passage
    ),
    best AS (
        SELECT document, arg_max(passage, (coalesce(agrees, false), score, -passage)) AS passage
        FROM candidates
        LEFT JOIN (
            SELECT passage, search_index.agrees(body, wanted) AS agrees
            FROM (
                SELECT c.passage, any_value(p.text) AS body, any_value(f.wanted) AS wanted
                FROM passages AS p
                JOIN candidates AS c ON c.passage = p.rowid
                CROSS JOIN phrase AS f
                GROUP BY c.passage
            )
        ) USING (passage)
        GROUP BY document
    ),
    excerpts AS (
        SELECT b.document, p.ordinal AS passage, search_index.highlight(p.text, w.forms) AS snippet
        FROM best AS b
        JOIN passages AS p ON p.rowid = b.passage
        CROSS JOIN (SELECT ' ' || list_aggregate(flatten(list(forms)), 'string_agg', ' ') || ' ' AS forms FROM term) AS w
    )
    SELECT rank, score, document, passage, snippet FROM ranked LEFT JOIN excerpts USING (document)
    WHERE rank <= snippets
    UNION ALL
    SELECT rank, score, document, NULL, NULL FROM ranked WHERE rank > snippets
) AS r
JOIN search_index.documents AS d USING (document)
ORDER BY r.rank;

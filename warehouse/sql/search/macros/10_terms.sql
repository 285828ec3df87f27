-- What a query asks for: each term with its weights, minus infinity for an unwanted one, and its words.
-- Example: FROM search_index.terms('"transnational solidarity" strik* -police');
CREATE MACRO search_index.terms(query) AS TABLE
WITH asked AS MATERIALIZED (
    SELECT
        search_index.fold(token) AS word,
        bool_or(starts_with(clause, '-')) AS unwanted,
        bool_or(ends_with(clause, '*')) AS open
    FROM (
        SELECT clause, unnest(search_index.tokens(clause)) AS token
        FROM (SELECT unnest(search_index.clauses(query)) AS clause)
        -- An unwanted phrase does not make its words unwanted.
        WHERE NOT starts_with(clause, '-"')
    )
    GROUP BY word
),
met AS (
    SELECT w.*, a.unwanted FROM asked AS a JOIN search_index.words AS w USING (word)
    UNION ALL
    SELECT w.*, a.unwanted
    FROM asked AS a
    JOIN search_index.words AS w ON starts_with(w.word, a.word)
    WHERE a.open AND contains(query, '*')
    UNION ALL
    -- A single sign of a script without spaces (the first is Thai) stands in pairs only.
    SELECT w.*, a.unwanted
    FROM asked AS a
    JOIN search_index.words AS w ON contains(w.word, a.word)
    WHERE length(a.word) = 1 AND a.word >= 'ก' AND strlen(query) > length(query)
)
SELECT
    term,
    CASE WHEN bool_or(unwanted) THEN '-infinity'::DOUBLE ELSE any_value(contribution_weight) END AS contribution_weight,
    any_value(contribution_slope) AS contribution_slope,
    CASE WHEN bool_or(unwanted) THEN '-infinity'::DOUBLE ELSE any_value(passage_weight) END AS passage_weight,
    any_value(passage_slope) AS passage_slope,
    any_value(forms) AS forms
FROM met
GROUP BY term;

-- Where the phrases of a query stand: passages, and titles and standfirsts as the ordinal 0.
-- Example: FROM search_index.phrase_places('"transnational solidarity" -"last mile"');
CREATE MACRO search_index.phrase_places(query) AS TABLE
WITH asked AS MATERIALIZED (
    SELECT
        phrase, unnest(words) AS word, 1::BIGINT << (generate_subscripts(words, 1) - 1) AS mark,
        (1::BIGINT << len(words)) - 1 AS all_marks
    FROM search_index.wishes(query)
),
met AS MATERIALIZED (
    SELECT a.phrase, a.mark, a.all_marks, w.term, w.contribution_weight AS weight
    FROM asked AS a
    JOIN search_index.words AS w USING (word)
    UNION
    SELECT a.phrase, a.mark, a.all_marks, w.term, w.contribution_weight
    FROM asked AS a
    JOIN search_index.words AS w ON contains(w.word, a.word)
    WHERE length(a.word) = 1 AND a.word >= 'ก' AND strlen(query) > length(query)
),
rarest AS (
    SELECT phrase, arg_max(mark, weight) AS mark
    FROM (SELECT phrase, mark, min(weight) AS weight FROM met GROUP BY phrase, mark)
    GROUP BY phrase
),
-- Only where the rarest word is the others are looked for, and only where all are the text is read. Each comes out of one
-- list: then the planner takes them for few, and goes from them to the others.
having_it AS MATERIALIZED (
    SELECT unnest(list(DISTINCT {phrase: m.phrase, document: p.document, ordinal: p.ordinal}), recursive := true)
    FROM search_index.passage_postings AS p
    JOIN met AS m USING (term)
    JOIN rarest USING (phrase, mark)
),
having_all AS MATERIALIZED (
    SELECT unnest(list({phrase: phrase, document: document, ordinal: ordinal}), recursive := true)
    FROM (
        SELECT m.phrase, p.document, p.ordinal
        FROM search_index.passage_postings AS p
        JOIN met AS m USING (term)
        SEMI JOIN having_it AS h ON h.document = p.document AND h.ordinal = p.ordinal AND h.phrase = m.phrase
        GROUP BY m.phrase, p.document, p.ordinal
        HAVING bit_or(m.mark) = any_value(m.all_marks)
    )
),
said AS (
    SELECT h.*, p.text
    FROM having_all AS h
    JOIN search_index.places AS l USING (document, ordinal)
    JOIN passages AS p ON p.rowid = l.passage
    UNION ALL
    SELECT h.*, unnest(string_split(d.head, E'\n\n'))
    FROM having_all AS h
    JOIN search_index.documents AS d USING (document)
    WHERE h.ordinal = 0
)
SELECT DISTINCT s.phrase, f.unwanted, s.document, s.ordinal
FROM said AS s
JOIN search_index.wishes(query) AS f USING (phrase)
WHERE contains(search_index.plain(s.text), f.plain);

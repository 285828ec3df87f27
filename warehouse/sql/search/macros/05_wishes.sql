-- The phrases of a query, numbered. Example: FROM search_index.wishes('"transnational solidarity" -"last mile"');
CREATE MACRO search_index.wishes(query) AS TABLE
SELECT row_number() OVER () AS phrase, wish.plain, wish.words[:60] AS words, wish.unwanted
-- Named once more, so that a query without quotation marks is told from one with them before its phrases are sought.
FROM (SELECT unnest(search_index.phrases(asked)) AS wish FROM (SELECT query AS asked) WHERE search_index.has_phrase(asked));

-- Whether a text of passages with blank lines between them has every wanted phrase of a query, each in one passage, and
-- no unwanted one. Example: SELECT search_index.agrees('A just, green deal', search_index.phrases('"just green" -"deal a"'));
CREATE MACRO search_index.agrees(body, phrases) AS list_transform(
    [list_aggregate(
        list_transform(string_split(body, E'\n\n'), lambda part: search_index.plain(part)), 'string_agg', '|'
    )],
    lambda whole: len(list_filter(phrases, lambda phrase: phrase.unwanted = contains(whole, phrase.plain))) = 0
)[1];

-- How many words must be in a text so that it can have the wanted phrases of a query.
-- Example: SELECT search_index.phrase_words('"a b" "b c" d');
CREATE MACRO search_index.phrase_words(query) AS CASE WHEN search_index.has_phrase(query) THEN len(list_distinct(
    flatten(list_transform(
        list_filter(search_index.clauses(query), lambda clause: starts_with(clause, '"')),
        lambda clause: list_transform(search_index.tokens(clause), lambda token: search_index.fold(token))
    ))
)) ELSE 0 END;

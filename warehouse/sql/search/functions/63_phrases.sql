-- The phrases of a query as `plain` makes them, their words, and whether they are unwanted.
-- Example: SELECT search_index.phrases('"a b" -"c"');
CREATE MACRO search_index.phrases(query) AS list_filter(
    list_transform(
        list_filter(search_index.clauses(query), lambda clause: contains(clause, '"')),
        lambda clause: {
            plain: search_index.plain(clause),
            words: list_distinct(list_transform(search_index.tokens(clause), lambda token: search_index.fold(token))),
            unwanted: starts_with(clause, '-')
        }
    ),
    lambda phrase: trim(phrase.plain) <> ''
);

-- A text as folded words between single spaces, so that a phrase can be found in it.
-- Example: SELECT contains(search_index.plain('A just, green deal'), search_index.plain('just green'));
CREATE MACRO search_index.plain(body) AS ' ' || CASE
    -- Nothing but ASCII, which takes half as long.
    WHEN strlen(body) = length(body) THEN ltrim(regexp_replace(lower(body) || ' ', '[^0-9a-z]+', ' ', 'g'))
    ELSE coalesce(list_aggregate(
        regexp_extract_all(
            search_index.fold(nfc_normalize(lower(body))),
            '[' || search_index.unspaced() || ']|' || search_index.spaced_word()
        ),
        'string_agg', ' '
    ) || ' ', '')
END;

-- The words of a text, in lower case, accents and all; in scripts without spaces each pair of neighbouring signs is one.
-- Example: SELECT search_index.tokens('Transnational solidarity');
CREATE MACRO search_index.tokens(body) AS CASE
    WHEN NOT regexp_matches(body, '[' || search_index.unspaced() || ']')
        THEN regexp_extract_all(nfc_normalize(lower(body)), search_index.spaced_word())
    ELSE flatten(list_transform(
        regexp_extract_all(
            nfc_normalize(lower(body)), '[' || search_index.unspaced() || ']+|' || search_index.spaced_word()
        ),
        lambda run: CASE
            WHEN regexp_matches(run, '^[' || search_index.unspaced() || ']')
                THEN list_transform(range(1, greatest(length(run), 2)), lambda place: substring(run, place, 2))
            ELSE [run]
        END
    ))
END;

-- The words of a text, in lower case, accents and all; in scripts without spaces each pair of neighbouring signs is one.
-- Example: SELECT search_index.tokens('Transnational solidarity');
CREATE MACRO search_index.tokens(body) AS list_transform(
    -- A list of one element, whose element is named, so that one expression stands once.
    [regexp_extract_all(
        nfc_normalize(lower(body)), '[' || search_index.unspaced() || ']+|' || search_index.spaced_word()
    )],
    lambda runs: CASE
        WHEN NOT regexp_matches(body, '[' || search_index.unspaced() || ']') THEN runs
        ELSE flatten(list_transform(runs, lambda run: CASE
            WHEN regexp_matches(run, '^[' || search_index.unspaced() || ']')
                THEN list_transform(range(1, greatest(length(run), 2)), lambda place: substring(run, place, 2))
            ELSE [run]
        END))
    END
)[1];

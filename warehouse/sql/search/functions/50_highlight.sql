-- The part of a text around the first of some words, with these between asterisks; the words folded, each between blanks.
-- Example: SELECT search_index.highlight('A just, green deal', ' green deal ');
CREATE MACRO search_index.highlight(body, words) AS list_transform(
    -- A list of one element, whose element is named: SQL has no other way to name a value inside an expression.
    [regexp_extract_all(
        body, '[' || search_index.unspaced() || ']|' || search_index.spaced_word() || '|[\pZ\pP\pS\pC]+'
    )],
    lambda pieces: list_transform(
        -- A sign of a script without spaces (the first is Thai) stands in the words as one of a pair.
        [list_transform(pieces, lambda piece: CASE
            WHEN length(piece) = 1 AND piece >= 'ก' THEN contains(words, piece)
            ELSE contains(words, ' ' || search_index.fold(lower(piece)) || ' ')
        END)],
        lambda marks: list_transform(
            [CASE WHEN len(pieces) <= 80 THEN 1 ELSE greatest(1, coalesce(list_position(marks, true), 1) - 30) END],
            lambda start:
                CASE WHEN start > 1 THEN '… ' ELSE '' END
                || trim(replace(list_aggregate(list_transform(
                    pieces[start:start + 79],
                    lambda piece, place: CASE WHEN marks[start + place - 1] THEN '**' || piece || '**' ELSE piece END
                ), 'string_agg', ''), '****', ''))
                || CASE WHEN len(pieces) > start + 79 THEN ' …' ELSE '' END
        )[1]
    )[1]
)[1];

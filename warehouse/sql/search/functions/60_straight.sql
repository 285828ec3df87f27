-- A query with its quotation marks made alike. Example: SELECT search_index.straight('“a b” c');
CREATE MACRO search_index.straight(query) AS translate(query, '“”„«»', '"""""');

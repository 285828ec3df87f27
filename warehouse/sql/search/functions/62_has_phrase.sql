-- Whether a query has a phrase between quotation marks. Example: SELECT search_index.has_phrase('"a b" c');
CREATE MACRO search_index.has_phrase(query) AS contains(search_index.straight(query), '"');

-- A query, cut into words and quoted phrases, each with the sign before it. Example: SELECT search_index.clauses('a -"b c" d*');
CREATE MACRO search_index.clauses(query) AS
    regexp_extract_all(search_index.straight(query), '-?"[^"]*"|[^\s"]+');

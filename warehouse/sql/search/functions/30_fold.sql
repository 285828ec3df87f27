-- A word without its accents, as words are compared. Example: SELECT search_index.fold('łódź');
CREATE MACRO search_index.fold(word) AS
    replace(replace(replace(translate(strip_accents(word), 'øđłıħŧ', 'odliht'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');

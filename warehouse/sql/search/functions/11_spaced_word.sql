-- A word of any other script, as a regular expression: no blank, punctuation, symbol or control character in it.
-- Example: SELECT search_index.spaced_word();
CREATE MACRO search_index.spaced_word() AS '[^\pZ\pP\pS\pC' || search_index.unspaced() || ']+';

-- Scripts that put no spaces between words, for a class of a regular expression. Example: SELECT search_index.unspaced();
CREATE MACRO search_index.unspaced() AS '\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}';

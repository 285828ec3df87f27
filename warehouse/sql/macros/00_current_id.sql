-- The id that is used now for an id or an alias. Example: SELECT current_id('stairwell/q1/ines-m-delrosal');
CREATE MACRO current_id(name) AS
coalesce((SELECT a.id FROM id_aliases AS a WHERE a.alias = name), name);

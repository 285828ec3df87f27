-- Nobody is called after an address, an account or a schema.org type.
SELECT contribution_id, name_as_printed
FROM participations
WHERE regexp_matches(name_as_printed, '(?i)https?:|@|^(admin|person|organization|readaction|article|newsarticle)$');

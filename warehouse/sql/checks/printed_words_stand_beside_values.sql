-- A value that was made of printed words never stands without them.
SELECT contribution_id, version, 'published' AS field
FROM contribution_versions
WHERE published_edtf IS NOT NULL AND published_as_printed IS NULL
UNION ALL
SELECT contribution_id, version, 'license_uri'
FROM contribution_versions
WHERE license_uri IS NOT NULL AND rights_statement IS NULL
UNION ALL
SELECT contribution_id, version, 'name_as_printed' FROM participations WHERE trim(name_as_printed) = ''
UNION ALL
SELECT contribution_id, version, 'as_printed' FROM affiliations WHERE trim(as_printed) = ''
UNION ALL
SELECT from_id, NULL, relation_id FROM relations WHERE to_id IS NOT NULL AND coalesce(to_as_printed, to_url, quote) IS NULL;

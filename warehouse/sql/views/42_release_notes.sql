-- What each release changed, as a page in Markdown: contributions by what happened to them, then tables and columns.
-- Example: SELECT markdown FROM release_notes ORDER BY created_at DESC LIMIT 1;
CREATE VIEW release_notes AS
WITH lines AS (
    SELECT
        release_id,
        change,
        row_number() OVER (PARTITION BY release_id, change ORDER BY subject) AS number,
        count(*) OVER (PARTITION BY release_id, change) AS of_all,
        concat(
            '- `', subject, '`',
            CASE
                WHEN change = 'revised' THEN concat(': version ', before, ' → ', after)
                WHEN change = 'amended' THEN concat(': ', after)
                WHEN change = 'gone' THEN concat(': now `', after, '`')
                WHEN change IN ('rows', 'schema') THEN concat(': ', coalesce(before, 'none'), ' → ', coalesce(after, 'none'))
                ELSE ''
            END
        ) AS line
    FROM release_changes
),
sections AS (
    SELECT
        release_id,
        list_position(
            ['new', 'revised', 'amended', 'withdrawn', 'restored', 'gone', 'lost', 'rows', 'schema'], change
        ) AS place,
        concat(
            '## ',
            CASE change
                WHEN 'new' THEN 'New contributions'
                WHEN 'revised' THEN 'Contributions with another text'
                WHEN 'amended' THEN 'Contributions of which something else changed'
                WHEN 'withdrawn' THEN 'Withdrawn'
                WHEN 'restored' THEN 'Restored'
                WHEN 'gone' THEN 'Merged into others'
                WHEN 'lost' THEN 'Lost: neither withdrawn nor merged'
                WHEN 'rows' THEN 'Rows of each table that has more or fewer'
                ELSE 'Columns'
            END,
            ' (', any_value(of_all), ')', chr(10), chr(10),
            string_agg(line, chr(10) ORDER BY number) FILTER (number <= 200),
            CASE
                WHEN any_value(of_all) > 200
                THEN concat(chr(10), '- … and ', any_value(of_all) - 200, ' more: the table `release_changes` has them all')
                ELSE ''
            END
        ) AS section
    FROM lines
    GROUP BY release_id, change
)
SELECT
    r.release_id,
    r.created_at,
    r.digest,
    concat(
        '# Release ', r.release_id, chr(10), chr(10),
        'Made ', strftime(r.created_at, '%Y-%m-%d %H:%M'), ' UTC by version ', r.code_version, '; tables of version ',
        r.schema_version, '.', chr(10), 'Cite it by its id and digest: `', r.release_id, '`, `sha256:', r.digest, '`.',
        chr(10), chr(10),
        coalesce(string_agg(s.section, chr(10) || chr(10) ORDER BY s.place), 'What it changed was not noted.'), chr(10)
    ) AS markdown
FROM releases AS r
LEFT JOIN sections AS s USING (release_id)
GROUP BY r.release_id, r.created_at, r.code_version, r.schema_version, r.digest;

-- What each round table announced and what was found of it: entries and people of its line-up, its questions with those whose
-- page was captured whole, answers, other texts, and known addresses that are not captured.
-- Example: SELECT title, announced_as_printed, announced_people, people, entries_heard, not_captured FROM round_table_holdings;
CREATE VIEW round_table_holdings AS
WITH line_ups AS (
    SELECT round_table_id, count(DISTINCT entry) AS entries,
           count(*) FILTER (person_id IS NOT NULL) AS people,
           count(*) FILTER (person_id IS NULL) AS organisations
    FROM round_table_participants
    WHERE role = 'respondent'
    GROUP BY round_table_id
),
heard AS (
    SELECT c.round_table_id,
           count(DISTINCT c.entry) FILTER (c.entry IN (
               SELECT p.entry FROM round_table_participants AS p
               WHERE p.round_table_id = c.round_table_id AND p.role = 'respondent'
           )) AS entries_heard,
           count(*) FILTER (c.role = 'response') AS answers,
           count(*) FILTER (c.role <> 'response') AS other_texts,
           min(c.published_on) FILTER (c.published_doubt IS NULL) AS first_published_on,
           max(c.published_on) FILTER (c.published_doubt IS NULL) AS last_published_on
    FROM contributions AS c
    WHERE c.state = 'available'
    GROUP BY c.round_table_id
),
asked AS (
    SELECT p.round_table_id, count(*) AS questions,
           count(*) FILTER (EXISTS (
               FROM prompt_wordings AS w
               WHERE w.prompt_id = p.prompt_id AND w.kind = 'page'
                 AND NOT EXISTS (FROM rejections AS r WHERE r.capture_id = w.capture_id)
           )) AS questions_captured_whole
    FROM prompts AS p
    WHERE p.kind IN ('question', 'statement')
    GROUP BY p.round_table_id
),
known AS (
    SELECT round_table_id, count(*) AS known_addresses, count(*) FILTER (status <> 'captured') AS not_captured
    FROM target_status
    GROUP BY round_table_id
)
SELECT
    t.round_table_id,
    t.title,
    t.state,
    t.announced_as_printed,
    t.announced_people,
    t.announced_entries,
    coalesce(l.people, 0) AS people,
    coalesce(l.organisations, 0) AS organisations,
    coalesce(l.entries, 0) AS entries,
    coalesce(h.entries_heard, 0) AS entries_heard,
    coalesce(a.questions, 0) AS questions,
    coalesce(a.questions_captured_whole, 0) AS questions_captured_whole,
    coalesce(h.answers, 0) AS answers,
    coalesce(h.other_texts, 0) AS other_texts,
    h.first_published_on,
    h.last_published_on,
    coalesce(k.known_addresses, 0) AS known_addresses,
    coalesce(k.not_captured, 0) AS not_captured,
    coalesce(t.announced_people NOT IN (l.people, l.people + l.organisations), FALSE)
        OR coalesce(t.announced_entries <> l.entries, FALSE) AS differs_from_announcement
FROM round_tables AS t
LEFT JOIN line_ups AS l USING (round_table_id)
LEFT JOIN heard AS h USING (round_table_id)
LEFT JOIN asked AS a USING (round_table_id)
LEFT JOIN known AS k USING (round_table_id);

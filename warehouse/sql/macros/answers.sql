-- All answers to one prompt, in the order of the page. Example: FROM answers('future-of-work/building-blocks');
CREATE MACRO answers(prompt) AS TABLE
SELECT ordinal, role, names, word_count, text, contribution_id
FROM answers_to_questions
WHERE prompt_id = current_id(prompt)
ORDER BY ordinal NULLS LAST, contribution_id;

-- At every stage, in = out + rejected.
SELECT * FROM stage_counts WHERE input <> output + rejected;

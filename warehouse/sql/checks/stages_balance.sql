-- Every stage has its balance, and in = out + rejected; what is rejected after reading has a row each.
SELECT stages.stage, c.unit, c.input, c.output, c.rejected
FROM (VALUES ('read'), ('discuss'), ('correct'), ('reconcile'), ('authority')) AS stages(stage)
LEFT JOIN stage_counts AS c USING (stage)
LEFT JOIN (SELECT stage, count(*) AS told FROM rejections GROUP BY stage) AS r USING (stage)
WHERE c.stage IS NULL
   OR c.input <> c.output + c.rejected
   OR (c.stage IN ('correct', 'reconcile', 'authority') AND c.rejected <> coalesce(r.told, 0));

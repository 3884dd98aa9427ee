-- Of tables and of domains. Clones on partitions and what is only inherited are left out.
SELECT oid, conname, contype, conrelid, contypid, NULLIF(condeferrable, false), NULLIF(condeferred, false),
       NULLIF(convalidated, true), NULLIF(connoinherit, false),
       /*18+*/ NULLIF(conenforced, true), NULLIF(conperiod, false) /*else*/ NULL, NULL /*end*/, conkey,
       CASE WHEN contype = 'c' THEN pg_get_expr(conbin, conrelid) END,
       CASE WHEN contype IN ('p', 'u', 'x') THEN conindid END, conexclop, NULLIF(confrelid, 0),
       confkey, NULLIF(confupdtype, ' '), NULLIF(confdeltype, ' '), NULLIF(confmatchtype, ' '),
       /*15+*/ confdelsetcols /*else*/ NULL /*end*/,
       CASE WHEN contype = 'f' THEN (SELECT relname FROM pg_class k WHERE k.oid = conindid) END
FROM pg_constraint
WHERE oid >= 16384 AND contype IN ('c', 'f', 'p', 'u', 'x') AND (contype NOT IN ('f', 'x') OR conparentid = 0)
  AND (contype <> 'c' OR conislocal)

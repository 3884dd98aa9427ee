-- The whole definition only where the collation of an expression cannot be told otherwise. Exclusion
-- constraints of partitions come with the table's.
SELECT indexrelid, indrelid, indisunique, indisclustered, indisvalid, indisreplident, indnkeyatts, indkey, indclass,
       indcollation, indoption, /*15+*/ indnullsnotdistinct /*else*/ false /*end*/,
       pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid),
       CASE WHEN indexprs IS NOT NULL AND NOT indcollation::oid[] <@ '{0,100}' THEN pg_get_indexdef(indexrelid) END
FROM pg_index WHERE indexrelid >= 16384
  /*17+*/ AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype = 'x' AND conparentid <> 0) /*end*/

-- Definitions of servers newer than the grammar may be beyond it: then the server tells what they refer to. Who
-- refers (kind, oid, name of a part), to what. Columns of the definition's own table are found in its text.
SELECT /*16+*/ o.kind, o.oid, o.part, d.refclassid, d.refobjid, d.refobjsubid
FROM pg_depend d JOIN (
  SELECT 'pg_rewrite'::regclass, oid, CASE WHEN ev_type = '1' THEN 'v' ELSE 'r' END, ev_class, rulename FROM pg_rewrite
  UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, 'd', adrelid, attname
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = adrelid AND a.attnum = adnum
  UNION ALL SELECT 'pg_constraint'::regclass, oid, 'c', conrelid, conname FROM pg_constraint WHERE contype IN ('c', 'x')
  UNION ALL SELECT 'pg_policy'::regclass, oid, 'p', polrelid, polname FROM pg_policy
  UNION ALL SELECT 'pg_trigger'::regclass, oid, 't', tgrelid, tgname FROM pg_trigger WHERE tgqual IS NOT NULL
  UNION ALL SELECT 'pg_class'::regclass, indexrelid, 'i', indexrelid, NULL FROM pg_index
    WHERE indexprs IS NOT NULL OR indpred IS NOT NULL
  UNION ALL SELECT 'pg_proc'::regclass, oid, 'f', oid, NULL FROM pg_proc
    WHERE prosqlbody IS NOT NULL OR proargdefaults IS NOT NULL
) o (class, object, kind, oid, part) ON d.classid = o.class AND d.objid = o.object
WHERE d.deptype = 'n' AND d.objid >= 16384 AND d.refobjid >= 16384 AND d.refobjid <> o.oid
/*else*/ 0 WHERE false /*end*/

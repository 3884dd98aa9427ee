-- With the column that owns it: 'a' as a serial's, 'i' as an identity's. OFFSET keeps the planner from reading all of pg_depend.
SELECT s.seqrelid, s.seqtypid, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       d.refobjid, d.refobjsubid, d.deptype
FROM pg_sequence s LEFT JOIN LATERAL (
  SELECT refobjid, refobjsubid, deptype FROM pg_depend
  WHERE classid = 'pg_class'::regclass AND objid = s.seqrelid AND refclassid = 'pg_class'::regclass
    AND refobjsubid > 0 AND deptype IN ('a', 'i') OFFSET 0
) d ON true

-- Operators and functions, each with the class (else the family) that it is tied to.
SELECT a.amopfamily, d.refobjid, false, a.amopstrategy, a.amoplefttype, a.amoprighttype, a.amopopr, NULL, NULLIF(a.amopsortfamily, 0)
FROM pg_amop a LEFT JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = a.oid AND d.refclassid = 'pg_opclass'::regclass
WHERE a.oid >= 16384
UNION ALL
SELECT a.amprocfamily, d.refobjid, true, a.amprocnum, a.amproclefttype, a.amprocrighttype, a.amproc::oid, p.proargtypes, NULL
FROM pg_amproc a JOIN pg_proc p ON p.oid = a.amproc
LEFT JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = a.oid AND d.refclassid = 'pg_opclass'::regclass
WHERE a.oid >= 16384

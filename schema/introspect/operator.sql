-- Operators and casts of extensions: class, schema, name, left, right, result and cast letters.
SELECT 'o', o.oprnamespace, o.oprname, NULLIF(o.oprleft, 0), NULLIF(o.oprright, 0), o.oprresult, NULL, NULL
FROM pg_depend d JOIN pg_operator o ON o.oid = d.objid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid = 'pg_operator'::regclass
UNION ALL
SELECT 'c', 0, '', c.castsource, c.casttarget, 0, c.castcontext, c.castmethod
FROM pg_depend d JOIN pg_cast c ON c.oid = d.objid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid = 'pg_cast'::regclass

-- Objects of extensions with their privileges, and those that their extension gave them.
SELECT d.classid, d.objid, e.extname, owner, acl, i.initprivs
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN (
  SELECT 'pg_proc'::regclass, oid, proowner, proacl FROM pg_proc
  UNION ALL SELECT 'pg_class'::regclass, oid, relowner, relacl FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL SELECT 'pg_type'::regclass, oid, typowner, typacl FROM pg_type WHERE typrelid = 0
  UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner, nspacl FROM pg_namespace
) object (class, oid, owner, acl) ON class = d.classid AND object.oid = d.objid
LEFT JOIN pg_init_privs i ON i.classoid = d.classid AND i.objoid = d.objid AND i.objsubid = 0
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'

-- Objects of extensions with their privileges and those that their extension gave them; the same of what is in
-- pg_catalog, with what GRANT calls it, where they are not the kind's default.
SELECT d.classid, d.objid, e.extname, owner, acl, i.initprivs, NULL
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid JOIN (
  SELECT 'pg_proc'::regclass, oid, proowner, proacl FROM pg_proc
  UNION ALL SELECT 'pg_class'::regclass, oid, relowner, relacl FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL SELECT 'pg_type'::regclass, oid, typowner, typacl FROM pg_type WHERE typrelid = 0
  UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner, nspacl FROM pg_namespace
) object (class, oid, owner, acl) ON class = d.classid AND object.oid = d.objid
LEFT JOIN pg_init_privs i ON i.classoid = d.classid AND i.objoid = d.objid AND i.objsubid = 0
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
UNION ALL
SELECT class, object.oid, '', owner, acl, i.initprivs, keyword || 'pg_catalog' || coalesce('.' || quote_ident(name), '') || arguments
FROM (
  SELECT 'pg_proc'::regclass, oid, pronamespace, proowner, proacl, CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END, proname,
      '(' || (SELECT coalesce(string_agg(format_type(t, NULL), ', ' ORDER BY n), '') FROM unnest(proargtypes) WITH ORDINALITY a (t, n)) || ')'
    FROM pg_proc
  UNION ALL SELECT 'pg_class'::regclass, oid, relnamespace, relowner, relacl, 'TABLE ', relname, '' FROM pg_class WHERE relkind IN ('r', 'v')
  UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace, typowner, typacl, 'TYPE ', typname, '' FROM pg_type WHERE typrelid = 0
  UNION ALL SELECT 'pg_namespace'::regclass, oid, oid, nspowner, nspacl, 'SCHEMA ', NULL, '' FROM pg_namespace
) object (class, oid, namespace, owner, acl, keyword, name, arguments)
LEFT JOIN pg_init_privs i ON i.classoid = class AND i.objoid = object.oid AND i.objsubid = 0
WHERE namespace = 'pg_catalog'::regnamespace AND (acl IS NOT NULL OR i.initprivs IS NOT NULL)
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = class AND d.objid = object.oid AND d.refclassid = 'pg_extension'::regclass
                  AND d.deptype = 'e')

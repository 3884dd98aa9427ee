-- What the database has and the model does not: kind, qualified name, attribute. Not what extensions bring.
WITH member AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), found (class, oid, namespace, kind, name, attribute) AS (
  SELECT 'pg_default_acl'::regclass, oid, 0::oid, 'default privileges', pg_get_userbyid(defaclrole) || ' on large objects', ''
    FROM pg_default_acl WHERE defaclobjtype = 'L'
  UNION ALL SELECT 0, l.objoid, 0, 'object of an extension', o.type || ' ' || o.identity, 'security label'
    FROM member m JOIN pg_seclabel l ON l.classoid = m.classid AND l.objoid = m.objid,
    LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) o
  UNION ALL SELECT 0, c.oid, c.relnamespace, 'object of an extension', c.relname, 'privileges of column ' || a.attname
    FROM member m JOIN pg_class c ON c.oid = m.objid JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_init_privs i ON i.classoid = m.classid AND i.objoid = c.oid AND i.objsubid = a.attnum
    WHERE m.classid = 'pg_class'::regclass AND a.attacl IS DISTINCT FROM i.initprivs
  /*14+*/ UNION ALL SELECT 'pg_class'::regclass, c.oid, c.relnamespace, 'table', c.relname, 'pending detachment'
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhdetachpending /*end*/
  /*17+*/ UNION ALL SELECT 'pg_class'::regclass, c.oid, c.relnamespace, 'table', c.relname, 'MAINTAIN taken from the owner'
    FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relacl IS NOT NULL
      AND NOT EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee = relowner AND privilege_type = 'MAINTAIN') /*end*/
)
SELECT f.kind, CASE WHEN n.nspname IS NULL THEN f.name ELSE n.nspname || '.' || f.name END, f.attribute
FROM found f LEFT JOIN pg_namespace n ON n.oid = f.namespace
WHERE (n.nspname IS NULL OR n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'schemadiff'))
  AND NOT EXISTS (SELECT 1 FROM member m WHERE m.classid = f.class AND m.objid = f.oid)
ORDER BY 1, 2, 3

-- What the database has and the model does not: kind, qualified name, attribute. Not what extensions bring.
WITH member AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), found (class, oid, namespace, kind, name, attribute) AS (
  SELECT 'pg_type'::regclass, oid, typnamespace, CASE WHEN typisdefined THEN 'base type' ELSE 'shell type' END, typname, ''
    FROM pg_type WHERE oid >= 16384 AND (typtype = 'b' AND (typelem = 0 OR typcategory <> 'A') OR typtype = 'p')
  UNION ALL SELECT 'pg_subscription'::regclass, 0, 0, 'subscription', subname, '' FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'pg_default_acl'::regclass, oid, 0, 'default privileges', pg_get_userbyid(defaclrole) || ' on large objects', ''
    FROM pg_default_acl WHERE defaclobjtype = 'L'
  UNION ALL SELECT l.classoid, l.objoid, 0, 'security label', l.provider || ' on ' || o.type || ' ' || o.identity, ''
    FROM pg_seclabel l, LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) o WHERE l.objoid >= 16384
  UNION ALL SELECT 0, p.oid, p.pronamespace, 'object of an extension', p.proname, 'privileges'
    FROM member m JOIN pg_proc p ON p.oid = m.objid
    LEFT JOIN pg_init_privs i ON i.classoid = m.classid AND i.objoid = p.oid AND i.objsubid = 0
    WHERE m.classid = 'pg_proc'::regclass AND p.proacl IS DISTINCT FROM i.initprivs
  UNION ALL SELECT 0, c.oid, c.relnamespace, 'object of an extension', c.relname, 'privileges'
    FROM member m JOIN pg_class c ON c.oid = m.objid
    LEFT JOIN pg_init_privs i ON i.classoid = m.classid AND i.objoid = c.oid AND i.objsubid = 0
    WHERE m.classid = 'pg_class'::regclass AND c.relacl IS DISTINCT FROM i.initprivs
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

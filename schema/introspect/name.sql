-- What catalog rows refer to by oid: class, oid, schema, name. And who asks.
SELECT 'n', oid, 0::oid, nspname FROM pg_namespace
UNION ALL SELECT 'r', oid, 0, rolname FROM pg_roles
UNION ALL SELECT 'a', oid, 0, amname FROM pg_am
UNION ALL SELECT 's', oid, 0, spcname FROM pg_tablespace
UNION ALL SELECT 'l', oid, 0, lanname FROM pg_language
UNION ALL SELECT 'c', oid, collnamespace, collname FROM pg_collation
UNION ALL SELECT 'o', oid, oprnamespace, oprname FROM pg_operator
UNION ALL SELECT 'f', oid, pronamespace, proname FROM pg_proc
UNION ALL SELECT 'u', 0, 0, current_user

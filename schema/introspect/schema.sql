SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'schemadiff')

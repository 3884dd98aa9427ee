-- Whether there is a memo that can be read.
SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'schemadiff' AND c.relname = 'memo' AND c.relkind = 'r'

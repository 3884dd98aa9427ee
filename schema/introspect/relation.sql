-- Tables, views, sequences, indexes, composite types; of toast tables those with options.
SELECT oid, relnamespace, relname, relkind, relowner, NULLIF(reltablespace, 0), NULLIF(relam, 0),
       CASE WHEN relkind = 'r' OR relkind = 'm' THEN reltoastrelid END, NULLIF(reloftype, 0),
       reloptions, relacl, CASE WHEN relispartition AND relkind IN ('r', 'p', 'f') THEN pg_get_expr(relpartbound, oid) END,
       relpersistence, relreplident, relrowsecurity, relforcerowsecurity, relispopulated, relispartition
FROM pg_class
WHERE oid >= 16384 AND (relnamespace <> 99 OR reloptions IS NOT NULL)

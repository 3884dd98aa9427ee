SELECT t.oid, trftype, trflang, trffromsql::oid, f.proargtypes, trftosql::oid, s.proargtypes
FROM pg_transform t LEFT JOIN pg_proc f ON f.oid = trffromsql LEFT JOIN pg_proc s ON s.oid = trftosql WHERE t.oid >= 16384

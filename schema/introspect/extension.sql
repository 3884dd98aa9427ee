SELECT oid, extname, extnamespace, extversion FROM pg_extension WHERE extname <> 'plpgsql'

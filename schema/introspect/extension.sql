SELECT oid, extname, extnamespace, extversion, available.comment
FROM pg_extension LEFT JOIN pg_available_extensions() AS available ON available.name = extname
WHERE extname <> 'plpgsql'

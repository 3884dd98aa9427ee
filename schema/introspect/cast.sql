-- Casts that nobody made go with multirange types.
SELECT c.oid, castsource, casttarget, castmethod, castcontext, castfunc, p.proargtypes
FROM pg_cast c LEFT JOIN pg_proc p ON p.oid = castfunc
WHERE c.oid >= 16384 AND casttarget NOT IN (SELECT oid FROM pg_type WHERE typtype = 'm')

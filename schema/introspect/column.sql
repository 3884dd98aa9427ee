-- Some servers put a version of their own into attoptions of every column.
-- Columns of tables, views and composite types; of indexes those with options or a statistics target;
-- system columns and those of sequences with privileges.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid,
       CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END, NULLIF(a.attcollation, 0),
       NULLIF(a.attnotnull, false), NULLIF(a.attislocal, true),
       /*17+*/ CASE WHEN NOT c.relispartition THEN NULLIF(a.attidentity, '') END /*else*/ NULLIF(a.attidentity, '') /*end*/, NULLIF(a.attgenerated, ''),
       a.attstorage, /*14+*/ NULLIF(a.attcompression, '') /*else*/ NULL /*end*/,
       NULLIF(a.attstattarget, -1), CASE WHEN a.attoptions[1] NOT LIKE 'pg_attver=%' OR a.attoptions[2] IS NOT NULL THEN a.attoptions END, a.attacl, a.attfdwoptions
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE a.attrelid >= 16384 AND NOT a.attisdropped
  AND (a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'c', 'f')
       OR a.attnum > 0 AND c.relkind IN ('i', 'I') AND (a.attoptions IS NOT NULL OR a.attstattarget >= 0)
       OR a.attacl IS NOT NULL AND c.relkind IN ('r', 'p', 'm', 'f', 'S'))

-- Writes parser/analyze/builtins/*.inc, the built-in objects as tab-separated rows in C++ raw strings.
-- Usage, against a fresh PostgreSQL 15 cluster, from this directory:
--   psql -X -q -A -t -F "$(printf '\t')" -v ON_ERROR_STOP=1 -f builtins.sql
-- Types are named by oid; booleans are t and f; schemas are "" for pg_catalog and "i" for
-- information_schema. Rows are sorted by their key in byte order.
SET search_path = pg_catalog;

-- oid, schema, name, typtype, category, preferred, storage, collatable, element, array, true array,
-- range's subtype or multirange's range, range's multirange, base type, base typmod, length, passed by
-- value, alignment
\o builtins/types.inc
\qecho 'R"tsv('
SELECT t.oid, CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE 'i' END, t.typname, t.typtype, t.typcategory,
       t.typispreferred, t.typstorage, t.typcollation <> 0, t.typelem::oid, t.typarray::oid,
       t.typsubscript = 'array_subscript_handler'::regproc,
       coalesce(r.rngsubtype, m.rngtypid, 0), coalesce(r.rngmultitypid, 0), t.typbasetype::oid,
       t.typtypmod, t.typlen, t.typbyval, t.typalign
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
       LEFT JOIN pg_range r ON r.rngtypid = t.oid LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
 WHERE n.nspname IN ('pg_catalog', 'information_schema')
 ORDER BY t.oid;
\qecho ')tsv"'

-- name, schema, input types, result, variadic element, number of defaults, returns set, kind, aggkind,
-- direct arguments, input names, output columns as name:type
\o builtins/functions.inc
\qecho 'R"tsv('
SELECT p.proname, CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE 'i' END, p.proargtypes, p.prorettype::oid,
       p.provariadic::oid, p.pronargdefaults, p.proretset, p.prokind, coalesce(a.aggkind, 'n'),
       coalesce(a.aggnumdirectargs, 0),
       coalesce((SELECT string_agg(x.name, ',' ORDER BY x.i)
                   FROM unnest(p.proargnames) WITH ORDINALITY x (name, i)
                  WHERE p.proargmodes IS NULL OR p.proargmodes[x.i] IN ('i', 'b', 'v')), ''),
       coalesce((SELECT string_agg(p.proargnames[x.i] || ':' || x.type, ',' ORDER BY x.i)
                   FROM unnest(p.proallargtypes) WITH ORDINALITY x (type, i)
                  WHERE p.proargmodes[x.i] IN ('o', 'b', 't')), '')
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
 WHERE n.nspname IN ('pg_catalog', 'information_schema')
 ORDER BY p.proname COLLATE "C", p.oid;
\qecho ')tsv"'

-- name, left, right, result
\o builtins/operators.inc
\qecho 'R"tsv('
SELECT oprname, oprleft::oid, oprright::oid, oprresult::oid
  FROM pg_operator ORDER BY oprname COLLATE "C", oid;
\qecho ')tsv"'

-- source, target, context, method, function
\o builtins/casts.inc
\qecho 'R"tsv('
SELECT castsource::oid, casttarget::oid, castcontext, castmethod, coalesce(p.proname, '')
  FROM pg_cast c LEFT JOIN pg_proc p ON p.oid = c.castfunc ORDER BY castsource, casttarget;
\qecho ')tsv"'

-- access method, name, input type, default
\o builtins/opclasses.inc
\qecho 'R"tsv('
SELECT a.amname, o.opcname, o.opcintype::oid, o.opcdefault
  FROM pg_opclass o JOIN pg_am a ON a.oid = o.opcmethod
 ORDER BY a.amname COLLATE "C", o.opcname COLLATE "C", o.oid;
\qecho ')tsv"'

-- schema, name, relkind, row type, columns as name:type:typmod:collation (empty: the type's own)
\o builtins/relations.inc
\qecho 'R"tsv('
SELECT CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE 'i' END, c.relname, c.relkind, c.reltype::oid,
       string_agg(a.attname || ':' || a.atttypid::oid || ':' || a.atttypmod || ':' ||
                  CASE WHEN a.attcollation = t.typcollation THEN '' ELSE coalesce(o.collname, '') END,
                  ',' ORDER BY a.attnum)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_collation o ON o.oid = a.attcollation
 WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v')
 GROUP BY n.nspname, c.relname, c.relkind, c.reltype
 ORDER BY 1, c.relname COLLATE "C";
\qecho ')tsv"'

-- what, name
\o builtins/names.inc
\qecho 'R"tsv('
SELECT * FROM (
  SELECT DISTINCT 'collation', collname::text COLLATE "C"
    FROM pg_collation WHERE collnamespace = 'pg_catalog'::regnamespace
  UNION ALL SELECT 'access method', amname::text FROM pg_am
  UNION ALL SELECT 'language', lanname::text FROM pg_language
  UNION ALL SELECT 'text search configuration', cfgname::text FROM pg_ts_config
  UNION ALL SELECT 'text search dictionary', dictname::text FROM pg_ts_dict) AS x (what, name)
 ORDER BY what COLLATE "C", name COLLATE "C";
\qecho ')tsv"'
\o

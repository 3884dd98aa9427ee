-- Row types of relations and arrays come without what follows from the relation and the element.
SELECT t.oid, NULLIF(t.typrelid, 0), CASE WHEN kind = 'a' THEN t.typelem END, t.typnamespace, t.typname, t.typtype,
       CASE WHEN kind = 't' THEN format_type(t.oid, -1) END, t.typcategory, t.typispreferred,
       t.typstorage, NULLIF(t.typcollation, 0), t.typowner, NULLIF(t.typbasetype, 0),
       CASE WHEN t.typtypmod >= 0 THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
       CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) END, t.typacl
FROM pg_type t, LATERAL (
  SELECT CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 AND t.typstorage <> 'p' THEN 'a'
              WHEN t.typrelid >= 16384 THEN 'r' ELSE 't' END
) of (kind)

-- Where a trigger of a partitioned table fires otherwise in a partition: before version 15 such clones are internal.
WITH RECURSIVE clone (oid, tgrelid, tgenabled, root, name, state) AS (
  SELECT t.oid, t.tgrelid, t.tgenabled, t.tgrelid, t.tgname, t.tgenabled
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid AND c.relkind = 'p'
    WHERE NOT t.tgisinternal AND t.tgparentid = 0
  UNION ALL SELECT t.oid, t.tgrelid, t.tgenabled, c.root, c.name, c.state FROM clone c JOIN pg_trigger t ON t.tgparentid = c.oid
)
SELECT root, name, tgrelid, tgenabled FROM clone WHERE tgenabled <> state

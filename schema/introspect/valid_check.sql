-- The checks that partitions have from above and that hold in them, while they are NOT VALID above.
WITH RECURSIVE below (relation, name) AS (
  SELECT n.conrelid, n.conname FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid AND c.relkind = 'p'
    WHERE n.contype = 'c' AND n.conislocal AND NOT n.convalidated /*18+*/ AND n.conenforced /*else*/ /*end*/
  UNION SELECT inhrelid, name FROM below JOIN pg_inherits ON inhparent = relation
)
SELECT relation, name FROM below JOIN pg_constraint ON conrelid = relation AND conname = name
WHERE contype = 'c' AND NOT conislocal AND convalidated
ORDER BY relation, name COLLATE "C"

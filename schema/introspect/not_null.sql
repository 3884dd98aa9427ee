-- NOT NULL constraints are rows of their own: of domains from 17 on, of tables from 18 on.
SELECT /*17+*/ oid, conname, conrelid, contypid, conkey[1], connoinherit, convalidated
FROM pg_constraint WHERE oid >= 16384 AND contype = 'n' /*else*/ 0 WHERE false /*end*/

BEGIN;
BEGIN; -- fires
COMMIT;
COMMIT; -- fires
START TRANSACTION; -- fires
ALTER TABLE users ADD COLUMN place integer;

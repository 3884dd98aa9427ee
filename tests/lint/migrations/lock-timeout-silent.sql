ALTER TYPE state ADD VALUE 'old';
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ADD COLUMN place integer;
COMMIT;

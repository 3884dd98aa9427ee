SET lock_timeout = '2s';
BEGIN;
ALTER TABLE orders ADD COLUMN rank integer;
UPDATE orders SET rank = 0; -- fires
COMMIT;
BEGIN;
ALTER TABLE orders ADD COLUMN place integer;
ALTER TABLE users ADD COLUMN place integer; -- fires
CREATE INDEX ON users (name); -- fires
COMMIT;
BEGIN;
DROP INDEX orders_note;
ALTER TABLE orders VALIDATE CONSTRAINT total_known; -- fires
COMMIT;

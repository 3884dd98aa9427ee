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
ALTER TABLE orders ADD CONSTRAINT few CHECK (total < 10) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT few; -- fires
COMMIT;

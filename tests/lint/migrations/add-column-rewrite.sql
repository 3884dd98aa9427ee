SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid(); -- fires
ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT clock_timestamp(); -- fires
ALTER TABLE orders ADD COLUMN number bigserial; -- fires
ALTER TABLE orders ADD COLUMN row bigint GENERATED ALWAYS AS IDENTITY; -- fires
ALTER TABLE orders ADD COLUMN twice integer GENERATED ALWAYS AS (total * 2) STORED; -- fires

SET lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN size TYPE bigint; -- fires
ALTER TABLE orders ALTER COLUMN total TYPE text USING total::text, ALTER COLUMN state DROP NOT NULL; -- fires
ALTER TABLE events_2026 SET UNLOGGED; -- fires
CLUSTER orders USING orders_pkey; -- fires
VACUUM FULL users; -- fires
VACUUM (FULL, ANALYZE) users; -- fires
REFRESH MATERIALIZED VIEW sums; -- fires

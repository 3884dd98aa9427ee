SET lock_timeout = '2s';
ALTER TABLE orders ALTER COLUMN note TYPE text;
ALTER TABLE users SET (fillfactor = 90);
ANALYZE users;
VACUUM users;
REFRESH MATERIALIZED VIEW CONCURRENTLY sums;

SET lock_timeout = '2s';
ALTER TABLE users RENAME COLUMN name TO full_name; -- fires
ALTER TABLE orders RENAME TO purchases; -- fires
ALTER TABLE purchases ADD COLUMN place integer;
CREATE TABLE fresh (id bigint PRIMARY KEY);
ALTER TABLE fresh RENAME TO stale;

CREATE TABLE fresh (id bigint PRIMARY KEY);
CREATE INDEX CONCURRENTLY ON users (name);
ALTER TABLE users ADD COLUMN place integer; -- fires
ALTER TABLE orders ADD COLUMN place integer;

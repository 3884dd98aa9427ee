CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE users (id bigint PRIMARY KEY, name text, size integer NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint,
  state state,
  note varchar(20),
  total integer,
  CONSTRAINT total_known CHECK (total IS NOT NULL)
);
CREATE INDEX orders_note ON orders (note);
CREATE VIEW open_orders AS SELECT id FROM orders WHERE state = 'new';
CREATE MATERIALIZED VIEW sums AS SELECT user_id, sum(total) FROM orders GROUP BY user_id;
CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 (at timestamptz NOT NULL);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

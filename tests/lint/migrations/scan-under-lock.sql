SET lock_timeout = '2s';
CREATE INDEX orders_state ON orders (state); -- fires
CREATE UNIQUE INDEX ON users (name); -- fires
ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL; -- fires
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users; -- fires
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 1000); -- fires
ALTER TABLE users ADD CONSTRAINT named UNIQUE (name); -- fires
ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING gist (note WITH =); -- fires
ALTER TABLE users ADD COLUMN age integer CHECK (age > 0); -- fires
ALTER TABLE users ADD COLUMN mail text UNIQUE; -- fires
REINDEX TABLE users; -- fires
REINDEX INDEX orders_note; -- fires
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); -- fires
DO $$ BEGIN -- fires
  ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

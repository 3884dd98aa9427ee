SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN token uuid;
ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT now();
ALTER TABLE orders ADD COLUMN rank integer NOT NULL DEFAULT 0;

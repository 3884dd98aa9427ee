DROP TABLE orders CASCADE; -- fires
TRUNCATE users CASCADE; -- fires
ALTER TABLE users DROP COLUMN name CASCADE; -- fires

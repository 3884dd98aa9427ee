CREATE TABLE a (
  created_at timestamptz NOT NULL  -- fires
);

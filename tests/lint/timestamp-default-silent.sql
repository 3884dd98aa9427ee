CREATE TABLE a (
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);

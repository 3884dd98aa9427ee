CREATE TABLE posts (
  id bigint PRIMARY KEY,
  platform text,
  detected_at timestamptz
);
CREATE INDEX ON posts (platform, detected_at DESC, id);

CREATE TABLE posts (  -- fires
  id bigint PRIMARY KEY,
  platform text,
  detected_at timestamptz
);
CREATE INDEX ON posts (detected_at, platform);
CREATE INDEX ON posts (platform, detected_at) WHERE platform = 'x';
CREATE TABLE other (platform text);

CREATE TABLE a (
  password_hash text,
  token_digest bytea,
  token_expires_at timestamptz,
  password_changed boolean,
  secret_encrypted bytea,
  tokenizer text,
  tokens_used integer,
  secretary text
);

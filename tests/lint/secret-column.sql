CREATE TABLE a (
  password text,  -- fires
  "apiKey" varchar(40),  -- fires
  refresh_token text,  -- fires
  client_secret bytea  -- fires
);

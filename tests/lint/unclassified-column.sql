CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text,
  nickname text  -- fires
);
CREATE TABLE more () INHERITS (users);

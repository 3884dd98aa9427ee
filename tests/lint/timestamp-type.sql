CREATE TABLE a (
  at timestamp(3)  -- fires
);

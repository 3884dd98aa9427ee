CREATE TABLE a (
  b varchar(20),  -- fires
  c char(2)  -- fires
);

CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (
  id int PRIMARY KEY,
  x int,
  y int,
  FOREIGN KEY (x, y) REFERENCES a  -- fires
);
CREATE INDEX ON b (id, x, y);
CREATE INDEX ON b (x, y) WHERE x > 0;

CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (id int PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES a);
CREATE INDEX ON b (y, x, id);
CREATE TABLE c (x int, y int, PRIMARY KEY (x, y), FOREIGN KEY (x, y) REFERENCES a);

CREATE TABLE a (id bigint PRIMARY KEY, b int, c int);
CREATE UNIQUE INDEX one ON a (b);
CREATE INDEX two ON a (b, c);
CREATE INDEX three ON a (b, c) WHERE c > 0;
CREATE INDEX four ON a (c, b);
CREATE INDEX five ON a (b DESC);
CREATE INDEX six ON a USING hash (b);

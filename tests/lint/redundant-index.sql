CREATE TABLE a (id bigint PRIMARY KEY, b int, c int);
CREATE INDEX one ON a (b);  -- fires
CREATE INDEX two ON a (b, c);
CREATE INDEX two_again ON a (b, c);  -- fires
CREATE INDEX like_key ON a (id);  -- fires

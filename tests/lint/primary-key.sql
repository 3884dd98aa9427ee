CREATE TABLE a (id bigint UNIQUE NOT NULL);  -- fires

CREATE TABLE state (name text PRIMARY KEY);

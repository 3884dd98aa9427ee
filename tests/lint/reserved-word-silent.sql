CREATE TABLE users (id bigint, name text, value text, "Mixed" int);

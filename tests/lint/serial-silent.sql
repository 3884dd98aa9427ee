CREATE SEQUENCE numbers;
CREATE TABLE a (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  n bigint DEFAULT nextval('numbers')
);

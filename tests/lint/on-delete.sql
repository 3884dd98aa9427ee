CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (
  a_id bigint REFERENCES a,  -- fires
  c_id bigint REFERENCES a ON DELETE NO ACTION  -- fires
);

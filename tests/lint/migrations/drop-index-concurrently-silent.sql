CREATE TABLE fresh (id bigint);
CREATE INDEX fresh_id ON fresh (id);
DROP INDEX fresh_id;
DROP INDEX CONCURRENTLY orders_note;

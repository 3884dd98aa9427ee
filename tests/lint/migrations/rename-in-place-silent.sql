CREATE TABLE fresh (id bigint, name text);
ALTER TABLE fresh RENAME COLUMN name TO label;
ALTER INDEX orders_note RENAME TO orders_by_note;

DROP VIEW open_orders;
ALTER TABLE users DROP COLUMN name;

CREATE SCHEMA shop;
CREATE TABLE shop.order_lines (id bigint PRIMARY KEY, order_id bigint, größe int, line_2 int);
CREATE INDEX ON shop.order_lines (order_id);

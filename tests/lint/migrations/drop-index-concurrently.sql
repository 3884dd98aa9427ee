DROP INDEX orders_note; -- fires

CREATE TABLE booking (room int, during int4range, note text) PARTITION BY LIST (room);
CREATE TABLE booking_1 PARTITION OF booking FOR VALUES IN (1);
CREATE TABLE loan (item int, during int4range) PARTITION BY LIST (item);
CREATE TABLE loan_1 PARTITION OF loan FOR VALUES IN (1);
ALTER TABLE loan ADD CONSTRAINT loan_once EXCLUDE USING btree (item WITH =);

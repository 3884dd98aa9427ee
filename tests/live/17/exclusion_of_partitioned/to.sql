-- From 17 on partitioned tables have exclusion constraints, and their partitions parts of them.
CREATE TABLE booking (room int, during int4range, note text) PARTITION BY LIST (room);
CREATE TABLE booking_1 PARTITION OF booking FOR VALUES IN (1);
ALTER TABLE booking ADD CONSTRAINT booking_once EXCLUDE USING btree (room WITH =);
CREATE TABLE booking_2 PARTITION OF booking FOR VALUES IN (2);
CREATE TABLE loan (item int, during int4range) PARTITION BY LIST (item);
CREATE TABLE loan_1 PARTITION OF loan FOR VALUES IN (1);

DO $$ BEGIN PERFORM 1; END $$; -- fires
CALL work(); -- fires
UPDATE orders SET note = ''; -- fires
TRUNCATE orders; -- fires

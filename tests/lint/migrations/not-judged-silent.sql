DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN rank integer;
EXCEPTION WHEN duplicate_column THEN NULL; END $$;
SELECT 1;

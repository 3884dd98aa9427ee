-- The condition is to be had inside the whole definition only.
SELECT oid, tgrelid, tgname, tgfoid, tgtype, tgenabled, tgconstraint <> 0, tgdeferrable, tginitdeferred,
       NULLIF(tgconstrrelid, 0), tgattr, tgargs, tgoldtable, tgnewtable,
       CASE WHEN tgqual IS NOT NULL THEN pg_get_triggerdef(oid) END
FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0

-- The whole definition only where the collation of an expression cannot be told otherwise.
SELECT partrelid, partstrat, partattrs, partclass, partcollation, pg_get_expr(partexprs, partrelid),
       CASE WHEN partexprs IS NOT NULL AND NOT partcollation::oid[] <@ '{0,100}' THEN pg_get_partkeydef(partrelid) END
FROM pg_partitioned_table

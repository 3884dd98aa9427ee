-- Defaults and generation expressions.
SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef

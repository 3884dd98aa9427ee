-- Defaults and generation expressions. With a relation given the server opens it, which only expressions with columns need.
SELECT adrelid, adnum, pg_get_expr(adbin, CASE WHEN adbin::text LIKE '%{VAR %' THEN adrelid ELSE 0 END) FROM pg_attrdef

SELECT oid, typnamespace, typname, format_type(oid, -1), typtype, typcategory, typispreferred,
       typstorage, NULLIF(typcollation, 0), NULLIF(typrelid, 0), typowner,
       NULLIF(typbasetype, 0), CASE WHEN typtypmod >= 0 THEN format_type(typbasetype, typtypmod) END,
       typnotnull, CASE WHEN typtype = 'd' THEN coalesce(pg_get_expr(typdefaultbin, 0), quote_literal(typdefault)) END,
       typacl, typcategory = 'A' AND typelem <> 0
FROM pg_type

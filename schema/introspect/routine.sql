-- Functions, procedures and the pg_proc part of aggregates; not the constructors that a range type makes for itself.
SELECT oid, pronamespace, proname, proowner, prokind, prolang, procost, prorows, NULLIF(prosupport::oid, 0), prosecdef,
       proleakproof, proisstrict, proretset, provolatile, proparallel, prorettype, proargtypes, proallargtypes,
       proargmodes, proargnames, pg_get_expr(proargdefaults, 0), protrftypes,
       probin, proconfig, proacl,
       /*14+*/ CASE WHEN prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(oid) END /*else*/ NULL /*end*/, prosrc
FROM pg_proc WHERE oid >= 16384 AND NOT (prolang = 12 AND prosrc ~ '^(multi)?range_constructor[0-9]$')

SELECT c.oid, cfgnamespace, cfgname, cfgowner, prsnamespace, prsname
FROM pg_ts_config c JOIN pg_ts_parser p ON p.oid = cfgparser WHERE c.oid >= 16384

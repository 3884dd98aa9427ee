SELECT d.oid, dictnamespace, dictname, dictowner, tmplnamespace, tmplname, dictinitoption
FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = dicttemplate WHERE d.oid >= 16384

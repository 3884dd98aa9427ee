SELECT oid, tmplnamespace, tmplname, tmplinit::oid, tmpllexize::oid FROM pg_ts_template WHERE oid >= 16384

SELECT oid, amname, amtype, amhandler::oid FROM pg_am WHERE oid >= 16384

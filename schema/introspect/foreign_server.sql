SELECT s.oid, srvname, srvowner, fdwname, srvtype, srvversion, srvacl, srvoptions
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw

SELECT oid, fdwname, fdwowner, NULLIF(fdwhandler::oid, 0), NULLIF(fdwvalidator::oid, 0), fdwacl, fdwoptions FROM pg_foreign_data_wrapper

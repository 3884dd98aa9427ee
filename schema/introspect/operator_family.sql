SELECT oid, opfnamespace, opfname, opfowner, opfmethod FROM pg_opfamily

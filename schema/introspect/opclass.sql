SELECT oid, opcnamespace, opcname, opcmethod, opcintype, opcdefault FROM pg_opclass

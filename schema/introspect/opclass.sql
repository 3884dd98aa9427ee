SELECT oid, opcnamespace, opcname, opcmethod, opcintype, opcdefault, opcowner, opcfamily, NULLIF(opckeytype, 0) FROM pg_opclass

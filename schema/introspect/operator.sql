-- Shells, which only some other operator's commutator or negator names, are none.
SELECT oid, oprnamespace, oprname, oprowner, NULLIF(oprleft, 0), oprright, oprresult, oprcode::oid, NULLIF(oprcom, 0),
       NULLIF(oprnegate, 0), NULLIF(oprrest::oid, 0), NULLIF(oprjoin::oid, 0), oprcanhash, oprcanmerge
FROM pg_operator WHERE oid >= 16384 AND oprcode <> 0

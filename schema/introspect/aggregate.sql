SELECT aggfnoid::oid, aggkind, aggnumdirectargs, aggtransfn::oid, aggtranstype, aggtransspace, aggfinalfn::oid, aggfinalextra,
       aggfinalmodify, aggcombinefn::oid, aggserialfn::oid, aggdeserialfn::oid, agginitval, aggmtransfn::oid,
       aggminvtransfn::oid, aggmtranstype, aggmtransspace, aggmfinalfn::oid, aggmfinalextra, aggmfinalmodify,
       aggminitval, aggsortop
FROM pg_aggregate WHERE aggfnoid >= 16384

SELECT oid, prsnamespace, prsname, prsstart::oid, prstoken::oid, prsend::oid, prslextype::oid, prsheadline::oid
FROM pg_ts_parser WHERE oid >= 16384

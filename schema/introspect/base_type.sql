-- Base types and shells; not the array types that the server makes.
SELECT t.oid, typisdefined, NULLIF(typinput::oid, 0), NULLIF(typoutput::oid, 0), NULLIF(typreceive::oid, 0),
       NULLIF(typsend::oid, 0), NULLIF(typmodin::oid, 0), NULLIF(typmodout::oid, 0), NULLIF(typanalyze::oid, 0),
       /*14+*/ NULLIF(typsubscript::oid, 0) /*else*/ NULL /*end*/, typlen, typbyval, typalign, typstorage,
       typcategory, typispreferred, typdefault, NULLIF(typelem, 0), typdelim, typcollation <> 0
FROM pg_type t
WHERE t.oid >= 16384 AND (typtype = 'b' OR typtype = 'p' AND NOT typisdefined)
  AND NOT EXISTS (SELECT 1 FROM pg_type element WHERE element.typarray = t.oid)

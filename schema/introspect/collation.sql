-- The locale's column has another name in each of 15 and 17; before 15 collate holds it.
SELECT oid, collnamespace, collname, collowner, collprovider, collisdeterministic, collcollate, collctype,
       coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'), /*16+*/ collicurules /*else*/ NULL /*end*/
FROM pg_collation c WHERE oid >= 16384

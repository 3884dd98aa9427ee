SELECT oid, connamespace, conname, conowner, pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding),
       conproc::oid, condefault
FROM pg_conversion WHERE oid >= 16384

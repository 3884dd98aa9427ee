SELECT oid, lanname, lanowner, lanpltrusted, lanplcallfoid, laninline, lanvalidator, lanacl FROM pg_language WHERE oid >= 16384

-- Who may not see a mapping's options reads none.
SELECT srvid, srvname, umuser, usename, umoptions FROM pg_user_mappings

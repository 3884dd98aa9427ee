-- The names of tokens are known to the parser only.
SELECT mapcfg, t.alias, dictnamespace, dictname
FROM pg_ts_config_map m JOIN pg_ts_config c ON c.oid = mapcfg JOIN pg_ts_dict d ON d.oid = mapdict
CROSS JOIN LATERAL ts_token_type(c.cfgparser) t
WHERE mapcfg >= 16384 AND t.tokid = maptokentype
ORDER BY mapcfg, t.alias COLLATE "C", mapseqno

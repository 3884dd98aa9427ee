-- A database's schema as one line per fact, equal where the schemas are, on any version from 13 on. Written
-- without an eye on schema/introspect: whole rows, less what is of the physical place or in no dump (the encoding
-- of a collation), with oids told as names.
\pset tuples_only on
\pset format unaligned
SET search_path = '';
CREATE FUNCTION pg_temp.type(oid) RETURNS text LANGUAGE sql AS $$ SELECT pg_catalog.format_type($1, NULL) $$;
CREATE FUNCTION pg_temp.acl(aclitem[]) RETURNS text LANGUAGE sql AS $$
  SELECT pg_catalog.string_agg(x, ' ' ORDER BY x) FROM (
    SELECT pg_catalog.regexp_replace(item::text, '/.*', '') FROM pg_catalog.unnest($1) AS item) AS items (x)
$$;
CREATE FUNCTION pg_temp.col(oid, smallint) RETURNS text LANGUAGE sql AS $$
  SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = $1 AND attnum = $2
$$;
CREATE FUNCTION pg_temp.who(oid) RETURNS text LANGUAGE sql AS $$
  SELECT rolname::text FROM pg_catalog.pg_roles WHERE oid = $1
$$;
CREATE FUNCTION pg_temp.sorted(text[]) RETURNS text LANGUAGE sql AS $$
  SELECT pg_catalog.string_agg(option, ',' ORDER BY option) FROM pg_catalog.unnest($1) AS option
$$;
-- The row as JSON without its oids and the keys named.
CREATE FUNCTION pg_temp.rest(jsonb, text[]) RETURNS text LANGUAGE sql AS $$ SELECT ($1 - 'oid' - $2)::text $$;
CREATE TEMP VIEW ours AS SELECT oid, nspname FROM pg_catalog.pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema';
CREATE TEMP VIEW brought AS SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e';
CREATE TEMP VIEW relation AS SELECT c.* FROM pg_catalog.pg_class c JOIN ours ON ours.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_catalog.pg_class'::regclass AND b.objid = c.oid);

SELECT pg_catalog.replace(line, E'\n', ' ') FROM (
SELECT pg_catalog.concat_ws(' ', 'schema', nspname, pg_temp.who(nspowner), pg_temp.acl(coalesce(nspacl, pg_catalog.acldefault('n', nspowner))))
  FROM pg_catalog.pg_namespace WHERE oid IN (SELECT oid FROM ours)
UNION ALL SELECT pg_catalog.concat_ws(' ', 'extension', extname, extnamespace::regnamespace, extversion) FROM pg_catalog.pg_extension
UNION ALL SELECT pg_catalog.concat_ws(' ', 'relation', c.oid::regclass, pg_temp.who(relowner), pg_temp.acl(coalesce(relacl, pg_catalog.acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))),
    pg_catalog.pg_get_expr(relpartbound, c.oid), (SELECT amname FROM pg_catalog.pg_am a WHERE a.oid = relam),
    (SELECT spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = reltablespace), NULLIF(reloftype, 0)::regtype,
    CASE relkind WHEN 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
    (SELECT t.reloptions FROM pg_catalog.pg_class t WHERE t.oid = c.reltoastrelid),
    pg_temp.rest(pg_catalog.to_jsonb(c), '{relname,relnamespace,reltype,reloftype,relowner,relam,relfilenode,reltablespace,relpages,reltuples,relallvisible,relallfrozen,reltoastrelid,relhasindex,relhastriggers,relhasrules,relhassubclass,relfrozenxid,relminmxid,relrewrite,relchecks,relnatts,relacl,relpartbound,relispopulated}'))
  FROM relation c
UNION ALL SELECT pg_catalog.concat_ws(' ', 'column', attrelid::regclass, attname, pg_catalog.format_type(atttypid, atttypmod),
    NULLIF(attcollation, 0)::regcollation, pg_temp.acl(attacl), (SELECT pg_catalog.array_agg(o) FROM pg_catalog.unnest(attoptions) o WHERE o NOT LIKE 'pg_attver=%'),
    pg_temp.rest(pg_catalog.to_jsonb(a), '{attrelid,attname,attnum,atttypid,atttypmod,attlen,attndims,attbyval,attalign,attcacheoff,attcollation,attacl,attoptions,atthasmissing,attmissingval}'))
  FROM pg_catalog.pg_attribute a JOIN relation c ON c.oid = attrelid WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
UNION ALL SELECT pg_catalog.concat_ws(' ', 'default', adrelid::regclass, pg_temp.col(adrelid, adnum), pg_catalog.pg_get_expr(adbin, adrelid))
  FROM pg_catalog.pg_attrdef JOIN relation c ON c.oid = adrelid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'parent', inhrelid::regclass, inhparent::regclass)
  FROM pg_catalog.pg_inherits JOIN relation c ON c.oid = inhrelid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'index', indexrelid::regclass, indisclustered, indisvalid, indisreplident, pg_catalog.pg_get_indexdef(indexrelid),
    (SELECT pg_catalog.array_agg(attstattarget ORDER BY attnum) FROM pg_catalog.pg_attribute a WHERE attrelid = indexrelid AND attstattarget >= 0))
  FROM pg_catalog.pg_index JOIN relation c ON c.oid = indexrelid
-- Parts of a foreign key have names that the server makes up in the order in which they come. connoinherit is said of
-- checks and NOT NULL alone: of a foreign key it tells whether it was made on a table with partitions.
UNION ALL SELECT pg_catalog.concat_ws(' ', 'constraint', CASE WHEN contype <> 'f' OR conparentid = 0 THEN conname END, NULLIF(conrelid, 0)::regclass, NULLIF(contypid, 0)::regtype,
    NULLIF(conindid, 0)::regclass, (SELECT conname FROM pg_catalog.pg_constraint p WHERE p.oid = k.conparentid), pg_catalog.pg_get_constraintdef(k.oid),
    pg_temp.rest(pg_catalog.to_jsonb(k), '{conname,connamespace,conrelid,contypid,conindid,conparentid,confrelid,conkey,confkey,conpfeqop,conppeqop,conffeqop,confdelsetcols,conexclop,conbin}' || CASE WHEN contype IN ('f', 'p', 'u', 'x') THEN '{connoinherit}'::text[] END))
  FROM pg_catalog.pg_constraint k JOIN ours ON ours.oid = connamespace
UNION ALL SELECT pg_catalog.concat_ws(' ', 'sequence', seqrelid::regclass, seqtypid::regtype, pg_temp.rest(pg_catalog.to_jsonb(s), '{seqrelid,seqtypid}'),
    (SELECT pg_catalog.concat_ws(' ', deptype, refobjid::regclass, pg_temp.col(refobjid, refobjsubid::smallint)) FROM pg_catalog.pg_depend
     WHERE classid = 'pg_catalog.pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')))
  FROM pg_catalog.pg_sequence s JOIN relation c ON c.oid = seqrelid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'trigger', pg_catalog.pg_get_triggerdef(t.oid), tgenabled)
  FROM pg_catalog.pg_trigger t JOIN relation c ON c.oid = tgrelid WHERE NOT tgisinternal
UNION ALL SELECT pg_catalog.concat_ws(' ', 'rule', ev_class::regclass, pg_catalog.pg_get_ruledef(r.oid), ev_enabled)
  FROM pg_catalog.pg_rewrite r JOIN relation c ON c.oid = ev_class
UNION ALL SELECT pg_catalog.concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive,
    (SELECT pg_catalog.string_agg(coalesce(pg_temp.who(r), 'public'), ',' ORDER BY pg_temp.who(r)) FROM pg_catalog.unnest(polroles) r),
    pg_catalog.pg_get_expr(polqual, polrelid), '|', pg_catalog.pg_get_expr(polwithcheck, polrelid))
  FROM pg_catalog.pg_policy JOIN relation c ON c.oid = polrelid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'routine', p.oid::regprocedure, pg_temp.who(proowner), pg_temp.acl(coalesce(proacl, pg_catalog.acldefault('f', proowner))),
    CASE WHEN prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) ELSE pg_catalog.pg_get_function_arguments(p.oid) END,
    (SELECT pg_temp.rest(pg_catalog.to_jsonb(a), '{aggfnoid,aggtranstype,aggmtranstype,aggsortop}'::text[]
        -- no dump has what a final function gets where there is none
        || CASE WHEN aggfinalfn = 0 THEN '{aggfinalextra,aggfinalmodify}'::text[] ELSE '{}' END
        || CASE WHEN aggmfinalfn = 0 THEN '{aggmfinalextra,aggmfinalmodify}'::text[] ELSE '{}' END) || pg_temp.type(aggtranstype) || aggsortop::regoperator
     FROM pg_catalog.pg_aggregate a WHERE aggfnoid = p.oid))
  FROM pg_catalog.pg_proc p JOIN ours ON ours.oid = pronamespace
  WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_catalog.pg_proc'::regclass AND b.objid = p.oid)
UNION ALL SELECT pg_catalog.concat_ws(' ', 'type', t.oid::regtype, typtype, pg_temp.who(typowner), pg_temp.acl(coalesce(typacl, pg_catalog.acldefault('T', typowner))), typnotnull, NULLIF(typcollation, 0)::regcollation,
    pg_catalog.format_type(NULLIF(typbasetype, 0), typtypmod), coalesce(pg_catalog.pg_get_expr(typdefaultbin, 0), typdefault),
    (SELECT pg_catalog.array_agg(enumlabel ORDER BY enumsortorder) FROM pg_catalog.pg_enum WHERE enumtypid = t.oid),
    (SELECT pg_catalog.concat_ws(' ', rngsubtype::regtype, NULLIF(rngcollation, 0)::regcollation, opcname, rngcanonical, rngsubdiff)
     FROM pg_catalog.pg_range r JOIN pg_catalog.pg_opclass o ON o.oid = rngsubopc WHERE rngtypid = t.oid))
  FROM pg_catalog.pg_type t JOIN ours ON ours.oid = typnamespace
UNION ALL SELECT pg_catalog.concat_ws(' ', 'statistics', stxname, pg_temp.who(stxowner), pg_catalog.regexp_replace(def, ' ON .* FROM ', ' FROM '), pg_temp.sorted(pg_catalog.regexp_split_to_array(pg_catalog.substring(def, ' ON (.*) FROM '), ', ')), pg_catalog.to_jsonb(s) ->> 'stxstattarget')
  FROM pg_catalog.pg_statistic_ext s JOIN ours ON ours.oid = stxnamespace, pg_catalog.pg_get_statisticsobjdef(s.oid) AS def
UNION ALL SELECT pg_catalog.concat_ws(' ', 'collation', c.oid::regcollation, pg_temp.who(collowner), pg_temp.rest(pg_catalog.to_jsonb(c), '{collnamespace,collname,collowner,collversion,collencoding}'))
  FROM pg_catalog.pg_collation c JOIN ours ON ours.oid = collnamespace
UNION ALL SELECT pg_catalog.concat_ws(' ', 'publication', pubname, pg_temp.who(pubowner), pg_temp.rest(pg_catalog.to_jsonb(p), '{pubname,pubowner}'))
  FROM pg_catalog.pg_publication p
UNION ALL SELECT pg_catalog.concat_ws(' ', 'published', pubname, schemaname, tablename, (SELECT pg_catalog.string_agg(name, ',' ORDER BY name) FROM pg_catalog.jsonb_array_elements_text(nullif(pg_catalog.to_jsonb(t) -> 'attnames', 'null')) AS name), pg_catalog.to_jsonb(t) -> 'rowfilter')
  FROM pg_catalog.pg_publication_tables t
UNION ALL SELECT pg_catalog.concat_ws(' ', 'subscription', subname, pg_temp.who(subowner), pg_catalog.regexp_replace(subconninfo, 'password=[^ ]*', ''), subpublications)
  FROM pg_catalog.pg_subscription JOIN pg_catalog.pg_database d ON d.oid = subdbid WHERE d.datname = pg_catalog.current_database()
UNION ALL SELECT pg_catalog.concat_ws(' ', 'server', srvname, pg_temp.who(srvowner), pg_temp.acl(coalesce(srvacl, pg_catalog.acldefault('S', srvowner))), fdwname, srvtype, srvversion, pg_temp.sorted(srvoptions))
  FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = srvfdw
UNION ALL SELECT pg_catalog.concat_ws(' ', 'wrapper', fdwname, pg_temp.who(fdwowner), pg_temp.acl(coalesce(fdwacl, pg_catalog.acldefault('F', fdwowner))), fdwhandler::regproc, fdwvalidator::regproc, pg_temp.sorted(fdwoptions))
  FROM pg_catalog.pg_foreign_data_wrapper
UNION ALL SELECT pg_catalog.concat_ws(' ', 'mapping', srvname, usename, pg_temp.sorted(umoptions)) FROM pg_catalog.pg_user_mappings
UNION ALL SELECT pg_catalog.concat_ws(' ', 'foreign table', ftrelid::regclass, srvname, pg_temp.sorted(ftoptions))
  FROM pg_catalog.pg_foreign_table JOIN pg_catalog.pg_foreign_server s ON s.oid = ftserver
UNION ALL SELECT pg_catalog.concat_ws(' ', 'event trigger', evtname, pg_temp.who(evtowner), evtfoid::regproc, evtevent, evtenabled, evttags) FROM pg_catalog.pg_event_trigger
-- what an extension made has privileges of its own
UNION ALL SELECT pg_catalog.concat_ws(' ', 'brought relation', c.oid::regclass, pg_temp.acl(relacl),
    (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', attname, pg_temp.acl(attacl)), ',' ORDER BY attnum) FROM pg_catalog.pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL))
  FROM pg_catalog.pg_class c JOIN brought b ON b.classid = 'pg_catalog.pg_class'::regclass AND b.objid = c.oid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'brought routine', p.oid::regprocedure, pg_temp.acl(coalesce(proacl, pg_catalog.acldefault('f', proowner))))
  FROM pg_catalog.pg_proc p JOIN brought b ON b.classid = 'pg_catalog.pg_proc'::regclass AND b.objid = p.oid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'brought type', t.oid::regtype, pg_temp.acl(coalesce(typacl, pg_catalog.acldefault('T', typowner))))
  FROM pg_catalog.pg_type t JOIN brought b ON b.classid = 'pg_catalog.pg_type'::regclass AND b.objid = t.oid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'default privileges', pg_temp.who(defaclrole), NULLIF(defaclnamespace, 0)::regnamespace, defaclobjtype, pg_temp.acl(defaclacl))
  FROM pg_catalog.pg_default_acl
UNION ALL SELECT pg_catalog.concat_ws(' ', 'language', lanname, pg_temp.who(lanowner), pg_temp.acl(coalesce(lanacl, pg_catalog.acldefault('l', lanowner))), lanpltrusted, lanplcallfoid::regproc) FROM pg_catalog.pg_language
UNION ALL SELECT pg_catalog.concat_ws(' ', 'operator', o.oid::regoperator, pg_temp.who(oprowner), oprresult::regtype, oprcode, oprrest, oprjoin, oprcanhash, oprcanmerge,
    NULLIF(oprcom, 0)::regoperator, NULLIF(oprnegate, 0)::regoperator) FROM pg_catalog.pg_operator o JOIN ours ON ours.oid = oprnamespace
  WHERE oprcode <> 0  -- not of one that another one names only, which no dump has
UNION ALL SELECT pg_catalog.concat_ws(' ', 'object', i.type, i.identity, pg_temp.who(opcowner), opcdefault, NULLIF(opckeytype, 0)::regtype)
  FROM pg_catalog.pg_opclass c JOIN ours ON ours.oid = opcnamespace, pg_catalog.pg_identify_object('pg_catalog.pg_opclass'::regclass, c.oid, 0) i
UNION ALL SELECT pg_catalog.concat_ws(' ', 'object', i.type, i.identity)
  FROM (SELECT 'pg_catalog.pg_opfamily'::regclass, f.oid FROM pg_catalog.pg_opfamily f JOIN ours ON ours.oid = opfnamespace
        UNION ALL SELECT 'pg_catalog.pg_amop'::regclass, oid FROM pg_catalog.pg_amop WHERE oid >= 16384
        UNION ALL SELECT 'pg_catalog.pg_amproc'::regclass, oid FROM pg_catalog.pg_amproc WHERE oid >= 16384
        UNION ALL SELECT 'pg_catalog.pg_transform'::regclass, oid FROM pg_catalog.pg_transform
        UNION ALL SELECT 'pg_catalog.pg_am'::regclass, oid FROM pg_catalog.pg_am WHERE oid >= 16384
        UNION ALL SELECT 'pg_catalog.pg_conversion'::regclass, c.oid FROM pg_catalog.pg_conversion c JOIN ours ON ours.oid = connamespace) AS o (class, oid),
    pg_catalog.pg_identify_object(o.class, o.oid, 0) i
UNION ALL SELECT pg_catalog.concat_ws(' ', 'cast', castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext, castmethod) FROM pg_catalog.pg_cast WHERE oid >= 16384
UNION ALL SELECT pg_catalog.concat_ws(' ', 'text search parser', prsname, prsstart, prstoken, prsend, prsheadline, prslextype)
  FROM pg_catalog.pg_ts_parser p JOIN ours ON ours.oid = prsnamespace
UNION ALL SELECT pg_catalog.concat_ws(' ', 'text search template', tmplname, tmplinit, tmpllexize) FROM pg_catalog.pg_ts_template JOIN ours ON ours.oid = tmplnamespace
UNION ALL SELECT pg_catalog.concat_ws(' ', 'text search dictionary', d.oid::regdictionary, pg_temp.who(dictowner), tmplname, dictinitoption)
  FROM pg_catalog.pg_ts_dict d JOIN ours ON ours.oid = dictnamespace JOIN pg_catalog.pg_ts_template t ON t.oid = dicttemplate
UNION ALL SELECT pg_catalog.concat_ws(' ', 'text search configuration', c.oid::regconfig, pg_temp.who(cfgowner), prsname, m.maptokentype, m.mapseqno, m.mapdict::regdictionary)
  FROM pg_catalog.pg_ts_config c JOIN ours ON ours.oid = cfgnamespace JOIN pg_catalog.pg_ts_parser p ON p.oid = cfgparser
  LEFT JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = c.oid
UNION ALL SELECT pg_catalog.concat_ws(' ', 'comment', i.type, i.identity, description)
  FROM pg_catalog.pg_description d, pg_catalog.pg_identify_object(classoid, objoid, objsubid) i
  WHERE (objoid >= 16384 OR classoid = 'pg_catalog.pg_namespace'::regclass)
    AND i.identity IS NOT NULL  -- the server leaves that of a dropped subscription behind
) AS facts (line) ORDER BY line COLLATE "C";
DISCARD TEMP;

#include "engine/apply/catalog_fingerprint.h"

#include <vector>

namespace schemadiff::engine {
namespace {

struct Part {
  const char* row;   // what is hashed
  const char* from;  // and where it is
  int since = 13;    // the first version that has it
};

// Numbers below 16384 are initdb's; schemadiff's own schema does not count. Of pg_class what VACUUM
// and ANALYZE write is left out.
constexpr Part kParts[] = {
    {"(c.oid, c.*)", "pg_namespace c WHERE c.oid IN (SELECT oid FROM spaces)"},
    {"(c.oid, c.relname, c.relnamespace, c.reltype, c.reloftype, c.relowner, c.relam,"
     " c.reltablespace, c.relpersistence, c.relkind, c.relchecks, c.relrowsecurity,"
     " c.relforcerowsecurity, c.relreplident, c.relispartition, c.relacl, c.reloptions,"
     " c.relpartbound)",
     "pg_class c WHERE c.relnamespace IN (SELECT oid FROM spaces)"},
    // options of TOAST tables, which belong to those of ours
    {"(c.oid, c.reloptions)",
     "pg_class c WHERE c.reloptions IS NOT NULL AND c.oid IN (SELECT reltoastrelid FROM"
     " pg_catalog.pg_class WHERE oid IN (SELECT oid FROM relations))"},
    // What follows from the type is left out, and so are columns of indexes that say nothing of
    // their own: there are more of these than of all else.
    {"(c.attrelid, c.attname, c.atttypid, c.attstattarget, c.attnum, c.attndims, c.atttypmod,"
     " c.attstorage, c.attnotnull, c.atthasdef, c.attidentity, c.attgenerated, c.attisdropped,"
     " c.attislocal, c.attinhcount, c.attcollation, c.attacl, c.attoptions, c.attfdwoptions)",
     "pg_attribute c WHERE (c.attnum > 0 OR c.attacl IS NOT NULL) AND c.attrelid IN (SELECT oid "
     "FROM relations)"
     " AND (c.attrelid IN (SELECT oid FROM relations WHERE relkind NOT IN ('i', 'I'))"
     " OR c.attstattarget >= 0 OR c.attoptions[2] IS NOT NULL"
     " OR c.attoptions[1] NOT LIKE 'pg_attver=%')"},
    {"(c.attrelid, c.attnum, c.attcompression)",
     "pg_attribute c WHERE c.attcompression <> '' AND c.attrelid IN (SELECT oid FROM relations)",
     14},
    {"c.*", "pg_attrdef c WHERE c.adrelid IN (SELECT oid FROM relations)"},
    {"c.*", "pg_constraint c WHERE c.connamespace IN (SELECT oid FROM spaces)"},
    {"c.*", "pg_index c WHERE c.indrelid IN (SELECT oid FROM relations)"},
    {"c.*", "pg_inherits c"},
    {"c.*", "pg_partitioned_table c"},
    {"c.*", "pg_sequence c WHERE c.seqrelid IN (SELECT oid FROM relations)"},
    {"c.*", "pg_type c WHERE c.typnamespace IN (SELECT oid FROM spaces)"},
    {"c.*", "pg_enum c"},
    {"c.*", "pg_range c WHERE c.rngtypid >= 16384"},
    {"c.*", "pg_proc c WHERE c.pronamespace IN (SELECT oid FROM spaces)"},
    {"c.*", "pg_aggregate c WHERE c.aggfnoid::oid >= 16384"},
    {"c.*", "pg_trigger c WHERE c.tgrelid IN (SELECT oid FROM relations)"},
    {"c.*", "pg_event_trigger c"},
    {"c.*", "pg_rewrite c WHERE c.ev_class IN (SELECT oid FROM relations)"},
    {"c.*", "pg_policy c"},
    {"c.*", "pg_statistic_ext c"},
    {"c.*",
     "pg_description c WHERE c.objoid = 2200 OR (c.objoid >= 16384 AND c.objoid NOT IN"
     " (SELECT oid FROM own))"},
    {"c.*", "pg_seclabel c"},
    {"c.*", "pg_default_acl c"},
    {"c.*", "pg_init_privs c"},
    {"c.*", "pg_extension c"},
    {"c.*", "pg_language c"},
    {"c.*", "pg_transform c"},
    {"c.*", "pg_am c WHERE c.oid >= 16384"},
    {"c.*", "pg_operator c WHERE c.oid >= 16384"},
    {"c.*", "pg_opclass c WHERE c.oid >= 16384"},
    {"c.*", "pg_opfamily c WHERE c.oid >= 16384"},
    {"c.*", "pg_amop c WHERE c.oid >= 16384"},
    {"c.*", "pg_amproc c WHERE c.oid >= 16384"},
    {"c.*", "pg_cast c WHERE c.oid >= 16384"},
    {"c.*", "pg_collation c WHERE c.oid >= 16384"},
    {"c.*", "pg_conversion c WHERE c.oid >= 16384"},
    {"c.*", "pg_ts_parser c WHERE c.oid >= 16384"},
    {"c.*", "pg_ts_template c WHERE c.oid >= 16384"},
    {"c.*", "pg_ts_dict c WHERE c.oid >= 16384"},
    {"c.*", "pg_ts_config c WHERE c.oid >= 16384"},
    {"c.*", "pg_ts_config_map c WHERE c.mapcfg >= 16384"},
    {"c.*", "pg_foreign_data_wrapper c"},
    {"c.*", "pg_foreign_server c"},
    {"c.*", "pg_foreign_table c"},
    {"c.*", "pg_user_mappings c"},
    {"c.*", "pg_publication c"},
    {"c.*", "pg_publication_rel c"},
    {"c.*", "pg_publication_namespace c", 15},
    // its connection may hold a password, which few may read
    {"(c.oid, c.subname, c.subowner, c.subenabled, c.subpublications, c.subslotname,"
     " c.subsynccommit)",
     "pg_subscription c"},
    {"(c.oid, c.subbinary, c.substream)", "pg_subscription c", 14},
    {"(c.oid, c.subtwophasestate, c.subdisableonerr)", "pg_subscription c", 15},
    {"(c.oid, c.suborigin, c.subpasswordrequired, c.subrunasowner)", "pg_subscription c", 16},
    {"(c.oid, c.subfailover)", "pg_subscription c", 17},
    // who owns a sequence, what belongs to an extension or depends on one
    {"c.*",
     "pg_depend c WHERE c.deptype IN ('e', 'x') OR (c.deptype IN ('a', 'i') AND c.classid ="
     " 'pg_catalog.pg_class'::regclass AND c.objid IN (SELECT oid FROM relations))"},
    // names that are not the database's own
    {"(c.oid, c.rolname)", "pg_roles c"},
    {"(c.oid, c.spcname)", "pg_tablespace c"},
};

}  // namespace

std::string catalog_fingerprint(schema::introspection::Session& session) {
  std::string parts;
  int number = 0;
  for (const Part& part : kParts) {
    if (session.version() < part.since) continue;
    const std::string row(part.row);
    parts += (parts.empty() ? "" : "\nUNION ALL ") + ("SELECT " + std::to_string(++number)) +
             ", sum(hashtextextended(ROW" + (row == "c.*" ? "(c.*)" : row) +
             "::text, 0)::numeric) FROM pg_catalog." + part.from;
  }
  auto rows = session.execute(
      "SET LOCAL jit = off;\n"
      "WITH spaces AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'"
      " AND nspname NOT IN ('information_schema', 'schemadiff')),\n"
      "relations AS (SELECT oid, relkind FROM pg_catalog.pg_class"
      " WHERE relnamespace IN (SELECT oid FROM spaces)),\n"
      "own AS (SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
      " ON n.oid = c.relnamespace WHERE n.nspname = 'schemadiff'),\n"
      "parts(number, hash) AS (" +
      parts +
      ")\nSELECT md5(string_agg(number || ':' || coalesce(hash, 0), ',' ORDER BY number)) "
      "FROM parts");
  rows.next();
  return rows.text();
}

}  // namespace schemadiff::engine

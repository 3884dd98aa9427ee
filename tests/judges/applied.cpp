#include "tests/judges/applied.h"

#include <stdexcept>

#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

// A line a table. What triggers and defaults write of the time is of each run, and so are random
// keys of rows that the plan makes.
constexpr const char* kRows = R"(\pset tuples_only
\pset format unaligned
SELECT format('SELECT %L, count(*), md5(string_agg(row, '','' ORDER BY row)) FROM (SELECT regexp_replace((to_jsonb(t) - ''updated_at'' - ''created_at'')::text, ''[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'', ''random'', ''g'') AS row FROM %s AS t) AS r', oid::regclass, oid::regclass)
FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
ORDER BY oid::regclass::text
\gexec
)";

std::string ran(const Result& result) {
  if (result.status != 0) throw std::runtime_error(result.err);
  return result.out;
}

}  // namespace

Contents contents(const std::string& database) {
  const Cluster& cluster = shared_cluster();
  ran(cluster.psql(database,
                   "SET client_min_messages = warning;"
                   "DROP SCHEMA IF EXISTS schemadiff CASCADE;"));
  return {shared_ground().dump(cluster, database), ran(cluster.psql(database, kRows))};
}

void build_with_rows(const std::string& database, const Fixture& fixture, int rows) {
  const Cluster& cluster = shared_cluster();
  cluster.create_database(database);
  ran(cluster.psql_file(database, fixture.from()));
  const std::filesystem::path data = fixture.directory / "data.sql";
  if (std::filesystem::exists(data))
    ran(cluster.psql(database, "\\set rows " + std::to_string(rows) + "\n" + read_file(data)));
}

Result apply(const std::string& database, const std::filesystem::path& to,
             std::vector<std::string> arguments,
             const std::map<std::string, std::string>& environment) {
  std::vector<std::string> argv{tool_program(),
                                "apply",
                                "--from",
                                shared_cluster().conninfo(database),
                                "--yes",
                                "--allow",
                                "all",
                                "--facts",
                                (source_directory() / "tests/judges/large_tables.toml").string()};
  if (!to.empty()) argv.insert(argv.end(), {"--to", to.string()});
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  std::map<std::string, std::string> all{{"NO_COLOR", "1"}};
  all.insert(environment.begin(), environment.end());
  return run({.argv = std::move(argv), .environment = std::move(all)});
}

}  // namespace schemadiff::testing

// Looks at pg_locks, at the files of relations and at the counters of scans.
//
// A scan of a whole table is counted when it begins (heapam.c, initscan), by whichever command:
// SELECT, the passes of ALTER TABLE, index builds, the query that validates a foreign key. The
// counter of the session's own transaction is exact and at hand at once
// (pg_stat_get_xact_numscans); what an index is read for counts on the index.
#include "tests/judges/lock_watch.h"

#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <pqxx/pqxx>
#include <stdexcept>
#include <thread>

namespace schemadiff::testing {
namespace {

constexpr std::array<const char*, 8> kModes = {
    "ACCESS SHARE", "ROW SHARE",           "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
    "SHARE",        "SHARE ROW EXCLUSIVE", "EXCLUSIVE",     "ACCESS EXCLUSIVE"};

// "ShareUpdateExclusiveLock" → "SHARE UPDATE EXCLUSIVE"
std::string mode_in_words(const std::string& name) {
  std::string words;
  for (const char c : name.substr(0, name.size() - std::string("Lock").size())) {
    if (c >= 'A' && c <= 'Z' && !words.empty()) words += ' ';
    words += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return words;
}

constexpr const char* kRelations = R"sql(
SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
       COALESCE(quote_ident(tn.nspname) || '.' || quote_ident(t.relname), ''),
       CASE WHEN c.relkind = 'S' THEN '' ELSE COALESCE(pg_relation_filenode(c.oid)::text, '') END,
       CASE WHEN c.relkind = 'S' THEN 0 ELSE pg_stat_get_xact_numscans(c.oid) END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_class toasted ON toasted.reltoastrelid = COALESCE(i.indrelid, c.oid)
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S'
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = COALESCE(toasted.oid, i.indrelid, d.refobjid)
LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND COALESCE(tn.nspname, '') <> 'pg_catalog')sql";

Relations read_relations(pqxx::nontransaction& transaction) {
  Relations relations;
  for (const pqxx::row& row : transaction.exec(kRelations))
    relations[row[0].as<Oid>()] = {row[1].as<std::string>(), row[2].as<std::string>(),
                                   row[3].as<std::string>(), row[4].as<long>()};
  return relations;
}

// The locks that a backend has, or waits for, by now on relations of `before`.
std::map<Oid, std::string> read_locks(pqxx::nontransaction& transaction, int backend,
                                      const Relations& before) {
  std::map<Oid, std::string> locks;
  const pqxx::result rows = transaction.exec_params(
      "SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = $1 "
      "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      backend);
  for (const pqxx::row& row : rows) {
    const auto relation = row[0].as<Oid>();
    if (!before.contains(relation)) continue;
    const std::string mode = mode_in_words(row[1].as<std::string>());
    std::string& strongest = locks[relation];
    if (strength(mode) > strength(strongest)) strongest = mode;
  }
  return locks;
}

// A name of before whose file is one that no relation had; a view under it has none.
std::set<std::string> rewritten_names(const Relations& before, const Relations& after) {
  std::set<std::string> files, names, rewritten;
  for (const auto& [oid, relation] : before) {
    files.insert(relation.file);
    names.insert(relation.name);
  }
  for (const auto& [oid, relation] : after)
    if (!relation.file.empty() && !files.contains(relation.file) && names.contains(relation.name))
      rewritten.insert(relation.name);
  return rewritten;
}

// What was read in full between the two; a read of an index is one of its table.
std::set<Oid> scanned(const Relations& before, const Relations& after) {
  std::map<std::string, Oid> oids;
  for (const auto& [oid, relation] : before) oids[relation.name] = oid;
  std::set<Oid> read;
  for (const auto& [oid, relation] : before) {
    const auto found = after.find(oid);
    if (found == after.end() || found->second.scans == relation.scans) continue;
    read.insert(relation.belongs_to.empty() ? oid : oids.at(relation.belongs_to));
  }
  return read;
}

}  // namespace

int strength(const std::string& mode) {
  for (std::size_t i = 0; i < kModes.size(); ++i)
    if (mode == kModes[i]) return static_cast<int>(i);
  return -1;
}

void create_watched_database(const Cluster& cluster, const std::string& name) {
  cluster.create_database(name);
  const Result result =
      cluster.psql(name, "ALTER DATABASE " + name + " SET TimeZone = 'Asia/Kolkata'");
  if (result.status != 0) throw std::runtime_error(result.err);
}

struct Watch::Sessions {
  explicit Sessions(const std::string& conninfo)
      : main_connection(conninfo), observer_connection(conninfo), reader_connection(conninfo) {}
  pqxx::connection main_connection, observer_connection, reader_connection;
  pqxx::nontransaction main{main_connection}, observer{observer_connection},
      reader{reader_connection};
};

Watch::Watch(const std::string& conninfo, const std::string& search_path)
    : sessions_(std::make_unique<Sessions>(conninfo)) {
  execute("SET client_min_messages = warning");
  execute("SET check_function_bodies = off");
  sessions_->main.exec_params("SELECT set_config('search_path', $1, false)", search_path);
}

Watch::~Watch() = default;

Relations Watch::relations() { return read_relations(sessions_->main); }

void Watch::execute(const std::string& sql) { sessions_->main.exec(sql); }

bool Watch::holds(const std::string& condition) {
  return sessions_->main.exec("SELECT " + condition)[0][0].as<bool>(false);
}

Seen Watch::in_transaction(const std::vector<std::string>& statements) {
  pqxx::nontransaction& session = sessions_->main;
  Seen seen;
  session.exec("BEGIN");
  try {
    seen.before = read_relations(session);
    for (const std::string& statement : statements) session.exec(statement);
    const Relations after = read_relations(session);
    seen.locks = read_locks(session, sessions_->main_connection.backendpid(), seen.before);
    seen.rewritten = rewritten_names(seen.before, after);
    seen.read = scanned(seen.before, after);
    session.exec("COMMIT");
  } catch (const pqxx::sql_error&) {
    session.exec("ROLLBACK");
    throw;
  }
  return seen;
}

Seen Watch::alone(const std::string& statement, const std::string& table) {
  pqxx::nontransaction& observer = sessions_->observer;
  // A block of code that commits takes its locks again and again: it waits for the first. Others
  // work while readers have snapshots, and wait for them at the end (LIMIT 0: no scan of ours).
  const bool commits = statement.starts_with("DO ");
  sessions_->reader.exec(commits ? "BEGIN; LOCK TABLE " + table + " IN SHARE MODE"
                                 : "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM " + table +
                                       " LIMIT 0");
  Seen seen;
  seen.before = relations();
  std::exception_ptr failure;
  std::atomic<bool> ended = false;
  std::thread runner([&] {
    try {
      execute(statement);
    } catch (...) {
      failure = std::current_exception();
    }
    ended = true;
  });
  const int backend = sessions_->main_connection.backendpid();
  bool waits = false;
  while (!waits && !ended) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    waits = observer.exec_params("SELECT FROM pg_locks WHERE pid = $1 AND NOT granted", backend)
                .size() > 0;
  }
  seen.locks = read_locks(observer, backend, seen.before);
  sessions_->reader.exec("COMMIT");
  runner.join();
  if (failure) std::rethrow_exception(failure);
  if (!waits) throw std::runtime_error("does not wait for readers of " + table + ": " + statement);
  seen.rewritten = rewritten_names(seen.before, relations());
  return seen;
}

bool Watch::is_refused_in_transaction(const std::string& statement) {
  try {
    in_transaction({statement});
  } catch (const pqxx::sql_error& error) {
    // active_sql_transaction, invalid_transaction_termination
    if (error.sqlstate() == "25001" || error.sqlstate() == "2D000") return true;
    throw;
  }
  return false;
}

}  // namespace schemadiff::testing

// Drives the queries: which run on which of two connections, and which must wait for others.
#include "schema/introspect/introspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "introspect/queries.h"
#include "schema/error.h"
#include "schema/introspect/memo_rows.h"
#include "schema/introspect/readers.h"
#include "schema/introspect/session.h"

namespace schemadiff::schema {
namespace introspection {
namespace {

// How far the first connection's reading has come; what the second reads builds upon it.
enum class Stage { Start, Names, Columns };

struct Query {
  std::string_view sql;
  void (*read)(Rows&, Reading&);
  Stage stage;  // first list: reached after it; second list: needed before it
};

constexpr Query kFirst[] = {
    {queries::name, read_names, Stage::Start},
    {queries::member, read_members, Stage::Start},
    {queries::comment, read_comments, Stage::Start},
    {queries::security_label, read_labels, Stage::Start},
    {queries::inheritance, read_inheritance, Stage::Start},
    {queries::type, read_types, Stage::Start},
    {queries::opclass, read_opclasses, Stage::Start},
    {queries::relation, read_relations, Stage::Names},
    {queries::column, read_columns, Stage::Columns},
    {queries::partition_key, read_partition_keys, Stage::Columns},
    {queries::default_, read_defaults, Stage::Columns},
    {queries::sequence, read_sequences, Stage::Columns},
    {queries::schema, read_schemas, Stage::Columns},
    {queries::view, read_view_queries, Stage::Columns},
    {queries::extension, read_extensions, Stage::Columns},
    {queries::language, read_languages, Stage::Columns},
    {queries::transform, read_transforms, Stage::Columns},
    {queries::access_method, read_access_methods, Stage::Columns},
    {queries::text_search_parser, read_text_search_parsers, Stage::Columns},
    {queries::text_search_template, read_text_search_templates, Stage::Columns},
    {queries::text_search_dictionary, read_text_search_dictionaries, Stage::Columns},
    {queries::text_search_configuration, read_text_search_configurations, Stage::Columns},
    {queries::text_search_mapping, read_text_search_mappings, Stage::Columns},
    {queries::publication, read_publications, Stage::Columns},
    {queries::published_table, read_published_tables, Stage::Columns},
    {queries::published_schema, read_published_schemas, Stage::Columns},
    {queries::subscription, read_subscriptions, Stage::Columns},
    {queries::foreign_data_wrapper, read_foreign_data_wrappers, Stage::Columns},
    {queries::foreign_server, read_foreign_servers, Stage::Columns},
    {queries::user_mapping, read_user_mappings, Stage::Columns},
    {queries::policy, read_policies, Stage::Columns},
    {queries::rule, read_rules, Stage::Columns},
    {queries::event_trigger, read_event_triggers, Stage::Columns},
    {queries::default_privileges, read_default_privileges, Stage::Columns},
    {queries::collation, read_collations, Stage::Columns},
    {queries::operator_, read_operators, Stage::Columns},
    {queries::cast, read_casts, Stage::Columns},
    {queries::conversion, read_conversions, Stage::Columns},
    {queries::operator_family, read_operator_families, Stage::Columns},
    {queries::family_member, read_family_members, Stage::Columns},
    {queries::trigger, read_triggers, Stage::Columns},
    {queries::trigger_in_partition, read_triggers_in_partitions, Stage::Columns},
    {queries::statistics, read_statistics, Stage::Columns},
    {queries::dependency, read_dependencies, Stage::Columns},
    {queries::unmodelled, read_unmodelled, Stage::Columns},
};

constexpr Query kSecond[] = {
    {queries::routine, read_routines, Stage::Names},
    {queries::aggregate, read_aggregates, Stage::Names},
    {queries::enum_, read_enum_labels, Stage::Names},
    {queries::range, read_ranges, Stage::Names},
    {queries::base_type, read_base_types, Stage::Names},
    {queries::member_privileges, read_member_privileges, Stage::Names},
    {queries::foreign_table, read_foreign_tables, Stage::Names},
    {queries::index, read_indexes, Stage::Columns},
    {queries::constraint, read_constraints, Stage::Columns},
    {queries::valid_check, read_valid_checks, Stage::Columns},
    {queries::not_null, read_not_null, Stage::Columns},
};

// What the texts of queries depend on.
struct Server {
  int version = 0;
  bool superuser = false;  // whether it is one who reads
};

// "14+": from that version on; "superuser"; "14+ or superuser".
bool holds(std::string_view condition, const Server& server) {
  constexpr std::string_view kOr = " or ";
  if (const std::size_t either = condition.find(kOr); either != std::string_view::npos)
    return holds(condition.substr(0, either), server) ||
           holds(condition.substr(either + kOr.size()), server);
  if (condition == "superuser") return server.superuser;
  int from = 0;
  std::from_chars(condition.data(), condition.data() + condition.size(), from);
  return server.version >= from;
}

// The query with the parts whose conditions hold: "/*14+*/ from 14 on /*else*/ before /*end*/".
std::string for_server(std::string_view sql, const Server& server) {
  constexpr std::string_view kOpen = "/*", kClose = "*/", kElse = "/*else*/", kEnd = "/*end*/";
  std::string text;
  while (true) {
    const std::size_t open = sql.find(kOpen);
    const std::size_t end = sql.find(kEnd);
    if (open == std::string_view::npos || end == std::string_view::npos) break;
    const std::size_t close = sql.find(kClose, open);
    const std::string_view condition = sql.substr(open + kOpen.size(), close - open - kOpen.size());
    std::string_view then = sql.substr(close + kClose.size(), end - close - kClose.size());
    std::string_view otherwise;
    if (const std::size_t at = then.find(kElse); at != std::string_view::npos) {
      otherwise = then.substr(at + kElse.size());
      then = then.substr(0, at);
    }
    text += sql.substr(0, open);
    text += holds(condition, server) ? then : otherwise;
    sql.remove_prefix(end + kEnd.size());
  }
  return text += sql;
}

std::string statements(std::span<const Query> list, const Server& server) {
  std::string text;
  for (const Query& query : list) text += for_server(query.sql, server) + ";\n";
  return text;
}

class Progress {
 public:
  void reach(Stage stage) {
    std::lock_guard lock(mutex_);
    stage_ = stage;
    changed_.notify_all();
  }
  void fail() {
    std::lock_guard lock(mutex_);
    failed_ = true;
    changed_.notify_all();
  }
  // False when it will not be reached.
  bool wait(Stage stage) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failed_ || stage_ >= stage; });
    return !failed_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Stage stage_ = Stage::Start;
  bool failed_ = false;
};

constexpr std::string_view kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n";

void read_first(Session& session, Reading& reading, Progress& progress) {
  for (const Query& query : kFirst) {
    Rows rows = session.next();
    query.read(rows, reading);
    progress.reach(query.stage);
  }
}

void read_second(Session& session, Reading& reading, Progress& progress) {
  for (const Query& query : kSecond) {
    Rows rows = session.next();
    if (!progress.wait(query.stage)) return;
    query.read(rows, reading);
  }
}

void begin_with_snapshot(Session& session, const std::string& snapshot, const Server& server) {
  session.send(fmt::format("{}SET TRANSACTION SNAPSHOT '{}';\n{};\n{}", kBegin, snapshot,
                           queries::begin, statements(kSecond, server)));
  for (int i = 0; i < 3; ++i) session.next();
}

// The two connections' work in two threads; `second` has its statements sent already.
void read_in_parallel(Session& first, Session& second, Reading& reading) {
  Progress progress;
  std::exception_ptr failure;
  std::thread thread([&] {
    try {
      read_second(second, reading, progress);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    read_first(first, reading, progress);
  } catch (...) {
    progress.fail();
    thread.join();
    throw;
  }
  thread.join();
  if (failure) std::rethrow_exception(failure);
}

// Of the two connections made at once either may be the one that a connection limit lets in.
std::unique_ptr<Session> first_session(const std::string& conninfo, Deadline deadline,
                                       std::future<std::unique_ptr<Session>>& connecting) {
  try {
    return std::make_unique<Session>(conninfo, deadline);
  } catch (const Error&) {
    if (!connecting.valid()) throw;
    return connecting.get();
  }
}

// The second connection, with its work begun; null when the server gives us only one.
std::unique_ptr<Session> begin_second(std::future<std::unique_ptr<Session>> connecting,
                                      const std::string& snapshot, const Server& server) {
  try {
    if (!connecting.valid()) return nullptr;
    std::unique_ptr<Session> session = connecting.get();
    begin_with_snapshot(*session, snapshot, server);
    return session;
  } catch (const Error&) {
    return nullptr;
  }
}

void read_all(const std::string& conninfo, Deadline deadline, int connections, Reading& reading,
              Memo& memo) {
  std::future<std::unique_ptr<Session>> connecting;
  if (connections > 1)
    connecting = std::async(std::launch::async, [&conninfo, deadline] {
      return std::make_unique<Session>(conninfo, deadline);
    });
  std::unique_ptr<Session> session = first_session(conninfo, deadline, connecting);
  Session& first = *session;
  reading.version = first.version();
  reading.catalog.extension_objects.utc_sessions = first.has_utc();
  const Server server{reading.version, first.is_superuser()};
  if (reading.version < 13) {
    throw Error(fmt::format(
        "the server is PostgreSQL {}; version 13 is the oldest that can be read", reading.version));
  }
  first.send(fmt::format("{}{};\nSELECT pg_export_snapshot();\n{}", kBegin, queries::begin,
                         queries::memo_table));
  first.next();
  first.next();
  Rows exported = first.next();
  exported.next();
  std::string snapshot = exported.text();
  Rows memo_table = first.next();
  const std::optional<bool> has_memo = read_memo_table(memo_table);
  if (has_memo == false)
    reading.catalog.notes.push_back(
        "schemadiff.memo may not be read by this role: what was agreed there is not known.");
  first.finish();
  const std::string memo_first = has_memo == true ? std::string(queries::memo) + ";\n" : "";
  first.send(memo_first + statements(kFirst, server));
  std::unique_ptr<Session> second = begin_second(std::move(connecting), snapshot, server);
  if (!memo_first.empty()) {
    Rows rows = first.next();
    memo = read_memo(rows);
  }
  if (second) {
    read_in_parallel(first, *second, reading);
    return;
  }
  Progress progress;
  read_first(first, reading, progress);
  first.finish();
  first.send(statements(kSecond, server));
  read_second(first, reading, progress);
}

// Where others change the schema meanwhile it is read once more.
void read_all_again(const std::string& conninfo, Deadline deadline, int connections,
                    Reading& reading, Memo& memo) {
  constexpr int kTries = 5;
  for (int i = 1;; ++i) {
    try {
      return read_all(conninfo, deadline, connections, reading, memo);
    } catch (const ChangedMeanwhile&) {
      if (i == kTries) throw;
      reading = {};
      memo = {};
    }
  }
}

}  // namespace
}  // namespace introspection

Catalog introspect(const std::string& conninfo, Memo* memo, introspection::Deadline deadline,
                   int connections) {
  namespace in = introspection;
  in::Reading reading;
  Memo remembered;
  in::read_all_again(conninfo, deadline, connections, reading, remembered);
  in::add_dependencies(reading);
  in::add_types(reading);
  in::add_routines(reading);
  in::add_indexes(reading);
  in::add_sequences(reading);
  in::add_relations(reading);
  in::add_operator_classes(reading);
  in::add_extension_objects(reading);
  reading.catalog.says_owners = reading.catalog.says_privileges = true;
  reading.catalog.server_version = reading.version;
  if (memo) *memo = std::move(remembered);
  return std::move(reading.catalog);
}

}  // namespace schemadiff::schema

// What a rollback loses, and what it cannot take back: what was written since.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "cli/report/report.h"
#include "cli/way_back.h"
#include "engine/sync_trigger.h"

namespace schemadiff::cli {
namespace {

using engine::Session;
using engine::StepRow;
using schema::introspection::StatementError;

constexpr std::string_view kQueryCanceled = "57014";

// Whether the step made a column that has been kept equal to another one.
bool made_copy(const StepRow& row) {
  if (row.object.kind != schema::Kind::Column) return false;
  const std::string trigger =
      engine::sync_name({row.object.schema, row.object.parent}, row.object.name);
  return std::any_of(row.undo.begin(), row.undo.end(), [&](const std::string& statement) {
    return statement.find(trigger) != std::string::npos;
  });
}

struct Taken {
  const char* unit = "";  // "row"
  std::string what;       // "of public.t"
  std::string count;      // the query
};

// What a statement takes along; no count: nothing.
Taken taken_by(const std::string& statement) {
  constexpr std::string_view kTable = "DROP TABLE ", kAlter = "ALTER TABLE ",
                             kColumn = " DROP COLUMN ";
  if (statement.starts_with(kTable)) {
    const std::string table = statement.substr(kTable.size());
    return {"row", "of " + table, "SELECT count(*) FROM " + table};
  }
  const std::size_t at = statement.find(kColumn);
  if (!statement.starts_with(kAlter) || at == std::string::npos) return {};
  const std::string table = statement.substr(kAlter.size(), at - kAlter.size());
  const std::string column = statement.substr(at + kColumn.size());
  return {"value", "of column " + column + " of " + table,
          "SELECT count(" + column + ") FROM " + table};
}

struct Tally {
  std::int64_t count = 0;  // also where what it reads stands only while the rollback is under way
  bool takes_long = false;
};

Tally answer_to(Session& session, const std::string& query) {
  Tally answer;
  try {
    session.execute("SET statement_timeout = '5s'");
    auto rows = session.execute(query);
    rows.next();
    answer.count = rows.integer();
  } catch (const StatementError& error) {
    if (session.is_lost()) throw;
    answer.takes_long = error.sqlstate == kQueryCanceled;
  }
  session.execute("SET statement_timeout = 0");
  return answer;
}

// Empty: nothing.
std::string counted_loss(Session& session, const std::string& statement) {
  const Taken taken = taken_by(statement);
  if (taken.count.empty()) return {};
  const Tally answer = answer_to(session, taken.count);
  if (answer.takes_long) return "what is there " + taken.what + " (not counted: it takes long)";
  return answer.count == 0
             ? std::string()
             : counted(static_cast<std::size_t>(answer.count), taken.unit) + " " + taken.what;
}

}  // namespace

std::vector<std::string> losses_of(Session& session, const StepRow& row) {
  std::vector<std::string> losses;
  if (row.undo_loses) losses.push_back(row.undo_note);
  if (made_copy(row)) return losses;
  for (const std::string& statement : row.undo)
    if (std::string loss = counted_loss(session, statement); !loss.empty())
      losses.push_back(std::move(loss));
  return losses;
}

std::vector<InTheWay> in_the_way_of(Session& session, const StepRow& row) {
  std::vector<InTheWay> found;
  if (row.state != "done") return found;
  for (const engine::PreCheck& check : row.undo_checks)
    if (const Tally answer = answer_to(session, check.sql); answer.count > 0)
      found.push_back({engine::in_words(check.counts, answer.count, "old"), check.sql});
  return found;
}

}  // namespace schemadiff::cli

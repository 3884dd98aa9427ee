// What a rollback loses: what it cannot bring back, and what was written since.
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

// Empty: nothing, or it stands only while the rollback is under way.
std::string counted_loss(Session& session, const std::string& statement) {
  const Taken taken = taken_by(statement);
  if (taken.count.empty()) return {};
  std::string loss;
  try {
    session.execute("SET statement_timeout = '5s'");
    auto rows = session.execute(taken.count);
    rows.next();
    const auto count = static_cast<std::size_t>(rows.integer());
    if (count > 0) loss = counted(count, taken.unit) + " " + taken.what;
  } catch (const StatementError& error) {
    if (session.is_lost()) throw;
    if (error.sqlstate == kQueryCanceled)
      loss = "what is there " + taken.what + " (not counted: it takes long)";
  }
  session.execute("SET statement_timeout = 0");
  return loss;
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

}  // namespace schemadiff::cli

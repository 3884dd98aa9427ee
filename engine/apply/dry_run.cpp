#include "engine/apply/dry_run.h"

#include <fmt/format.h>

#include <algorithm>

namespace schemadiff::engine {
namespace {

using schema::introspection::StatementError;

constexpr double kLongest = 1;  // seconds
constexpr std::string_view kUnsafeNewEnumValue = "55P04";

std::string reason(const Step& step, const std::vector<std::string>& left_out, const Plan& plan) {
  if (!step.in_transaction) return "it runs outside of transactions";
  for (const std::size_t earlier : step.after)
    if (std::find(left_out.begin(), left_out.end(), plan.steps[earlier].id) != left_out.end())
      return "it builds upon " + plan.steps[earlier].id;
  if ((step.lock.scans || step.lock.rewrites) && (!step.seconds || *step.seconds > kLongest))
    return "it would hold its lock for as long as the table takes";
  return {};
}

}  // namespace

DryRun dry_run(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
               double lock_timeout) {
  ExecuteSettings settings;
  settings.search_path = plan.search_path;
  prepare_session(session, settings);
  DryRun result;
  std::vector<std::string> left_out;
  const auto leave_out = [&](const Step& step, std::string why) {
    left_out.push_back(step.id);
    result.unchecked.emplace_back(step.id, std::move(why));
  };
  session.execute(fmt::format("BEGIN; SET LOCAL lock_timeout = '{:.0f}ms'", lock_timeout * 1000));
  for (const Step* step : steps) {
    if (std::string why = reason(*step, left_out, plan); !why.empty()) {
      leave_out(*step, std::move(why));
      continue;
    }
    session.execute("SAVEPOINT step");
    try {
      for (const std::string& statement : step->sql) session.execute(statement);
      ++result.checked;
    } catch (const StatementError& error) {
      if (error.sqlstate != kUnsafeNewEnumValue)
        throw Error(step->id + " fails: " + error.message, error.hint);
      session.execute("ROLLBACK TO step");
      leave_out(*step, "it uses a value of an enum that has to be committed before");
    }
  }
  session.execute("ROLLBACK");
  return result;
}

DryRun run_on_scratch(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
                      bool lacks_objects) {
  ExecuteSettings settings;
  settings.search_path = plan.search_path;
  prepare_session(session, settings);
  DryRun result;
  for (std::size_t i = 0; i < steps.size();) {
    std::size_t end = i + 1;
    while (end < steps.size() && steps[end]->transaction == steps[i]->transaction) ++end;
    const bool together = steps[i]->in_transaction;
    std::size_t at = i;
    try {
      if (together) session.execute("BEGIN");
      for (; at < end; ++at)
        for (const std::string& statement : steps[at]->sql) session.execute(statement);
      if (together) session.execute("COMMIT");
      result.checked += end - i;
    } catch (const StatementError& error) {
      const std::string& failed = steps[std::min(at, end - 1)]->id;
      if (!lacks_objects) throw Error(failed + " fails: " + error.message, error.hint);
      if (together) session.execute("ROLLBACK");
      for (; i < end; ++i)
        result.unchecked.emplace_back(steps[i]->id,
                                      failed + " needs what could not be loaded: " + error.message);
    }
    i = end;
  }
  return result;
}

}  // namespace schemadiff::engine

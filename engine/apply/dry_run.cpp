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

std::optional<Failure> run_steps(Session& session, const std::vector<const Step*>& steps,
                                 const std::function<void()>& between) {
  const Step* step = nullptr;
  std::string running;
  const auto run = [&](const std::string& statement) {
    running = statement;
    session.execute(statement);
  };
  bool open = false;
  try {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      step = steps[i];
      const bool last = i + 1 == steps.size() || steps[i + 1]->transaction != steps[i]->transaction;
      if (steps[i]->in_transaction && !open) run("BEGIN");
      open = steps[i]->in_transaction;
      for (const std::string& statement : steps[i]->sql) {
        between();
        run(statement);
      }
      if (open && last) run("COMMIT");
      open = open && !last;
    }
    return std::nullopt;
  } catch (const StatementError& error) {
    if (open && !session.is_lost()) session.execute("ROLLBACK");
    return Failure{step, running, error};
  }
}

DryRun run_on_scratch(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
                      bool lacks_objects, const std::function<void()>& between) {
  ExecuteSettings settings;
  settings.search_path = plan.search_path;
  prepare_session(session, settings);
  DryRun result;
  for (auto step = steps.begin(); step != steps.end();) {
    const auto end = std::find_if(step, steps.end(), [&](const Step* other) {
      return other->transaction != (*step)->transaction;
    });
    const std::optional<Failure> failure = run_steps(session, {step, end}, between);
    if (failure && !lacks_objects)
      throw Error(failure->step->id + " fails: " + failure->error.message, failure->error.hint);
    for (; step != end; ++step)
      if (failure)
        result.unchecked.emplace_back(
            (*step)->id,
            failure->step->id + " needs what could not be loaded: " + failure->error.message);
      else
        ++result.checked;
  }
  return result;
}

}  // namespace schemadiff::engine

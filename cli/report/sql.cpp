// A plan as a script that psql runs as it is.
#include "cli/report/report.h"
#include "cli/report/sql_parts.h"
#include "schema/quote.h"

namespace schemadiff::cli {

using engine::Plan;
using engine::Step;

std::string sql_comment(std::string_view text) {
  std::string lines;
  for (const char c : text) lines += c == '\r' ? ' ' : c;
  return prefix_lines(lines, "-- ");
}

std::string search_path_literal(const Plan& plan) {
  std::string list;
  for (const std::string& name : plan.search_path)
    list += (list.empty() ? "" : ", ") + schema::quote_identifier(name);
  return schema::quote_literal(list);
}

std::string_view gate_of(engine::Phase phase) {
  switch (phase) {
    case engine::Phase::Expand:
      return "EXPAND: the application that is deployed now keeps working.";
    case engine::Phase::Migrate:
      return "MIGRATE: deploy the new application first; the old one may go on.";
    case engine::Phase::Contract:
      break;
  }
  return "CONTRACT: deploy the new application and stop the old one first.";
}

std::string step_sql(const Step& step) {
  std::string text =
      sql_comment(step.id + ", " + std::string(to_string(step.risk)) + " risk: " + step.title +
                  (step.why.empty() ? "" : ". " + step.why));
  for (const engine::RuleHit& hit : step.rules) text += sql_comment(hit.rule + ": " + hit.message);
  if (step.unproven) text += sql_comment("Rests on a definition that could not be analysed fully.");
  for (const std::string& statement : step.sql) text += statement + ";\n";
  return text;
}

std::string plan_sql(const PlanReport& report) {
  const Plan& plan = report.plan;
  std::string text = sql_comment("From: " + report.sides.from.description) +
                     sql_comment("To:   " + report.sides.to.description) +
                     sql_comment(verdict(plan));
  if (!plan.steps.empty()) text += sql_comment("Run with: psql -v ON_ERROR_STOP=1 -f");
  for (const std::string& refusal : refusals(plan, report.sides.policy))
    text += sql_comment("Refused. " + refusal);
  if (report.proof)
    for (const std::string& sentence : in_words(*report.proof)) text += sql_comment(sentence);
  for (const std::string& note : all_notes(plan, report.sides))
    text += sql_comment("Note: " + note);
  for (const NotCompared& item : report.sides.not_compared)
    text += sql_comment("Note: " + in_words(item, report.sides));
  if (plan.steps.empty()) return text;
  text += std::string("\n") + kLockTimeout + "SET check_function_bodies = off;\n" +
          "SET client_min_messages = warning;\n" + "SELECT pg_catalog.set_config('search_path', " +
          search_path_literal(plan) + ", false);\n";

  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    const Step* before = i > 0 ? &plan.steps[i - 1] : nullptr;
    const Step* next = i + 1 < plan.steps.size() ? &plan.steps[i + 1] : nullptr;
    if (!before || before->phase != step.phase) text += "\n" + sql_comment(gate_of(step.phase));
    text += "\n";
    if (!step.in_transaction) {
      // It waits for other transactions by design (CONCURRENTLY does so through locks too) and
      // blocks nobody meanwhile.
      text += "SET lock_timeout = 0;\n" + step_sql(step) + kLockTimeout;
      continue;
    }
    const auto same = [&](const Step* other) {
      return other && other->in_transaction && other->transaction == step.transaction;
    };
    if (!same(before)) text += "BEGIN;\n";
    text += step_sql(step);
    if (!same(next)) text += "COMMIT;\n";
  }
  return text;
}

}  // namespace schemadiff::cli

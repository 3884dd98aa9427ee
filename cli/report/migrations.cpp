#include "cli/report/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/report/escape.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using engine::Migration;
using engine::StepRow;

Json time(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json migration_json(const Migration& m) {
  return {{"id", m.id},
          {"name", m.name},
          {"description", m.description},
          {"author", m.author},
          {"digest", m.plan},
          {"state", m.state},
          {"tool_version", m.tool_version},
          {"started", time(m.started)},
          {"applied", time(m.applied)},
          {"rolled_back", time(m.rolled_back)}};
}

Json step_json(const StepRow& s) {
  return {{"id", s.id},
          {"phase", to_string(s.phase)},
          {"title", s.title},
          {"state", s.state},
          {"started", time(s.started)},
          {"finished", time(s.finished)},
          {"rows", s.rows},
          {"retries", s.retries},
          {"error", s.error.empty() ? Json(nullptr) : Json(s.error)}};
}

// A migration is "running" from its begin on, also where its process has gone.
std::string state_of(const Migration& migration, bool at_work) {
  const bool moving = migration.state == "running" || migration.state == "rolling back";
  return moving && !at_work ? migration.state + ", cut short" : migration.state;
}

std::string title(const Migration& m) { return fmt::format("#{} {}", m.id, m.name); }

std::string unfinished_text(const StatusReport& report, const Terminal& terminal) {
  const Migration& m = *report.last;
  const auto done =
      std::count_if(m.steps.begin(), m.steps.end(), [](const StepRow& s) { return is_done(s); });
  std::string text = "in progress  " + paint(title(m), Style::Bold, terminal) + ", " +
                     state_of(m, report.applier.has_value()) +
                     fmt::format(": {} of {} steps are done\n", done, m.steps.size());
  for (const StepRow& step : m.steps) {
    if (is_done(step)) continue;
    text += fmt::format("  {}  {:<8}  {:<8}  {}\n", step.id, to_string(step.phase), step.state,
                        step.title);
    if (!step.error.empty())
      text += "        " + paint(wrap(step.error, terminal.width, 8, 8), Style::Red, terminal);
  }
  return text;
}

}  // namespace

std::string status_text(const StatusReport& report, const Terminal& terminal) {
  std::string text = report.database + "\n";
  text += "version      " +
          (report.version ? paint(title(*report.version), Style::Bold, terminal) + ", applied " +
                                report.version->applied + " by " + report.version->author
                          : std::string("none: nothing was applied by schemadiff"));
  text += "\n";
  if (report.applier)
    text += fmt::format("at work      backend {} of role {}, since {}\n", report.applier->pid,
                        report.applier->role, report.applier->since);
  if (report.last && report.last->state != "applied") text += unfinished_text(report, terminal);
  if (report.drift)
    text += "drift        " +
            (report.drift->empty()
                 ? std::string("none: what the last migration changed is as it left it")
                 : paint(fmt::format("{}", fmt::join(*report.drift, ", ")), Style::Red, terminal)) +
            "\n";
  return text;
}

std::string status_json(const StatusReport& report) {
  Json json;
  json["schemadiff_status"] = 1;
  json["database"] = report.database;
  json["version"] = report.version ? migration_json(*report.version) : Json(nullptr);
  json["in_progress"] = nullptr;
  if (report.last && report.last->state != "applied") {
    json["in_progress"] = migration_json(*report.last);
    json["in_progress"]["steps"] = Json::array();
    for (const StepRow& step : report.last->steps)
      json["in_progress"]["steps"].push_back(step_json(step));
  }
  json["drift"] = report.drift ? Json(*report.drift) : Json(nullptr);
  json["applier"] = report.applier ? Json{{"pid", report.applier->pid},
                                          {"role", report.applier->role},
                                          {"since", report.applier->since}}
                                   : Json(nullptr);
  return printed(json);
}

std::string history_text(const std::string& database, const std::vector<Migration>& migrations,
                         const Terminal& terminal) {
  if (migrations.empty()) return database + ": nothing was applied by schemadiff.\n";
  std::string text;
  for (const Migration& m : migrations) {
    text += paint(title(m), Style::Bold, terminal) + "\n";
    text += "  " + m.state + ", begun " + m.started + " by " + m.author;
    if (!m.applied.empty()) text += ", applied " + m.applied;
    if (!m.rolled_back.empty()) text += ", rolled back " + m.rolled_back;
    text += ", plan " + m.plan.substr(0, 12) + "\n";
    if (!m.description.empty()) text += "  " + wrap(m.description, terminal.width, 2, 2);
  }
  return text;
}

std::string history_json(const std::string& database, const std::vector<Migration>& migrations) {
  Json json;
  json["schemadiff_history"] = 1;
  json["database"] = database;
  json["migrations"] = Json::array();
  for (const Migration& m : migrations) json["migrations"].push_back(migration_json(m));
  return printed(json);
}

}  // namespace schemadiff::cli

#include "cli/work.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <set>

#include "cli/applying.h"
#include "schema/error.h"

namespace schemadiff::cli {

using engine::Migration;
using engine::Plan;
using engine::Step;
using engine::StepRow;

namespace {

// What an earlier run of the same plan has written of the step; null: nothing.
const StepRow* earlier_row(const Work& work, const Step& step) {
  return row_of(work.unfinished ? &*work.unfinished : nullptr, work.record.digest, step.id);
}

bool is_finished(const Work& work, const Step& step) {
  const StepRow* row = earlier_row(work, step);
  return row && is_done(*row);
}

// What makes others wait and should take a moment. Whatever reads or writes a whole table takes the
// time that it takes.
bool is_brief(const Step& step) {
  return step.in_transaction && (step.lock.blocks_reads || step.lock.blocks_writes) &&
         !step.lock.scans && !step.lock.rewrites;
}

// By which key of [throughput] the time of the step is reckoned; empty: by none.
std::string measure_of(const Step& step) {
  if (step.backfill) return "backfill_rows";
  if (step.sql.size() != 1) return {};
  const std::string& statement = step.sql.front();
  const auto has = [&](const char* words) { return statement.find(words) != std::string::npos; };
  if (statement.starts_with("CREATE ") && has(" INDEX ") && !has(" ON ONLY ")) return "index_bytes";
  if (step.lock.rewrites) return "rewrite_bytes";
  return has(" VALIDATE CONSTRAINT ") ? "scan_bytes" : "";
}

// Whose size tells how much there is to do.
std::string relation_of(const Step& step) {
  const bool none = step.backfill || step.lock.relations.empty();
  return none ? std::string() : step.lock.relations.front();
}

std::string slug(const std::string& title) {
  std::string text;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte))
      text += static_cast<char>(std::tolower(byte));
    else if (!text.empty() && text.back() != '_')
      text += '_';
  }
  while (text.ends_with('_')) text.pop_back();
  return text.substr(0, 60);
}

}  // namespace

const StepRow* row_of(const Migration* migration, const std::string& digest,
                      const std::string& step) {
  if (!migration) return nullptr;
  for (const StepRow& row : migration->steps)
    if (row.plan == digest && row.id == step) return &row;
  return nullptr;
}

std::size_t end_of(const Plan& plan, const ApplyOptions& options) {
  const engine::Phase last = phase_of(options.phase, engine::Phase::Contract);
  std::size_t end = 0;
  while (end < plan.steps.size() && plan.steps[end].phase <= last) ++end;
  if (options.until.empty()) return end;
  const auto until = std::find_if(plan.steps.begin(), plan.steps.end(),
                                  [&](const Step& s) { return s.id == options.until; });
  if (until == plan.steps.end())
    throw Error("the plan has no step " + options.until,
                "schemadiff plan shows the steps: s001 and so on");
  std::size_t stop = static_cast<std::size_t>(until - plan.steps.begin()) + 1;
  while (stop < plan.steps.size() && plan.steps[stop].transaction == until->transaction) ++stop;
  return std::min(end, stop);
}

std::vector<const Step*> steps_to_run(const Work& work) {
  std::vector<const Step*> steps;
  for (std::size_t i = 0; i < work.end; ++i)
    if (!is_finished(work, work.plan.steps[i])) steps.push_back(&work.plan.steps[i]);
  return steps;
}

std::string refusal(const Work& work, const std::vector<std::string>& allowed) {
  const auto allows = [&](const std::string& rule) {
    return std::find(allowed.begin(), allowed.end(), rule) != allowed.end();
  };
  if (allows("all")) return {};
  std::string text;
  std::set<std::string> rules;
  for (const Step* step : steps_to_run(work))
    for (const engine::RuleHit& hit : step->rules) {
      if (hit.risk != engine::Risk::High || !hit.silenced.empty() || allows(hit.rule)) continue;
      text += "  " + step->id + "  " + step->title + ": " + hit.message + " [" + hit.rule + "]\n";
      rules.insert("--allow " + hit.rule);
    }
  if (text.empty()) return text;
  return "Refused, and nothing was done: steps of high risk are not allowed.\n" + text +
         fmt::format("To allow them: {}\n", fmt::join(rules, " "));
}

engine::Risk highest_risk(const Work& work) {
  engine::Risk risk = engine::Risk::Low;
  for (const Step* step : steps_to_run(work)) risk = std::max(risk, step->risk);
  return risk;
}

bool has_high_risk(const Work& work) { return highest_risk(work) == engine::Risk::High; }

std::string file_stem(const std::string& name) {
  return fmt::format("{:%Y%m%d%H%M}_{}", fmt::gmtime(std::time(nullptr)), slug(name));
}

std::string made_up_name(const Plan& plan) {
  std::string name = fmt::format("{:%Y%m%d%H%M}", fmt::gmtime(std::time(nullptr)));
  if (plan.steps.empty()) return name;
  name += "_" + slug(plan.steps.front().title);
  if (plan.steps.size() > 1) name += fmt::format("_and_{}_more", plan.steps.size() - 1);
  return name;
}

std::vector<engine::Unit> units_of(const Work& work, const Migration& migration) {
  std::vector<engine::Unit> units;
  int transaction = -1;
  for (const Step* step : steps_to_run(work)) {
    const StepRow* row = row_of(&migration, work.record.digest, step->id);
    if (step->transaction != transaction) units.push_back({{}, step->in_transaction});
    transaction = step->transaction;
    const StepRow* before = earlier_row(work, *step);
    units.back().tasks.push_back({row->position, step->id, step->title, step->sql, step->backfill,
                                  before && !before->started.empty(), false, step->why,
                                  is_brief(*step), step->phase, step->post_checks,
                                  measure_of(*step), relation_of(*step),
                                  step->lock.relations.size() + step->lock.weaker.size() > 1});
  }
  return units;
}

}  // namespace schemadiff::cli

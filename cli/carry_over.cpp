#include "cli/carry_over.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/plan_file.h"
#include "cli/work.h"
#include "engine/transactions.h"

namespace schemadiff::cli {

using engine::Migration;
using engine::Plan;
using engine::Step;
using engine::StepRow;

namespace {

bool has_column(const schema::Catalog& catalog, const schema::ObjectId& column) {
  const schema::Table* table = catalog.table({column.schema, column.parent});
  return table && table->find(column.name);
}

bool is_open(const Migration& migration, const Step& step) {
  const StepRow* row = row_of(&migration, migration.plan, step.id);
  return row && !is_done(*row);
}

// Ids and transactions by the place in the plan.
void number(Plan& plan) {
  int before = 0, transaction = 0;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    Step& step = plan.steps[i];
    step.id = fmt::format("s{:03}", i + 1);
    if (i == 0 || !step.in_transaction || step.transaction != before) ++transaction;
    before = step.transaction;
    step.transaction = transaction;
  }
}

}  // namespace

std::vector<Step> open_backfills(engine::Session& session, const Migration& unfinished,
                                 const schema::Catalog& now, const schema::Catalog& desired) {
  std::vector<Step> open =
      parse_plan(engine::plan_text(session, unfinished.id), "the recorded plan").plan.steps;
  std::erase_if(open, [&](const Step& step) {
    return !step.backfill || !is_open(unfinished, step) || !has_column(now, step.object) ||
           !has_column(desired, step.object);
  });
  return open;
}

std::vector<Step> not_in(const Plan& plan, std::vector<Step> backfills) {
  std::erase_if(backfills, [&](const Step& open) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& step) {
      return step.backfill && step.object == open.object;
    });
  });
  return backfills;
}

void add_backfills(Plan& plan, const std::vector<Step>& backfills) {
  if (backfills.empty()) return;
  const auto place = std::find_if(plan.steps.begin(), plan.steps.end(), [](const Step& step) {
    return step.phase > engine::Phase::Expand;
  });
  const auto at = static_cast<std::size_t>(place - plan.steps.begin());
  for (Step& step : plan.steps)
    for (std::size_t& earlier : step.after)
      if (earlier >= at) earlier += backfills.size();
  auto added = plan.steps.insert(place, backfills.begin(), backfills.end());
  for (std::size_t i = 0; i < backfills.size(); ++i, ++added) {
    added->after.clear();
    added->transaction = -1 - static_cast<int>(i);  // until they are numbered
    plan.risk = std::max(plan.risk, added->risk);
  }
  number(plan);
  plan.longest_hold = engine::longest_hold(plan.steps);
}

}  // namespace schemadiff::cli

// A plan or a check as people and programs read it. Pure: the same report gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "cli/comparison.h"
#include "cli/report/terminal.h"
#include "cli/shadow/proof.h"
#include "diff/moved.h"
#include "engine/apply/state.h"
#include "engine/lint/lint.h"
#include "engine/plan.h"
#include "engine/rules/rules.h"
#include "schema/error.h"

namespace schemadiff::cli {

struct PlanReport {
  const engine::Plan& plan;
  const Comparison& sides;
  const Proof* proof = nullptr;  // null: nobody asked for one
};

struct CheckReport {
  const std::vector<diff::Change>& changes;
  const Comparison& sides;
  const engine::State* last = nullptr;         // what both sides once were; null: not known
  std::vector<diff::Movement> movements = {};  // of the changes, since then; none without it
};

std::string plan_text(const PlanReport& report, const Terminal& terminal);
// Runs with psql -v ON_ERROR_STOP=1 -f.
std::string plan_sql(const PlanReport& report);
// docs/plan.schema.json describes it.
std::string plan_json(const PlanReport& report);
// For a comment on a pull request, within its limit of 65,536 characters.
std::string plan_markdown(const PlanReport& report);
// One file that needs no network.
std::string plan_html(const PlanReport& report);

std::string check_text(const CheckReport& report, const Terminal& terminal);
std::string check_json(const CheckReport& report);
std::string check_markdown(const CheckReport& report);
std::string check_html(const CheckReport& report);

// The differences alone, as parts of the same formats; empty: there is none.
std::string differences_text(const CheckReport& report, const Terminal& terminal);
std::string differences_markdown(const CheckReport& report);
std::string differences_html(const CheckReport& report);

// The page of a rule, and of every rule its risk and sentence.
std::string rule_text(const engine::RuleInfo& rule, const Terminal& terminal);
std::string rule_text(const engine::LintRuleInfo& rule, const Terminal& terminal);
std::string rules_text(const Terminal& terminal);

// "a, b and 2 more": at most `most` of the items.
std::string listed(const std::vector<std::string>& items, std::size_t most);

// "1 step", "3 steps"
std::string counted(std::size_t count, const std::string& noun);
// What the rule warns of, in one sentence. Findings that are no rule's have one too.
std::string rule_sentence(std::string_view rule);
// Its page in Markdown; empty where there is none.
std::string_view rule_page(std::string_view rule);

std::string catalog_json(const schema::Catalog& catalog);
std::string graph_dot(const engine::Plan& plan);

// "error: …" with the place, the line and a caret, and the hint.
std::string error_text(const Error& error, const Terminal& terminal);

Style style_of(engine::Risk risk);

// "12 changes: 9 low, 2 medium, 1 high risk."
std::string verdict(const engine::Plan& plan);

// What the lock means for those who use the database, as one sentence.
std::string lock_in_words(const engine::LockClaim& lock);

// "Others wait longest in s002 to s004, for public.orders: about 3 s."
std::string in_words(const engine::Hold& hold);

// "not compared: event trigger x (from)".
std::string in_words(const NotCompared& item, const Comparison& sides);

// The plan's notes and those of the comparison, each once.
std::vector<std::string> all_notes(const engine::Plan& plan, const Comparison& sides);

}  // namespace schemadiff::cli

#include "cli/shadow/proof.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/report/report.h"
#include "cli/shadow/interruption.h"
#include "cli/shadow/shadow.h"
#include "engine/apply/dry_run.h"
#include "parser/analyze/analyze.h"
#include "schema/error.h"
#include "schema/introspect/introspect.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;
using schema::Catalog;
using schema::introspection::Session;
using schema::introspection::StatementError;

constexpr std::size_t kReasonsTold = 5;  // reasons that are told

Filled load_side(const Catalog& catalog, const Comparison& sides, const Shadow& shadow) {
  return shadow.fill(catalog, sides.plan.compare.owners, sides.plan.compare.privileges);
}

// As the server has it, whatever files said beside.
Catalog read(const ScratchDatabase& scratch) {
  Catalog catalog = schema::introspect(scratch.conninfo());
  parser::analyze(catalog, catalog.extension_objects);
  trust_texts(catalog, {});
  return catalog;
}

std::string in_words(const diff::Change& change, const Catalog& is, const Catalog& shall_be) {
  const std::string object = engine::title(change.id, is, shall_be);
  if (change.action == diff::Action::Create) return object + " is missing";
  if (change.action == diff::Action::Drop) return object + " is left over";
  std::string attributes;
  for (const diff::AttributeChange& a : change.attributes)
    attributes +=
        fmt::format("{}{}: {} instead of {}", attributes.empty() ? "" : "; ", a.attribute,
                    a.before.empty() ? "none" : a.before, a.after.empty() ? "none" : a.after);
  return object + " differs" + (attributes.empty() ? "" : " (" + attributes + ")");
}

std::vector<std::string> differences(const Catalog& is, const Catalog& shall_be,
                                     const Comparison& sides) {
  std::vector<std::string> texts;
  for (const diff::Change& change : diff::compare(is, shall_be, sides.plan.compare))
    if (change.because.empty()) texts.push_back(in_words(change, is, shall_be));
  return texts;
}

// Whether the refusal is for what this server is, and not for what the plan says: it lacks a file,
// a feature, a version of an extension, or a server that a subscription or foreign server names.
bool is_of_server(const StatementError& error, const std::string& statement, bool lacks) {
  constexpr std::string_view kReach[] = {"CREATE EXTENSION ",    "ALTER EXTENSION ",
                                         "CREATE SUBSCRIPTION ", "ALTER SUBSCRIPTION ",
                                         "DROP SUBSCRIPTION ",   "IMPORT FOREIGN SCHEMA "};
  const bool reaches_out = std::any_of(std::begin(kReach), std::end(kReach), [&](const auto& verb) {
    return statement.starts_with(verb);
  });
  constexpr std::string_view kLacks[] = {"0A000", "58P01"};  // feature, file
  const bool lacking =
      std::find(std::begin(kLacks), std::end(kLacks), error.sqlstate) != std::end(kLacks);
  const bool undefined = error.sqlstate.starts_with("42") && lacks;
  const bool forbidden = error.sqlstate == "42501";
  return reaches_out || lacking || undefined || forbidden;
}

// Runs the steps; what ends it early is told by the leg.
bool has_run(Session& session, const std::vector<Step>& steps, bool lacks, Leg& leg) {
  std::vector<const Step*> all;
  for (const Step& step : steps) all.push_back(&step);
  const std::optional<engine::Failure> failure =
      engine::run_steps(session, all, Interruption::check);
  if (!failure) return true;
  leg.answer =
      is_of_server(failure->error, failure->statement, lacks) ? Answer::Unproven : Answer::No;
  leg.reasons.push_back(fmt::format("{} ({}) {}: {}", failure->step->id, failure->step->title,
                                    leg.answer == Answer::No ? "fails" : "could not run there",
                                    failure->error.message));
  return false;
}

// Statement by statement: that is how it has to be possible, too, after a run that was cut short.
std::vector<Step> steps_back(const Plan& plan) {
  std::vector<Step> steps(plan.steps.rbegin(), plan.steps.rend());
  for (Step& step : steps) {
    step.sql = step.undo;
    step.in_transaction = false;
  }
  return steps;
}

void settle(Leg& leg, std::vector<std::string> differences) {
  leg.answer = differences.empty() ? Answer::Yes : Answer::No;
  leg.reasons = std::move(differences);
}

// What stays where it was is why the way back may lead elsewhere.
void excuse_what_stays(const Plan& plan, Leg& leg) {
  if (leg.answer != Answer::No) return;
  std::vector<std::string> stay;
  for (const Step& step : plan.steps)
    if (!step.reversible) stay.push_back(step.id + " (" + step.title + ")");
  if (stay.empty()) return;
  leg.answer = Answer::Unproven;
  leg.reasons = {listed(stay, kReasonsTold) + (stay.size() == 1 ? " has" : " have") +
                 " no way back"};
}

std::string sentence(std::string_view what, const Leg& leg, const std::string& where) {
  if (leg.answer == Answer::Yes) return fmt::format("{}: yes{}.", what, where);
  return fmt::format("{}: {}{}: {}.", what, leg.answer == Answer::No ? "no" : "not proven", where,
                     listed(leg.reasons, kReasonsTold));
}

}  // namespace

std::string_view to_string(Answer answer) {
  constexpr std::string_view kNames[] = {"yes", "no", "unproven"};
  return kNames[static_cast<std::size_t>(answer)];
}

Proof prove_plan(const Plan& plan, const Comparison& sides, const Shadow& shadow) {
  const Interruption interruption;
  Proof proof{shadow.description(), {}, {}};
  const Catalog& source = sides.unrenamed ? *sides.unrenamed : sides.from.catalog;
  const Filled desired = load_side(sides.to.catalog, sides, shadow);
  const Filled start = load_side(source, sides, shadow);
  const bool lacks = !desired.not_loaded.empty() || !start.not_loaded.empty();
  const Catalog shall_be = read(*desired.database);
  const Catalog was = read(*start.database);

  Session& session = start.database->session();
  engine::ExecuteSettings settings;
  settings.search_path = plan.search_path;
  engine::prepare_session(session, settings);
  if (!has_run(session, plan.steps, lacks, proof.there)) {
    proof.back.reasons = {"the way there did not come to its end"};
    return proof;
  }
  settle(proof.there, differences(read(*start.database), shall_be, sides));
  if (has_run(session, steps_back(plan), lacks, proof.back))
    settle(proof.back, differences(read(*start.database), was, sides));
  excuse_what_stays(plan, proof.back);
  if (lacks)
    for (Leg* leg : {&proof.there, &proof.back})
      if (leg->answer == Answer::Yes)
        *leg = {Answer::Unproven, {"not all of the schema could be loaded there"}};
  return proof;
}

std::vector<std::string> in_words(const Proof& proof) {
  return {sentence("Converges", proof.there, ", on " + proof.server + ", with empty tables"),
          sentence("Leads back by undo", proof.back, "")};
}

}  // namespace schemadiff::cli

// apply: takes a database where its files, or a plan, say.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/applying.h"
#include "cli/carry_over.h"
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/dry_run.h"
#include "cli/files.h"
#include "cli/last_state.h"
#include "cli/plan_file.h"
#include "cli/policy.h"
#include "cli/report/report.h"
#include "cli/rule_names.h"
#include "cli/work.h"
#include "diff/memo.h"
#include "engine/apply/leftovers.h"
#include "engine/apply/memo.h"
#include "engine/transactions.h"
#include "schema/dump.h"
#include "schema/error.h"
#include "schema/fingerprint.h"
#include "schema/introspect/introspect.h"

namespace schemadiff::cli {
namespace {

using engine::Migration;
using engine::Plan;
using engine::Session;
using engine::Step;
using engine::StepRow;

// How many people have to approve what will run.
int approvals_needed(const Target& target, const Work& work, const Policy& policy) {
  const int by_policy = approvals_needed(policy, highest_risk(work));
  return target.production && has_high_risk(work)
             ? std::max(by_policy, target.production->approvals)
             : by_policy;
}

// Then it is not one person who allows a risk.
void refuse_unapproved(const Options& options, const Target& target, Session& session,
                       const Work& work, int needed) {
  const std::vector<std::string> approvers = engine::approvers(session, work.record.digest);
  if (std::ssize(approvers) >= needed && !options.apply.plan_file.empty()) return;
  const std::string what = fmt::format(
      "{}a plan with steps of {} risk has to be approved by {}",
      target.production ? target.src + " is a production target: " : "by the policy, ",
      to_string(highest_risk(work)), needed == 1 ? "somebody" : fmt::format("{} people", needed));
  if (options.apply.plan_file.empty())
    throw Refusal(what + ", and so has to be a file",
                  "schemadiff plan --format json -o plan.json; then apply plan.json --approve, "
                  "each as a role of their own");
  throw Refusal(what + (approvers.empty() ? "; nobody has"
                                          : fmt::format("; {} has", fmt::join(approvers, " and "))),
                "schemadiff apply " + options.apply.plan_file +
                    " --approve, each as a role of "
                    "their own");
}

std::optional<Migration> unfinished_migration(Session& session) {
  if (!engine::has_journal(session)) return std::nullopt;
  std::optional<Migration> last = engine::last_migration(session);
  return last && last->state != "applied" ? last : std::nullopt;
}

engine::NewMigration record_of(const Options& options, const std::string& role) {
  const ApplyOptions& a = options.apply;
  engine::NewMigration record;
  record.name = a.name;
  record.description = a.description;
  record.author = a.author.empty() ? role : a.author;
  record.tool_version = version();
  return record;
}

std::string role_of(Session& session) {
  auto rows = session.execute("SELECT session_user");
  rows.next();
  return rows.text();
}

Work fresh_work(const Options& options, Session& session, const Comparison& sides) {
  Work work{plan_of(sides), record_of(options, role_of(session)), unfinished_migration(session), 0};
  if (work.unfinished)
    add_backfills(work.plan,
                  not_in(work.plan, open_backfills(session, *work.unfinished, sides.from.catalog,
                                                   sides.to.catalog)));
  const PlanReport report{work.plan, sides};
  work.record.plan = plan_json(report);
  work.record.digest = parse_plan(work.record.plan, "the plan").digest;
  work.record.schema_text = schema::dump(sides.to.catalog);
  work.record.owners = sides.plan.compare.owners;
  work.record.privileges = sides.plan.compare.privileges;
  return work;
}

std::vector<std::string> differences(std::map<std::string, std::string> before,
                                     const schema::ObjectDigests& now) {
  std::vector<std::string> names;
  for (const auto& [id, digest] : now) {
    const std::string name = describe(id);
    const auto found = before.find(name);
    if (found == before.end())
      names.push_back(name + " is new");
    else if (found->second != digest)
      names.push_back(name);
    if (found != before.end()) before.erase(found);
  }
  for (const auto& [name, digest] : before) names.push_back(name + " is gone");
  return names;
}

// The database has to be what the plan was made for, or where an earlier run of it has left it.
void refuse_changed(const PlanFile& file, const Work& work, const schema::ObjectDigests& digests) {
  if (schema::fingerprint(digests) == file.basis.fingerprint) return;
  std::vector<std::string> changed;
  if (work.unfinished && work.unfinished->plan == file.digest) {
    if (!work.unfinished->has_digests) return;
    std::vector<StepRow> done = work.unfinished->steps;
    std::erase_if(done, [](const StepRow& row) { return !is_done(row); });
    changed = changed_since(digests, done);
    if (changed.empty()) return;
  } else {
    changed = differences(file.basis.objects, digests);
  }
  throw Error("the database has changed since the plan was made: " + listed(changed, 5),
              "make the plan anew");
}

// What nobody wrote when the plan was made, somebody may have written since.
void refuse_rows_in_the_way(const Target& target, const Work& work, const Probes& probes) {
  std::vector<std::string> queries;
  std::vector<std::pair<const Step*, engine::Obstacle>> asked;
  for (const Step* step : steps_to_run(work))
    for (const engine::PreCheck& check : step->pre_checks)
      if (check.found == 0) {
        queries.push_back(check.sql);
        asked.emplace_back(step, check.counts);
      }
  if (queries.empty() || !probes.enabled) return;
  const std::vector<schema::Count> counts =
      schema::count_rows(target.conninfo, queries, work.plan.search_path, probes.seconds);
  std::string found;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (const std::int64_t rows = counts[i].rows.value_or(0); rows > 0)
      found += fmt::format("{}{} ({}): {}", found.empty() ? "" : "; ", asked[i].first->id,
                           asked[i].first->title, in_words(asked[i].second, rows, "new"));
  if (!found.empty())
    throw Error("since the plan was made rows have come in its way: " + found,
                "nothing was done; mend them first, or make the plan anew");
}

// The steps that an earlier plan has not done make place for those of a new one.
void refuse_forgotten_backfills(Session& session, const PlanFile& file, const Work& work,
                                const schema::Catalog& live) {
  if (!work.unfinished || work.unfinished->plan == file.digest) return;
  const std::vector<Step> forgotten =
      not_in(file.plan, open_backfills(session, *work.unfinished, live, live));
  if (forgotten.empty()) return;
  throw Error(fmt::format("{} has not come to its end: {} has rows that are still to be filled, "
                          "and this plan does not fill them",
                          work.unfinished->name, forgotten.front().title),
              "finish it with apply --to, or with its own plan; or take it back with rollback");
}

// What a plan does and how depends on the version.
void refuse_other_version(const PlanFile& file, const Session& session) {
  if (file.basis.server_version == 0 || file.basis.server_version == session.version()) return;
  throw Error(fmt::format("the plan was made for PostgreSQL {}, and the server is {}",
                          file.basis.server_version, session.version()),
              "make the plan anew");
}

// The way back of a later step, which was cut short, may have taken along what a step has built:
// then that is to be done once more.
void redo_what_is_gone(Session& session, Work& work) {
  if (!work.unfinished) return;
  std::vector<StepRow>& rows = work.unfinished->steps;
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    if (row->state != "done" || row->in_transaction || row->statements.empty()) continue;
    const auto index = engine::concurrent_index(row->statements.front());
    if (!index || !index->builds || engine::is_there(session, *index)) continue;
    const bool lives_on = std::any_of(row + 1, rows.end(), [&](const StepRow& later) {
      return is_done(later) &&
             std::any_of(later.statements.begin(), later.statements.end(),
                         [&](const std::string& statement) {
                           return statement.find(index->own_name) != std::string::npos;
                         });
    });
    if (!lives_on) row->state = "undone";
  }
}

bool is_applied_already(Session& session, const std::string& digest) {
  if (!engine::has_journal(session)) return false;
  const std::optional<Migration> last = engine::last_migration(session);
  return last && last->state == "applied" && last->plan == digest;
}

Work work_of_file(const Options& options, Session& session, const PlanFile& file,
                  const std::string& text) {
  Work work{file.plan, record_of(options, role_of(session)), unfinished_migration(session), 0};
  work.record.plan = text;
  work.record.digest = file.digest;
  work.record.owners = file.basis.owners;
  work.record.privileges = file.basis.privileges;
  return work;
}

// The steps that will run, as a plan of them alone.
std::string shown(const Options& options, const Work& work, const Comparison& sides) {
  Plan rest = work.plan;
  rest.steps.clear();
  for (const Step* step : steps_to_run(work)) rest.steps.push_back(*step);
  rest.longest_hold = engine::longest_hold(rest.steps);
  return plan_text({rest, sides}, {standard_output(options.color, false).width,
                                   standard_error_color(options.color)});
}

// What is left after all that should have run; empty: nothing.
std::string left_over(const Options& options, const Work& work, const Comparison& after) {
  const Terminal terminal = standard_output(options.color, !options.output.empty());
  if (options.apply.phase.empty() || options.apply.phase == "contract") {
    std::vector<diff::Change> changes = changes_of(after);
    std::erase_if(changes, [](const diff::Change& change) { return change.unproven; });
    // what no statement changes, the plan has said before
    if (changes.empty() || plan_of(after).steps.empty()) return {};
    return check_text({changes, after}, terminal);
  }
  const engine::Phase last = phase_of(options.apply.phase, engine::Phase::Contract);
  const Plan rest = plan_of(after);
  std::string text;
  const auto comes_later = [&](const Step& step) {
    return std::any_of(work.plan.steps.begin() + static_cast<std::ptrdiff_t>(work.end),
                       work.plan.steps.end(),
                       [&](const Step& later) { return later.object == step.object; });
  };
  for (const Step& step : rest.steps)
    // that no row is left to fill only a scan would tell
    if (step.phase <= last && !step.backfill && !comes_later(step))
      text += "  " + step.title + "\n";
  return text;
}

struct Finish {
  const Options& options;
  const Target& target;
  Session& session;
  engine::Journal& journal;
  const Work& work;
  bool all = false;  // of the plan
};

// `live`: the database as it is now. `result`: for the audit log, if not the state.
void write_end(Session& session, engine::Journal& journal, const Work& work,
               const schema::Catalog& live, const std::string& state,
               const std::string& result = {}) {
  std::vector<StepRow> done = engine::last_migration(session)->steps;
  std::erase_if(done, [](const StepRow& row) { return !is_done(row); });
  journal.digests(schema::object_digests(live, work.record.owners, work.record.privileges), done);
  if (state == "applied") journal.forget_cursors();
  journal.state(state);
  engine::audit(session, "apply", journal.migration(), work.record.digest,
                result.empty() ? state : result);
}

// Looks at what has become of the database, and writes it down.
Outcome finish(const Finish& f, const std::optional<Comparison>& after, double seconds,
               std::size_t ran) {
  const bool checked = after && f.options.apply.until.empty();
  const std::string left = checked ? left_over(f.options, f.work, *after) : std::string();
  const schema::Catalog live =
      after ? schema::Catalog()
            : load_live(f.target.src, read_config(f.options.config), {}).catalog;
  const bool applied = f.all && left.empty();
  write_end(f.session, f.journal, f.work, after ? after->from.catalog : live,
            applied ? "applied" : "paused", left.empty() ? "" : "done, but differences are left");
  const std::string unrecorded =
      remember_state(f.session, f.options, f.target.src, applied ? "applied" : "paused",
                     f.work.record.name, applied && checked);
  if (!left.empty())
    return {"All steps were done, and yet the database is not what was planned:\n" + left,
            kFailed,
            {"schemadiff plan shows what is left; it may have been changed by others meanwhile"}};
  std::string text = fmt::format("Applied {} in {} to {}.", counted(ran, "step"), duration(seconds),
                                 f.target.description);
  if (applied && checked) text += " It is what " + after->to.description + " says.";
  if (!f.all)
    text += fmt::format(" {} left of the plan.",
                        counted(f.work.plan.steps.size() - f.work.end, "step"));
  Outcome outcome{text + "\n", kDone, {}};
  if (!unrecorded.empty()) outcome.notes.push_back(unrecorded);
  if (applied && !after)
    outcome.notes.push_back("the result was not compared with a schema; check --to SRC does that");
  return outcome;
}

void remember_definitions(Session& session, Comparison& after) {
  diff::agree(after.from.catalog, after.to.catalog);
  engine::record_memo(session, after.from.catalog, after.to.catalog, version());
}

// A run that was cut short behind its last step has its end written now.
Outcome nothing_to_do(const Options& options, const Target& target, Session& session,
                      const Work& work, const schema::Catalog& live, Comparison* sides) {
  const bool narrowed = !options.schemas.empty() || !options.excludes.empty();
  std::string unrecorded;
  const bool only_looks = options.apply.dry_run || options.apply.explain_only;
  if (work.unfinished && !narrowed && !only_looks && work.end == work.plan.steps.size()) {
    engine::Journal journal(session, work.unfinished->id);
    write_end(session, journal, work, live, "applied");
    unrecorded = remember_state(session, options, target.src, "applied", work.unfinished->name,
                                sides != nullptr);
    if (sides) remember_definitions(session, *sides);
  }
  Outcome outcome{"Nothing to do: no step is left up to there.\n", kDone, {}};
  if (sides && work.plan.steps.empty())
    outcome.result =
        "Nothing to do: " + target.description + " is what " + sides->to.description + " says.\n";
  if (!unrecorded.empty()) outcome.notes.push_back(unrecorded);
  return outcome;
}

// From a plan that may run to its end.
Outcome run(const Options& options, const Target& target, Session& session, Work& work,
            const Comparison& sides, Progress& progress, bool compares) {
  const std::vector<const Step*> steps = steps_to_run(work);
  if (!options.apply.quiet) std::cerr << shown(options, work, sides) << "\n";
  look_ahead(session, steps, options, target, progress);
  if (options.apply.dry_run) return dry_run(options, target, session, work);
  if (const auto why = refusals(work.plan, sides.policy); !why.empty())
    throw Refusal("the policy refuses the plan: " + fmt::format("{}", fmt::join(why, " ")),
                  "nothing was done");
  if (const int needed = approvals_needed(target, work, sides.policy); needed > 0) {
    refuse_unapproved(options, target, session, work, needed);
  } else if (target.production) {
    // whose configuration asks for nobody's approval
  } else if (const std::string refused = refusal(work, options.apply.allow); !refused.empty()) {
    return {refused, kRefused, {}};
  }
  if (options.apply.explain_only)
    return {counted(steps.size(), "step") + " would run; nothing was done.\n", kPending, {}};
  if (!confirmed(options, target,
                 fmt::format("Run {} on {}?", counted(steps.size(), "step"), target.description)))
    return {"Nothing was done.\n", kPending, {}};

  const Hooks hooks = read_hooks(target.apply);
  engine::make_journal(session);
  if (work.record.name.empty() && !work.unfinished) work.record.name = made_up_name(work.plan);
  const Migration migration =
      engine::begin_migration(session, work.record, work.plan, work.unfinished);
  engine::Journal journal(session, migration.id);
  engine::audit(session, "apply", migration.id, work.record.digest, "begun");
  engine::ExecuteSettings settings = execution(options.apply, target);
  settings.search_path = work.plan.search_path;
  engine::prepare_session(session, settings);
  const double seconds = run_units(session, journal,
                                   {"apply", migration.name, work.record.digest,
                                    units_of(work, migration), engine::Direction::Forward, hooks},
                                   options, target, settings, progress);

  std::optional<Comparison> after;
  if (compares) after = load_comparison(options);
  const Finish f{options, target, session, journal, work, work.end == work.plan.steps.size()};
  Outcome outcome = finish(f, after, seconds, steps.size());
  if (after && f.all && outcome.status == kDone && options.apply.until.empty())
    remember_definitions(session, *after);
  return outcome;
}

// People are told apart by what the server knows of them: the role that has logged in.
Outcome approve(const Options& options, Session& session, const PlanFile& file) {
  engine::make_journal(session);
  const std::string role = role_of(session);
  const std::string name = options.apply.author.empty() ? role : options.apply.author;
  std::string written;
  try {
    written = engine::approve(session, file.digest, name);
    engine::audit(session, "approve", 0, file.digest,
                  written == name ? "approved by " + name : "refused: approved by " + written);
  } catch (const schema::introspection::StatementError& error) {
    if (error.sqlstate != "42501") throw;
    throw Error("role " + role + " may not approve plans: " + error.message,
                "GRANT USAGE ON SCHEMA schemadiff, SELECT and INSERT ON schemadiff.approvals, and "
                "INSERT ON schemadiff.audit let it");
  }
  if (written != name)
    throw Refusal(fmt::format("role {} has approved this plan already, for {}", role, written),
                  "who approves it, too, logs in with a role of their own");
  return {fmt::format("Approved by {}: plan {}, {} so far.\n", name, file.digest.substr(0, 12),
                      counted(engine::approvers(session, file.digest).size(), "approval")),
          kDone,
          {}};
}

Outcome apply_fresh(const Options& options, const Target& target, Progress& progress) {
  Session session = open_target(target, progress);
  Comparison sides = load_comparison(options);
  Work work = fresh_work(options, session, sides);
  work.end = end_of(work.plan, options.apply);
  if (steps_to_run(work).empty())
    return nothing_to_do(options, target, session, work, sides.from.catalog, &sides);
  return run(options, target, session, work, sides, progress, true);
}

Outcome apply_file(const Options& options, const Target& target, Progress& progress) {
  const std::string text = read_file(options.apply.plan_file);
  const PlanFile file = parse_plan(text, options.apply.plan_file);
  Session session = open_target(target, progress);
  if (options.apply.approve) return approve(options, session, file);
  if (is_applied_already(session, file.digest))
    return {"Nothing to do: this plan was applied already.\n", kDone, {}};
  Work work = work_of_file(options, session, file, text);
  redo_what_is_gone(session, work);
  work.end = end_of(work.plan, options.apply);
  refuse_other_version(file, session);
  const Config config = read_config(options.config);
  const Source live = load_live(target.src, config, file.basis.narrowing);
  refuse_changed(file, work,
                 schema::object_digests(live.catalog, file.basis.owners, file.basis.privileges));
  refuse_forgotten_backfills(session, file, work, live.catalog);
  if (steps_to_run(work).empty())
    return nothing_to_do(options, target, session, work, live.catalog, nullptr);
  refuse_rows_in_the_way(target, work, config.probes);
  Comparison sides;
  sides.from.description = file.from;
  sides.to.description = file.to;
  sides.policy = policy_for(target.conninfo, config, sides.notes);
  return run(options, target, session, work, sides, progress, !options.to.empty());
}

}  // namespace

Outcome apply(const Options& options) {
  if (options.apply.dry_run && options.apply.explain_only)
    throw Error("--dry-run and --explain-only exclude each other");
  phase_of(options.apply.phase, engine::Phase::Contract);
  for (const std::string& rule : options.apply.allow)
    if (const auto unknown = unknown_rule(rule, RuleNames::OfRisk); unknown && rule != "all")
      throw *unknown;
  if (options.apply.approve && options.apply.plan_file.empty())
    throw Error("--approve needs the plan that is approved",
                "schemadiff apply plan.json --approve");
  const Target target = target_of(options);
  Progress progress(options.color);
  return options.apply.plan_file.empty() ? apply_fresh(options, target, progress)
                                         : apply_file(options, target, progress);
}

}  // namespace schemadiff::cli

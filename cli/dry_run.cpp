#include "cli/dry_run.h"

#include <fmt/format.h>

#include "cli/comparison.h"
#include "cli/report/report.h"
#include "cli/shadow/interruption.h"
#include "cli/shadow/shadow.h"
#include "engine/apply/dry_run.h"

namespace schemadiff::cli {
namespace {

std::string in_words(const engine::DryRun& run, const std::string& where) {
  std::string text =
      fmt::format("{} run {}: no error.\n",
                  counted(run.checked, "step") + (run.checked == 1 ? " was" : " were"), where);
  for (const auto& [id, reason] : run.unchecked)
    text += "  not checked: " + id + ", " + reason + "\n";
  return text;
}

}  // namespace

Outcome dry_run(const Options& options, const Target& target, engine::Session& session,
                const Work& work) {
  const std::vector<const engine::Step*> steps = steps_to_run(work);
  if (options.shadow.empty()) {
    const engine::DryRun run =
        engine::dry_run(session, work.plan, steps, execution(options.apply, target).lock_timeout);
    return {in_words(run, "in a transaction on " + target.description + " that was rolled back"),
            kDone,
            run.unchecked.empty() ? std::vector<std::string>()
                                  : std::vector<std::string>{"--shadow ephemeral checks the rest"}};
  }
  const Config config = read_config(options.config);
  const Source live = load_live(target.src, config, {});
  const Interruption interruption;
  const Shadow shadow = shadow_of(options.shadow, config, live);
  const Filled filled = shadow.fill(live.catalog, true, true);
  const engine::DryRun run =
      engine::run_on_scratch(filled.database->session(), work.plan, steps,
                             !filled.not_loaded.empty(), Interruption::check);
  std::vector<std::string> notes = filled.notes;
  notes.push_back("tables are empty there: whether rows are in the way was not checked");
  return {in_words(run, "on " + shadow.description() + ", which has the schema of " +
                            target.description),
          kDone, notes};
}

}  // namespace schemadiff::cli

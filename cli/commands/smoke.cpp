// smoke: a plan is tried on a scratch database, there, back and there again.
#include "cli/report/smoke.h"

#include <fmt/format.h>

#include <chrono>

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/progress.h"
#include "cli/shadow/interruption.h"
#include "cli/shadow/shadow.h"
#include "diff/change.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

// What differs between two states of one database, in words.
std::vector<std::string> differences(const schema::Catalog& from, const schema::Catalog& to) {
  std::vector<std::string> names;
  for (const diff::Change& change : diff::compare(from, to, {}))
    names.push_back(describe(change.id));
  return names;
}

class Trial {
 public:
  Trial(const Options& options, const Config& config, std::string conninfo)
      : options_(options), config_(config) {
    options_.from = std::move(conninfo);
    options_.shadow.clear();
    options_.output.clear();
    options_.reverse = false;
    options_.apply.yes = options_.apply.quiet = true;
    options_.apply.allow = {"all"};
  }

  schema::Catalog state() const { return load_live(options_.from, config_, {}).catalog; }

  SmokeLeg leg(const std::string& name, Command command, double window) {
    Interruption::check();
    options_.command = command;
    const auto began = std::chrono::steady_clock::now();
    try {
      const Outcome outcome = command == Command::Apply ? apply(options_) : rollback(options_);
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began;
      SmokeLeg leg{name, time.count(), window, {}};
      if (outcome.status != kDone) leg.differs.push_back(outcome.result);
      return leg;
    } catch (Error& error) {
      error.message = name + ": " + error.message;
      throw;
    }
  }

 private:
  Options options_;
  const Config& config_;
};

}  // namespace

Outcome smoke(const Options& options) {
  const Config config = read_config(options.config);
  Options everything = options;
  everything.schemas.clear();
  everything.excludes.clear();
  everything.shadow.clear();
  const Source from = load_one(everything);
  const Interruption interruption;
  const Shadow shadow =
      shadow_of(options.shadow.empty() ? "ephemeral" : options.shadow, config, from);
  const Filled filled = shadow.fill(from.catalog, true, true);

  Trial trial(options, config, filled.database->conninfo());
  const double window = config.apply.window, back = config.apply.rollback_window;
  SmokeReport report{from.description, options.to, shadow.description(), {}};
  const schema::Catalog start = trial.state();
  report.legs.push_back(trial.leg("apply", Command::Apply, window));
  const schema::Catalog there = trial.state();
  report.legs.push_back(trial.leg("roll back", Command::Rollback, back));
  if (const auto differs = differences(start, trial.state()); report.legs[1].differs.empty())
    report.legs[1].differs = differs;
  report.legs.push_back(trial.leg("apply again", Command::Apply, window));
  if (const auto differs = differences(there, trial.state()); report.legs[2].differs.empty())
    report.legs[2].differs = differs;
  return {options.format == Format::Json
              ? smoke_json(report)
              : smoke_text(report, standard_output(options.color, !options.output.empty())),
          is_good(report) ? kDone : kPending, filled.notes};
}

}  // namespace schemadiff::cli

// baseline: a database is from now on known to be what its files say.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/last_state.h"
#include "cli/report/report.h"
#include "diff/memo.h"
#include "engine/apply/memo.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

void refuse_other_sides(const Comparison& sides) {
  if (sides.from.conninfo.empty())
    throw Error("baseline records in a database, and " + sides.from.description + " is none",
                "for example --from env:DATABASE_URL");
  if (!sides.to.conninfo.empty())
    throw Error(
        "baseline records what schema files say, and " + sides.to.description + " is a database",
        "for example --to schema.sql");
}

std::string told(std::size_t recorded, const std::vector<diff::Change>& doubtful,
                 const Comparison& sides) {
  std::string text = "Recorded in " + sides.from.description + ": its " + std::to_string(recorded) +
                     (recorded == 1 ? " definition is" : " definitions are") + " what " +
                     sides.to.description + " says.\n";
  if (!doubtful.empty()) text += "Taken on your word, for analysis could not tell:\n";
  for (const diff::Change& change : doubtful) text += "  " + describe(change.id) + "\n";
  return text;
}

}  // namespace

Outcome baseline(const Options& options) {
  Comparison sides = load_comparison(options);
  refuse_other_sides(sides);
  schema::Catalog& live = sides.from.catalog;
  schema::Catalog& source = sides.to.catalog;
  const std::vector<diff::Change> doubtful = changes_of(sides);
  diff::agree(live, source);
  const std::vector<diff::Change> different = changes_of(sides);
  if (!different.empty())
    return {check_text({different, sides}, standard_output(options.color, !options.output.empty())),
            kPending,
            {"nothing was recorded: plan and apply these differences first"}};
  schema::introspection::Session session(sides.from.conninfo);
  const std::size_t recorded = engine::record_memo(session, live, source, version());
  const std::string unrecorded =
      remember_state(session, options, from_or_default(options, read_config(options.config)),
                     "baseline", {}, true);
  Outcome outcome{told(recorded, doubtful, sides), kDone, {}};
  if (!unrecorded.empty()) outcome.notes.push_back(unrecorded);
  return outcome;
}

}  // namespace schemadiff::cli

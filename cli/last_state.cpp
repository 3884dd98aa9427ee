#include "cli/last_state.h"

#include <utility>

#include "cli/config.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/digest.h"
#include "schema/dump.h"
#include "schema/error.h"
#include "schema/fingerprint.h"

namespace schemadiff::cli {
namespace {

using engine::State;
using schema::introspection::Deadline;
using schema::introspection::Session;
using schema::introspection::StatementError;

struct Fingerprints {
  std::string scope, database, files;
};

std::string fingerprint_of(schema::Catalog catalog, const Narrowing& narrowing, bool owners,
                           bool privileges) {
  narrow(catalog, narrowing);
  return schema::fingerprint(schema::object_digests(catalog, owners, privileges));
}

// Of both as they were read: analysis would only add what follows from that.
Fingerprints fingerprints_of(const Options& options, const Config& config, const Sides& sides) {
  const schema::Catalog &live = sides.from.catalog, &files = sides.to.catalog;
  const Narrowing narrowing = narrowing_of(options, config);
  const bool owners = is_managed(options.owners, files.says_owners);
  const bool privileges = is_managed(options.privileges, files.says_privileges);
  std::string scope = std::string(version()) + "\n" + std::to_string(live.server_version) + "\n" +
                      live.current_role + (owners ? "\nowners" : "") +
                      (privileges ? "\nprivileges" : "");
  for (const std::vector<std::string>* patterns : {&narrowing.include, &narrowing.exclude}) {
    scope += "\n";
    for (const std::string& pattern : *patterns) scope += pattern + "\n";
  }
  return {schema::digest(scope), fingerprint_of(live, narrowing, owners, privileges),
          fingerprint_of(files, narrowing, owners, privileges)};
}

// What is recorded, if this role may know; `notes` gets why not.
std::optional<State> recorded(const std::string& conninfo, Deadline deadline,
                              std::vector<std::string>& notes) {
  try {
    Session session(conninfo, deadline);
    std::optional<State> state = engine::last_state(session);
    if (!state) return std::nullopt;
    const std::string unfinished = engine::unfinished_since(session, *state);
    if (unfinished.empty()) return state;
    notes.push_back("Which side has moved is not told: " + unfinished +
                    " has not come to an end (schemadiff status).");
  } catch (const StatementError& error) {
    if (error.sqlstate != "42501") throw;
    notes.push_back(
        "Which side has moved is not told: schemadiff's own schema may not be read by this role.");
  }
  return std::nullopt;
}

State state_now(const Options& options, const std::string& src, const std::string& event,
                const std::string& name, bool agreed) {
  const Config config = read_config(options.config);
  State state{event, name, {}, {}, {}, {}, {}};
  Sides sides;
  sides.from = load_source(src, config, true);
  if (agreed) {
    sides.to = load_source(to_or_default(options, config), config, true);
    Fingerprints now = fingerprints_of(options, config, sides);
    state.scope = std::move(now.scope);
    state.database_fingerprint = std::move(now.database);
    state.files_fingerprint = std::move(now.files);
  }
  settle_live(sides.from, {});
  state.schema_text = schema::dump(sides.from.catalog);
  return state;
}

}  // namespace

std::string remember_state(Session& session, const Options& options, const std::string& src,
                           const std::string& event, const std::string& name, bool agreed) {
  try {
    engine::record_state(session, state_now(options, src, event, name, agreed));
    return {};
  } catch (const Error& error) {
    return "which side moves from here on will not be known: " + error.message;
  }
}

std::optional<LastState> last_state_of(Comparison& sides, Deadline deadline) {
  if (sides.from.conninfo.empty() || !sides.to.conninfo.empty()) return std::nullopt;
  std::optional<State> state = recorded(sides.from.conninfo, deadline, sides.notes);
  if (!state) return std::nullopt;
  try {
    LastState last{parser::parse({{"", state->schema_text}}), {}};
    const schema::Catalog& live = sides.from.catalog;
    parser::analyze(last.catalog, live.extension_objects, live.server_version);
    // It is compared as the database that it is a dump of.
    last.catalog.server_version = live.server_version;
    narrow(last.catalog, sides.narrowing);
    last.state = std::move(*state);
    return last;
  } catch (const Error& error) {
    sides.notes.push_back("Which side has moved is not told: the record of it cannot be read (" +
                          error.message + ").");
    return std::nullopt;
  }
}

std::string in_words(const State& state) {
  const std::string day = " on " + state.at.substr(0, 10);
  if (state.event == "baseline") return "the baseline was recorded" + day;
  if (state.event == "applied") return state.name + " was applied" + day;
  if (state.event == "paused") return state.name + " was last run" + day;
  return state.name + " was rolled back" + day;
}

std::optional<QuickAnswer> quick_answer(const Options& options, const Config& config,
                                        const Sides& sides, Deadline deadline,
                                        std::vector<std::string>& notes) {
  const auto cannot = [&](const std::string& why) {
    notes.push_back("Fingerprints do not tell, everything was compared: " + why);
    return std::nullopt;
  };
  if (sides.from.conninfo.empty() || !sides.to.conninfo.empty())
    return cannot("they are of a database and its files.");
  std::optional<State> state = recorded(sides.from.conninfo, deadline, notes);
  if (!state || state->database_fingerprint.empty())
    return cannot("apply, at its end, and baseline record them.");
  const Fingerprints now = fingerprints_of(options, config, sides);
  if (now.scope != state->scope)
    return cannot(
        "they were recorded by another role, with other patterns, or other versions of schemadiff "
        "or the server.");
  QuickAnswer answer{
      {}, now.database != state->database_fingerprint, now.files != state->files_fingerprint};
  answer.state = std::move(*state);
  return answer;
}

}  // namespace schemadiff::cli

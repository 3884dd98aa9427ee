#include "cli/last_state.h"

#include <utility>

#include "cli/config.h"
#include "engine/apply/catalog_fingerprint.h"
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

// Of the files as they were read: analysis would only add what follows from that.
std::string fingerprint_of(schema::Catalog files, const Narrowing& narrowing, bool owners,
                           bool privileges) {
  narrow(files, narrowing);
  return schema::fingerprint(schema::object_digests(files, owners, privileges));
}

struct Fingerprints {
  std::string scope, database, files;
};

Fingerprints fingerprints_of(Session& session, const Options& options, const Config& config,
                             const Source& files) {
  const Narrowing narrowing = narrowing_of(options, config);
  const bool owners = is_managed(options.owners, files.catalog.says_owners);
  const bool privileges = is_managed(options.privileges, files.catalog.says_privileges);
  auto role = session.execute("SELECT current_user");
  role.next();
  std::string scope = std::string(version()) + "\n" + std::to_string(session.version()) + "\n" +
                      role.text() + (owners ? "\nowners" : "") + (privileges ? "\nprivileges" : "");
  for (const std::vector<std::string>* patterns : {&narrowing.include, &narrowing.exclude}) {
    scope += "\n";
    for (const std::string& pattern : *patterns) scope += pattern + "\n";
  }
  return {schema::digest(scope), engine::catalog_fingerprint(session),
          fingerprint_of(files.catalog, narrowing, owners, privileges)};
}

// What is recorded, if this role may know; `notes` gets why not.
std::optional<State> recorded(Session& session, std::vector<std::string>& notes) {
  try {
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

State state_now(Session& session, const Options& options, const std::string& src,
                const std::string& event, const std::string& name, bool agreed) {
  const Config config = read_config(options.config);
  State state{event, name, {}, {}, {}, {}, {}};
  if (agreed) {
    const Source files = load_source(to_or_default(options, config), config, true);
    Fingerprints now = fingerprints_of(session, options, config, files);
    state.scope = std::move(now.scope);
    state.database_fingerprint = std::move(now.database);
    state.files_fingerprint = std::move(now.files);
  }
  state.schema_text = schema::dump(load_live(src, config, {}).catalog);
  return state;
}

}  // namespace

std::string remember_state(Session& session, const Options& options, const std::string& src,
                           const std::string& event, const std::string& name, bool agreed) {
  try {
    engine::record_state(session, state_now(session, options, src, event, name, agreed));
    return {};
  } catch (const Error& error) {
    return "which side moves from here on will not be known: " + error.message;
  }
}

std::optional<LastState> last_state_of(Comparison& sides, Deadline deadline) {
  if (sides.from.conninfo.empty() || !sides.to.conninfo.empty()) return std::nullopt;
  Session session(sides.from.conninfo, deadline);
  std::optional<State> state = recorded(session, sides.notes);
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

std::optional<State> unchanged_since(const Options& options, const Config& config,
                                     const std::string& conninfo, const Source& files,
                                     Deadline deadline, std::vector<std::string>& notes) {
  const auto look_closer = [&](const std::string& why) {
    notes.push_back("Everything was compared: " + why);
    return std::nullopt;
  };
  if (!files.conninfo.empty()) return look_closer("fingerprints are of a database and its files.");
  Session session(conninfo, deadline);
  std::optional<State> state = recorded(session, notes);
  if (!state || state->database_fingerprint.empty())
    return look_closer("apply, at its end, and baseline record fingerprints.");
  const Fingerprints now = fingerprints_of(session, options, config, files);
  if (now.scope != state->scope)
    return look_closer(
        "the fingerprints are those of another role, other patterns, or other versions of "
        "schemadiff or the server.");
  if (now.database != state->database_fingerprint)
    return look_closer("the database has changed since " + in_words(*state) + ".");
  if (now.files != state->files_fingerprint)
    return look_closer("the files have changed since " + in_words(*state) + ".");
  return state;
}

}  // namespace schemadiff::cli

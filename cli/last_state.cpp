#include "cli/last_state.h"

#include <utility>

#include "cli/config.h"
#include "engine/apply/catalog_fingerprint.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/digest.h"
#include "schema/dump.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

using engine::State;
using schema::introspection::Deadline;
using schema::introspection::Session;
using schema::introspection::StatementError;

// Within what fingerprints hold: the same bytes may mean something else to another role.
std::string scope_of(Session& session, const Options& options, const Config& config) {
  const Narrowing narrowing = narrowing_of(options, config);
  auto role = session.execute("SELECT current_user");
  role.next();
  std::string scope = std::string(version()) + "\n" + std::to_string(session.version()) + "\n" +
                      role.text() + "\n" + std::to_string(static_cast<int>(options.owners)) +
                      std::to_string(static_cast<int>(options.privileges));
  for (const std::vector<std::string>* patterns : {&narrowing.include, &narrowing.exclude}) {
    scope += "\n";
    for (const std::string& pattern : *patterns) scope += pattern + "\n";
  }
  return schema::digest(scope);
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

State state_now(Session& session, const Options& options, const Config& config,
                const std::string& event, const std::string& name, bool agreed) {
  State state{event, name, {}, {}, {}, {}};
  const std::string to = agreed ? to_or_default(options, config) : std::string();
  if (!agreed || to == "-") return state;  // standard input is read once
  state.files_fingerprint = fingerprint_of(load_texts(to, config, true));
  if (state.files_fingerprint.empty()) return state;
  state.scope = scope_of(session, options, config);
  state.database_fingerprint = engine::catalog_fingerprint(session);
  return state;
}

}  // namespace

std::string remember_state(Session& session, const Options& options, const std::string& src,
                           const std::string& event, const std::string& name, bool agreed) {
  try {
    const Config config = read_config(options.config);
    engine::record_state(session, state_now(session, options, config, event, name, agreed),
                         schema::dump(load_live(src, config, {}).catalog));
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
    LastState last{parser::parse({{"", engine::last_schema_text(session)}}), {}};
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

std::string fingerprint_of(const std::optional<Texts>& files) {
  if (!files) return {};
  std::string digests;
  for (const parser::SourceText& file : files->files) digests += schema::digest(file.text);
  return schema::digest(digests);
}

std::optional<State> unchanged_since(const Options& options, const Config& config,
                                     const std::string& conninfo,
                                     const std::string& files_fingerprint, Deadline deadline,
                                     std::vector<std::string>& notes) {
  const auto look_closer = [&](const std::string& why) {
    notes.push_back("Everything was compared: " + why);
    return std::nullopt;
  };
  if (files_fingerprint.empty())
    return look_closer("fingerprints are of a database and its files.");
  Session session(conninfo, deadline);
  std::optional<State> state = recorded(session, notes);
  if (!state || state->database_fingerprint.empty())
    return look_closer("apply, at its end, and baseline record fingerprints.");
  if (files_fingerprint != state->files_fingerprint)
    return look_closer("the files have changed since " + in_words(*state) + ".");
  if (scope_of(session, options, config) != state->scope)
    return look_closer(
        "the fingerprints are those of another role, other patterns, or other versions of "
        "schemadiff or the server.");
  if (engine::catalog_fingerprint(session) != state->database_fingerprint)
    return look_closer("the database has changed since " + in_words(*state) + ".");
  return state;
}

}  // namespace schemadiff::cli

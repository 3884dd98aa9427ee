// The third side of a check: what a database and its files were when schemadiff last left them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/comparison.h"
#include "engine/apply/state.h"

namespace schemadiff::cli {

struct LastState {
  schema::Catalog catalog;  // analysed and narrowed, as both sides are
  engine::State state;
};

// Records what the database that `src` leads to is now. `agreed`: it is what its files say. Gives a
// note where that was not possible, for what was done is done; empty: it was.
std::string remember_state(schema::introspection::Session& session, const Options& options,
                           const std::string& src, const std::string& event,
                           const std::string& name, bool agreed);

// none: nothing is recorded that could tell who has moved, or a server newer than the grammar said
// it; where there is a reason that somebody should know, it becomes a note.
std::optional<LastState> last_state_of(Comparison& sides, schema::introspection::Deadline deadline);

// "20270131_notes was applied on 2027-01-31"
std::string in_words(const engine::State& state);

// Of the texts of files, whatever their names; nothing is parsed. Empty: there are none.
std::string fingerprint_of(const std::optional<Texts>& files);

// The record, where fingerprints tell that the database and its files are both what they were when
// they were the same. none: it has to be looked at closer; `notes` gets why.
std::optional<engine::State> unchanged_since(const Options& options, const Config& config,
                                             const std::string& conninfo,
                                             const std::string& files_fingerprint,
                                             schema::introspection::Deadline deadline,
                                             std::vector<std::string>& notes);

}  // namespace schemadiff::cli

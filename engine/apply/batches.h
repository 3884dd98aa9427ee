// A backfill in batches of our own: each a transaction, and the place where the next one begins is
// written down with it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/backfill.h"
#include "schema/introspect/session.h"

namespace schemadiff::engine {

struct BackfillProgress {
  std::int64_t rows = 0;        // written, those of earlier runs too
  std::int64_t earlier = 0;     // of these, by earlier runs
  std::int64_t seen = 0;        // looked at in this run
  double seconds = 0;           // of this run
  double writing = 0;           // of these, without pauses and waiting for standbys
  std::optional<double> share;  // of the table that is behind us, 0 to 1; none: not known
};

struct BackfillSettings {
  double pause = 0;  // seconds between batches
  // Runs a statement that may be repeated, and gives its rows.
  std::function<schema::introspection::Rows(const std::string&)> run;
  std::function<void(const BackfillProgress&)> tell;  // after each batch
};

// Runs it to its end, from where an earlier run of the same backfill has come to. Batches grow and
// shrink toward a tenth of a second each. Returns how far it has come. Throws what
// run throws, and Interrupted between two batches.
BackfillProgress run_backfill(schema::introspection::Session& session, std::int64_t migration,
                              const Backfill& backfill, const BackfillSettings& settings);

}  // namespace schemadiff::engine

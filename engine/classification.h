// What the columns of a schema hold, in classes of a team's own, and how long rows are kept.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::engine {

// A line of the configuration.
struct ClassificationEntry {
  std::string pattern;            // with * and ?: of schema.table.column, or of schema.table
  std::string value;              // "personal"; "90 days"
  unsigned line = 0, column = 0;  // in the configuration
};

struct Classification {
  std::vector<ClassificationEntry> columns;    // their classes; none: nobody classifies
  std::vector<ClassificationEntry> retention;  // of tables
};

// Of the entries that match the one with the fewest wildcards counts: the longest without them.
// Empty: none matches.
std::string class_of(const Classification& classification, const schema::Table& table,
                     const schema::Column& column);
std::string retention_of(const Classification& classification, const schema::Table& table);

// The columns that somebody has to classify: those of tables, but of partitions and not inherited
// ones, that have no class. Empty where nobody classifies.
std::vector<schema::ObjectId> unclassified(const Classification& classification,
                                           const schema::Catalog& catalog);

// The entries that match nothing of the schema.
std::vector<ClassificationEntry> unmatched(const Classification& classification,
                                           const schema::Catalog& catalog);

}  // namespace schemadiff::engine

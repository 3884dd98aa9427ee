// Databases that apply changes, and what they hold afterwards.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/judges/agreement.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {

// What a database holds: its schema without the tool's own, and a checksum of each table's rows.
struct Contents {
  Dump schema;
  std::string rows;
  bool operator==(const Contents&) const = default;
};

// Drops the tool's own schema first. Throws when a statement fails.
Contents contents(const std::string& database);

// Fills a fresh database with the fixture's schema, and `rows` rows in its tables where it has
// data.
void build_with_rows(const std::string& database, const Fixture& fixture, int rows);

// `schemadiff apply --yes --allow all`, from the database to the file, as for large tables.
Result apply(const std::string& database, const std::filesystem::path& to,
             std::vector<std::string> arguments = {},
             const std::map<std::string, std::string>& environment = {});

}  // namespace schemadiff::testing

// What is known of the data in a database, beside its schema.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "schema/values.h"

namespace schemadiff::schema {

// Of one table, partitions and children included.
struct TableFacts {
  std::optional<double> rows;               // estimate; none: the table was never analysed
  std::optional<std::int64_t> bytes;        // with TOAST, without indexes
  std::optional<std::int64_t> index_bytes;  // of all its indexes
  std::optional<double> writes_per_second;  // rows inserted, updated and deleted
};

struct Facts {
  std::map<QualifiedName, TableFacts> tables;
  std::optional<TableFacts> others;  // of each table that is not listed; none: unknown
  // What earlier runs on the database did in a second, by the name of the measure.
  std::map<std::string, double> rates;
  std::map<std::string, std::int64_t> counts;  // what queries for a number returned

  // null where nothing is known
  const TableFacts* find(const QualifiedName& table) const;
};

// "about 1,200,000 rows, 340 MiB"; empty where nothing is known.
std::string in_words(const TableFacts& facts);

}  // namespace schemadiff::schema

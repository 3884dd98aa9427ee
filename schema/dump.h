// Catalog → canonical SQL that rebuilds it.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

struct DumpFile {
  std::string path;  // "tables/public.orders.sql"; for a dump into one file: empty
  std::string text;
};

// One text with every object after what it refers to. The same catalog gives the same bytes.
std::string dump(const Catalog& catalog);

// A file per object; what stands on a table (constraints, indexes, statistics, rules, triggers,
// policies) is in the table's file. Order between files does not matter to the parser.
std::vector<DumpFile> dump_files(const Catalog& catalog);

}  // namespace schemadiff::schema

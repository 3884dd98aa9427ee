// Rows that are brought up to date in batches, while others read and write.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::engine {

struct Backfill {
  schema::QualifiedName table;
  std::vector<std::string> key;  // columns of a unique index without NULLs; empty: there is none,
                                 // and batches are runs of pages
  std::string set;               // "full_name = name"
  std::string where;             // of the rows that are not up to date: "full_name IS NULL"
};

// A backfill of the table, by its primary key, or else by another unique one without NULLs.
Backfill backfill_of(const schema::Table& table, const schema::Catalog& catalog, std::string set,
                     std::string where);

// One statement that runs the backfill to its end, each batch in a transaction of its own; it has
// to run outside of a transaction block. Run again, it does what is left.
std::string backfill_sql(const Backfill& backfill);

// The statement that brings the rows of a part (a condition) up to date. They are found by the part
// alone (IS TRUE): an index on what is filled would be read in full for each part.
std::string update_of_part(const Backfill& backfill, const std::string& part);

// How many keys, or pages, a batch of that statement covers.
inline constexpr int kBatchRows = 1000;
inline constexpr int kBatchPages = 64;

// How often the pages of a table without a key are gone through at most. A row that others update
// meanwhile moves to another page, which may have been passed: there are passes until one finds
// nothing, but no more than some while others go on writing such rows.
inline constexpr int kPagePasses = 5;

}  // namespace schemadiff::engine

// What the statements of a hand-written migration do, as far as locks and transactions go; their
// effect on the schema is parser.h's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/split.h"
#include "schema/values.h"

namespace schemadiff::parser {

enum class Deed : unsigned char {
  Begin,
  End,  // COMMIT, ROLLBACK
  SetLockTimeout,
  CreateIndex,
  DropIndex,
  Reindex,
  RefreshView,
  AddColumn,
  AlterType,
  SetNotNull,
  AddConstraint,
  Validate,
  Rename,           // of a relation, or of a column where `name` says which
  AttachPartition,  // `relation` is the partition
  DetachPartition,
  Rewrite,        // CLUSTER, VACUUM FULL, SET TABLESPACE, SET LOGGED, SET ACCESS METHOD
  AlterBriefly,   // anything else that locks a relation in ACCESS EXCLUSIVE, for a moment
  DisturbWrites,  // holds up writes for a moment: triggers, ENABLE TRIGGER
  Drop,
  Truncate,
  AddEnumValue,
  WriteRows,  // INSERT, UPDATE, DELETE, MERGE, COPY
  Other,
};

struct Act {
  Deed deed{};
  schema::QualifiedName relation{};  // without schema where none is written; empty: none
  std::string name = {};             // of the column, constraint or value
  char contype = '\0';               // of AddConstraint, as pg_constraint has it
  std::string not_null = {};         // the column that a CHECK says is not NULL, and no more
  bool fills = false;  // of AddColumn: the statement says what rows that are there have in it
  bool concurrently = false;
  bool not_valid = false;
  bool using_index = false;
  bool cascade = false;
};

// By piece; empty for what is no SQL. A DO block that only guards statements does what they do.
// Throws Error with place, whose file is `name`, for what the grammar refuses.
std::vector<std::vector<Act>> acts_of(std::string_view name, std::string_view text,
                                      const std::vector<Piece>& pieces);

}  // namespace schemadiff::parser

// A table, with its partitions and all that stands on them, under another name.
#pragma once

#include "engine/lower/lower.h"

namespace schemadiff::engine {

struct TableForm {
  schema::QualifiedName name;
  schema::Catalog catalog;  // nothing but the table and what belongs to it
  std::vector<std::pair<schema::QualifiedName, std::string>>
      indexes;  // of the table itself: their names here, and their own
};

// The table of `from` as it is kept until it is dropped, with its triggers, policies and rules.
TableForm set_aside(const schema::Table& before, const Context&);

// The table of `to` as it is filled: what it has in the end beside columns, partitions, constraints
// and indexes comes when it takes its name. Nobody but its owner can read it until then.
TableForm to_be_filled(const schema::Table& after, const Context&);

// The statements that make it.
schema::Statements create_sql(const TableForm& form, const Context&);

// Whether the catalog of `from` has it already.
bool is_there(const TableForm& form, const Context&);

}  // namespace schemadiff::engine

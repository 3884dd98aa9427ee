// A trigger that keeps an old and a new column equal in meaning, while applications write either,
// or the old one only.
#pragma once

#include <array>

#include "schema/catalog.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::engine {

struct SyncTrigger {
  schema::QualifiedName table;
  std::string old_column, new_column;
  schema::TypeName old_type, new_type;
  std::string to_new, to_old;  // expressions over NEW: "NEW.name"; to_old empty: only the old
                               // column is written
  bool partitioned = false;    // the table
};

// Of the trigger and of its function, in the table's schema.
std::string sync_name(const schema::QualifiedName& table, std::string_view new_column);

schema::Statements create_sql(const SyncTrigger& trigger);
schema::Statements drop_sql(const SyncTrigger& trigger);

// What has to come before DROP TRIGGER on a partitioned table: that locks partitions before the
// table (the triggers of partitions go first), queries the other way round.
std::string lock_before_drop(const schema::QualifiedName& table);

// "a IS DISTINCT FROM b", by their text where the type has no equality.
std::string distinct_sql(const std::string& a, const std::string& b, const schema::TypeName& type);

// The trigger and the function that fill the column.
std::array<schema::ObjectId, 2> sync_objects_of(const schema::ObjectId& new_column);

// Whether a function or trigger of that name is one of ours, there for as long as a plan is under
// way.
bool is_sync_name(std::string_view name);

}  // namespace schemadiff::engine

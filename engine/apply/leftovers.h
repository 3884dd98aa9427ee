// What a statement that runs outside of transactions leaves when it is cut short, and how to go on.
#pragma once

#include <optional>
#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

// An index that a statement builds or drops CONCURRENTLY.
struct ConcurrentIndex {
  std::string name;  // quoted and qualified
  bool builds = false;
  std::string own_name = {};  // without its schema
};

// None: the statement is another one.
std::optional<ConcurrentIndex> concurrent_index(const std::string& statement);

// Whether the database has the index.
bool is_there(schema::introspection::Session& session, const ConcurrentIndex& index);

// Whether the statement has taken effect though nobody could write it down: an index that is built,
// or is gone. An index that CREATE INDEX CONCURRENTLY has left invalid is dropped. The statement
// was begun before.
bool is_done_already(schema::introspection::Session& session, const std::string& statement);

}  // namespace schemadiff::engine

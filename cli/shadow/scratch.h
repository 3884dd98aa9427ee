// A database of a temporary name on a server.
#pragma once

#include <optional>
#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::cli {

// Dropped with the value. What a killed run left behind is dropped by the next one on that server:
// databases with such a name and our comment, of the same role, a minute old, to which nobody is
// connected.
class ScratchDatabase {
 public:
  // On the server of `conninfo`, with the encoding and locale of the database that it names. Throws
  // Error: no connection, no permission to create databases, a template0 that is not empty.
  explicit ScratchDatabase(const std::string& conninfo);
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  const std::string& conninfo() const { return conninfo_; }

  // The connection to it.
  schema::introspection::Session& session() { return *session_; }

 private:
  void create();
  void drop() noexcept;

  schema::introspection::Session server_;  // to the other database
  std::string name_;
  std::string conninfo_;
  std::optional<schema::introspection::Session> session_;
};

}  // namespace schemadiff::cli

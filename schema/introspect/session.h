// One connection to the server, and what may be said when it fails.
#pragma once

#include <memory>
#include <string>

#include "schema/introspect/rows.h"

struct pg_conn;  // libpq's

namespace schemadiff::schema::introspection {

class Session {
 public:
  // Throws Error; neither it nor any later one shows a password.
  explicit Session(const std::string& conninfo);

  int version() const;  // as server_version_num / 10000
  bool is_superuser() const;

  // Sends statements, separated by semicolons, in one round trip. next() waits for the rows of
  // each; finish() ends the round before another can be sent.
  void send(const std::string& statements);
  Rows next();
  void finish();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
};

}  // namespace schemadiff::schema::introspection

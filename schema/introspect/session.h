// One connection to the server, and what may be said when it fails.
#pragma once

#include <memory>
#include <string>

#include "schema/error.h"
#include "schema/introspect/rows.h"

struct pg_conn;  // libpq's

namespace schemadiff::schema::introspection {

// The server refused a statement; `message` is its own, without secrets.
struct StatementError : Error {
  StatementError(std::string what_is_wrong, std::string what_to_do, std::string code)
      : Error(std::move(what_is_wrong), std::move(what_to_do)), sqlstate(std::move(code)) {}
  std::string sqlstate;
};

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

  // Runs statements, separated by semicolons, as one transaction unless they say otherwise; gives
  // the rows of the last one. Throws StatementError.
  Rows execute(const std::string& statements);

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
};

}  // namespace schemadiff::schema::introspection

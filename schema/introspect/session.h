// One connection to the server, and what may be said when it fails.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "schema/error.h"
#include "schema/introspect/rows.h"

struct pg_conn;  // libpq's
struct pg_cancel;

namespace schemadiff::schema::introspection {

// The server refused a statement; `message` is its own, without secrets.
struct StatementError : Error {
  StatementError(std::string what_is_wrong, std::string what_to_do, std::string code)
      : Error(std::move(what_is_wrong), std::move(what_to_do)), sqlstate(std::move(code)) {}
  std::string sqlstate;
};

// Something that a query of the catalog found was gone when the server looked closer at it: its
// functions see what is there now, not the snapshot.
struct ChangedMeanwhile : Error {
  using Error::Error;
};

// When a connection that has not answered is given up; none: never.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

class Session {
 public:
  // Throws Error; neither it nor any later one shows a password. From `deadline` on everything that
  // waits for the server does.
  explicit Session(const std::string& conninfo, Deadline deadline = {});

  int version() const;  // as server_version_num / 10000
  bool is_superuser() const;
  bool has_utc() const;  // as the time zone that sessions start with
  bool is_lost() const;  // the connection has broken
  bool uses_tls() const;
  bool is_local() const;  // the server is on this machine, as far as its address says

  // `tell` gets what the server says beside its answers ("WARNING:  …"), a line without its end.
  void on_notice(std::function<void(const std::string&)> tell);

  // Asks the server to give up the statement that runs; from a signal handler, too.
  void cancel() const noexcept;

  // Sends statements, separated by semicolons, in one round trip. next() waits for the rows of
  // each; finish() ends the round before another can be sent.
  void send(const std::string& statements);
  Rows next();
  void finish();

  // Runs statements, separated by semicolons, as one transaction unless they say otherwise; gives
  // the rows of the last one. Throws StatementError.
  Rows execute(const std::string& statements);

 private:
  void connect(const char* const* keywords, const char* const* values);
  void await_answer();
  pg_result* answer_to(const std::string& statements);

  struct Close {
    void operator()(pg_conn* connection) const;
  };
  struct Forget {
    void operator()(pg_cancel* cancel) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
  std::unique_ptr<pg_cancel, Forget> cancel_;
  std::unique_ptr<std::function<void(const std::string&)>> tell_;  // its address does not move
  Deadline deadline_;
};

}  // namespace schemadiff::schema::introspection

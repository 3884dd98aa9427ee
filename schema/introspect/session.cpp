// Talks libpq; turns its failures into errors without secrets.
#include "schema/introspect/session.h"

#include <libpq-fe.h>
#include <poll.h>

#include <cstdlib>
#include <string_view>

#include "schema/error.h"

namespace schemadiff::schema::introspection {
namespace {

constexpr std::string_view kUriHint =
    "percent-encode special characters in the user name and the password of a connection URI";

bool is_uri(std::string_view conninfo) {
  return conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://");
}

// A password with an unencoded '@', '/', '?' or '#' makes libpq take parts of it for the host, port
// or database, which its messages then show.
bool may_misplace_password(std::string_view conninfo) {
  if (!is_uri(conninfo)) return false;
  conninfo.remove_prefix(conninfo.find("://") + 3);
  std::size_t at = conninfo.rfind('@');
  return at != std::string_view::npos &&
         conninfo.substr(0, at).find_first_of("@/?#") != std::string_view::npos;
}

std::string trimmed(std::string_view message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' '))
    message.remove_suffix(1);
  std::string line;
  for (char c : message) {
    if (c == '\n' || c == '\t') {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else {
      line += c;
    }
  }
  return line;
}

std::string without(std::string message, std::string_view secret) {
  if (secret.empty()) return message;
  for (std::size_t at = message.find(secret); at != std::string::npos;
       at = message.find(secret, at + 3)) {
    message.replace(at, secret.size(), "***");
  }
  return message;
}

std::string hint_for(std::string_view message) {
  auto has = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
  if (has("password authentication failed") || has("no password supplied"))
    return "check the user name and the password";
  if (has("pg_hba.conf")) return "the server's pg_hba.conf does not let this user in from here";
  if (has("role ") && has("does not exist")) return "check the user name";
  if (has("database ") && has("does not exist")) return "check the name of the database";
  if (has("could not translate host name")) return "check the host name";
  if (has("refused") || has("No such file") || has("timeout"))
    return "check that the server runs and that host and port are right";
  return {};
}

[[noreturn]] void fail_to_connect(const std::string& conninfo, pg_conn* connection) {
  if (may_misplace_password(conninfo))
    throw Error("could not connect to the server", std::string(kUriHint));
  const char* password = connection ? PQpass(connection) : nullptr;
  std::string message = without(trimmed(connection ? PQerrorMessage(connection) : "out of memory"),
                                password ? password : "");
  throw Error("could not connect: " + message, hint_for(message));
}

// Whether libpq can read the string; its own message would quote from it.
void check_syntax(const std::string& conninfo) {
  if (!is_uri(conninfo) && conninfo.find('=') == std::string::npos) return;  // a database's name
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(conninfo.c_str(), &message);
  PQfreemem(message);
  if (!options) {
    throw Error("the connection string cannot be read",
                is_uri(conninfo) ? std::string(kUriHint)
                                 : "it must be a URI (postgresql://…) or pairs of keyword=value, "
                                   "values with spaces in single quotes");
  }
  PQconninfoFree(options);
}

[[noreturn]] void fail(const PGresult* result, const PGconn* connection) {
  std::string message = trimmed(result ? PQresultErrorMessage(result) : PQerrorMessage(connection));
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  std::string_view code = state ? state : "";
  std::string hint;
  if (PQstatus(connection) == CONNECTION_BAD)
    hint = "the connection was lost; run again";
  else if (code == "42501")
    hint = "the role needs to be allowed to read the system catalogs";
  const std::string what = "could not read the catalog: " + without(message, PQpass(connection));
  if (code == "XX000" || code == "42P01")
    throw ChangedMeanwhile(what, "the schema was changed while it was read; run again");
  throw Error(what, hint);
}

std::string field(const PGresult* result, int code) {
  const char* text = result ? PQresultErrorField(result, code) : nullptr;
  return text ? text : "";
}

[[noreturn]] void refuse(const PGresult* result, const PGconn* connection) {
  std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) message = trimmed(PQerrorMessage(connection));
  throw StatementError(without(message, PQpass(connection)),
                       without(field(result, PG_DIAG_MESSAGE_HINT), PQpass(connection)),
                       field(result, PG_DIAG_SQLSTATE));
}

void await_socket(PGconn* connection, short events,
                  std::chrono::steady_clock::time_point deadline) {
  using namespace std::chrono;
  pollfd socket{PQsocket(connection), events, 0};
  const auto left = duration_cast<milliseconds>(deadline - steady_clock::now()).count();
  if (left > 0 && poll(&socket, 1, static_cast<int>(left)) != 0) return;
  throw Error("the server did not answer in time",
              "it is slow or does not run; --timeout says how long to wait");
}

}  // namespace

void Session::Close::operator()(pg_conn* connection) const { PQfinish(connection); }
void Session::Forget::operator()(pg_cancel* cancel) const { PQfreeCancel(cancel); }

Session::Session(const std::string& conninfo, Deadline deadline) : deadline_(deadline) {
  check_syntax(conninfo);
  // Of a keyword given twice the last wins: the timeout is a default, the encoding is not.
  const char* timeout = std::getenv("PGCONNECT_TIMEOUT");
  const char* keywords[] = {"connect_timeout", "dbname", "client_encoding",
                            "fallback_application_name", nullptr};
  const char* values[] = {timeout ? timeout : "10", conninfo.c_str(), "UTF8", "schemadiff",
                          nullptr};
  connect(keywords, values);
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK)
    fail_to_connect(conninfo, connection_.get());
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  cancel_.reset(PQgetCancel(connection_.get()));
}

void Session::connect(const char* const* keywords, const char* const* values) {
  if (!deadline_) {
    connection_.reset(PQconnectdbParams(keywords, values, 1));
    return;
  }
  connection_.reset(PQconnectStartParams(keywords, values, 1));
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (connection_ && PQstatus(connection_.get()) != CONNECTION_BAD &&
         state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    await_socket(connection_.get(), state == PGRES_POLLING_READING ? POLLIN : POLLOUT, *deadline_);
    state = PQconnectPoll(connection_.get());
  }
}

// Without a deadline libpq waits by itself.
void Session::await_answer() {
  PGconn* connection = connection_.get();
  while (deadline_ && PQisBusy(connection)) {
    await_socket(connection, POLLIN, *deadline_);
    if (PQconsumeInput(connection) == 0) return;  // what is wrong PQgetResult says
  }
}

bool Session::is_lost() const { return PQstatus(connection_.get()) != CONNECTION_OK; }

bool Session::uses_tls() const { return PQsslInUse(connection_.get()) == 1; }

bool Session::is_local() const {
  const char* name = PQhost(connection_.get());
  const char* address = PQhostaddr(connection_.get());  // what the name leads to
  const std::string_view host = name ? name : "", ip = address ? address : "";
  const bool is_this = ip == "::1" || ip == "::" || ip == "0.0.0.0" || ip.starts_with("127.");
  return host.empty() || host.starts_with('/') || host == "localhost" || is_this;
}

void Session::on_notice(std::function<void(const std::string&)> tell) {
  tell_ = std::make_unique<std::function<void(const std::string&)>>(std::move(tell));
  PQsetNoticeProcessor(
      connection_.get(),
      [](void* told, const char* message) {
        (*static_cast<std::function<void(const std::string&)>*>(told))(trimmed(message));
      },
      tell_.get());
}

void Session::cancel() const noexcept {
  char ignored[1];
  PQcancel(cancel_.get(), ignored, sizeof ignored);
}

int Session::version() const { return PQserverVersion(connection_.get()) / 10000; }

bool Session::is_superuser() const {
  const char* value = PQparameterStatus(connection_.get(), "is_superuser");
  return value && std::string_view(value) == "on";
}

bool Session::has_utc() const {
  const char* value = PQparameterStatus(connection_.get(), "TimeZone");
  std::string_view zone = value ? value : "";
  constexpr std::string_view kArea = "Etc/";
  if (zone.starts_with(kArea)) zone.remove_prefix(kArea.size());
  return zone == "UTC" || zone == "GMT" || zone == "UCT" || zone == "Zulu" || zone == "Universal" ||
         zone == "Greenwich";
}

void Session::send(const std::string& statements) {
  if (PQsendQuery(connection_.get(), statements.c_str()) == 0) fail(nullptr, connection_.get());
}

Rows Session::next() {
  await_answer();
  PGresult* result = PQgetResult(connection_.get());
  if (!result) throw Error("could not read the catalog: the server sent no answer");
  ExecStatusType status = PQresultStatus(result);
  Rows rows(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(result, connection_.get());
  return rows;
}

void Session::finish() {
  await_answer();
  while (PGresult* result = PQgetResult(connection_.get())) {
    PQclear(result);
    await_answer();
  }
}

// The last result, as PQexec has it.
PGresult* Session::answer_to(const std::string& statements) {
  PGconn* connection = connection_.get();
  if (!deadline_) return PQexec(connection, statements.c_str());
  if (PQsendQuery(connection, statements.c_str()) == 0) return nullptr;
  PGresult* last = nullptr;
  while (true) {
    await_answer();
    PGresult* result = PQgetResult(connection);
    if (!result) return last;
    PQclear(last);
    last = result;
  }
}

Rows Session::execute(const std::string& statements) {
  PGresult* result = answer_to(statements);
  Rows rows(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY)
    refuse(result, connection_.get());
  return rows;
}

}  // namespace schemadiff::schema::introspection

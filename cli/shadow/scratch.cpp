#include "cli/shadow/scratch.h"

#include <random>

#include "cli/conninfo.h"
#include "schema/error.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using schema::quote_identifier;
using schema::quote_literal;
using schema::introspection::Rows;
using schema::introspection::Session;
using schema::introspection::StatementError;

constexpr const char* kPrefix = "schemadiff_shadow_";
constexpr const char* kComment = "a temporary database of schemadiff, which drops it after use";

// schemadiff_shadow_<the server's time in seconds>_<eight random hexadecimal digits>
std::string new_name(Session& server) {
  Rows rows = server.execute("SELECT extract(epoch FROM now())::bigint");
  rows.next();
  std::string name = kPrefix + rows.text() + "_";
  std::random_device random;
  for (int i = 0; i < 8; ++i) name += "0123456789abcdef"[random() % 16];
  return name;
}

void drop_left_over(Session& server) {
  Rows rows = server.execute(
      std::string("SELECT d.datname FROM pg_database d WHERE d.datname ~ '^") + kPrefix +
      "[0-9]{10}_[0-9a-f]{8}$' AND shobj_description(d.oid, 'pg_database') = " +
      quote_literal(kComment) +
      " AND pg_get_userbyid(d.datdba) = current_user"
      " AND split_part(d.datname, '_', 3)::bigint < extract(epoch FROM now()) - 60"
      " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)");
  while (rows.next()) {
    try {
      server.execute("DROP DATABASE IF EXISTS " + quote_identifier(rows.text()));
    } catch (const StatementError&) {  // somebody uses it now: it is not left over
    }
  }
}

std::string create_sql(Session& server, const std::string& name) {
  Rows rows = server.execute(
      "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
      " WHERE datname = current_database()");
  rows.next();
  std::string sql = "CREATE DATABASE " + quote_identifier(name) + " TEMPLATE template0";
  for (const char* option : {" ENCODING ", " LC_COLLATE ", " LC_CTYPE "})
    sql += option + quote_literal(rows.view());
  return sql;
}

// A template0 that somebody wrote into would be taken for what the files say.
void refuse_if_not_empty(Session& session) {
  Rows rows = session.execute(
      "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
      " UNION ALL SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
      " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' LIMIT 1");
  if (rows.next())
    throw Error("a new database of the shadow's server is not empty",
                "its template0 was changed; use another server");
}

}  // namespace

ScratchDatabase::ScratchDatabase(const std::string& conninfo) : server_(conninfo) {
  drop_left_over(server_);
  name_ = new_name(server_);
  conninfo_ = with_database(conninfo, name_);
  try {
    create();
  } catch (...) {
    drop();
    throw;
  }
}

ScratchDatabase::~ScratchDatabase() { drop(); }

void ScratchDatabase::create() {
  try {
    server_.execute(create_sql(server_, name_));
    server_.execute("COMMENT ON DATABASE " + quote_identifier(name_) + " IS " +
                    quote_literal(kComment));
  } catch (const StatementError& error) {
    throw Error("cannot create the shadow's temporary database: " + error.message,
                "ALTER ROLE … CREATEDB allows it; or name another server: --shadow postgresql://…, "
                "or let one be started: --shadow ephemeral");
  }
  session_.emplace(conninfo_);
  refuse_if_not_empty(*session_);
}

// What cannot be dropped now is left to the next run.
void ScratchDatabase::drop() noexcept {
  session_.reset();
  try {
    server_.execute("DROP DATABASE IF EXISTS " + quote_identifier(name_) + " WITH (FORCE)");
  } catch (const std::exception&) {
  }
}

}  // namespace schemadiff::cli

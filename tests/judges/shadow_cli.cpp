// The shadow from outside: what it decides, what it needs, and that it leaves nothing behind.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <thread>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

// Static analysis cannot tell what a bound of an expression is; the server evaluates it.
constexpr const char* kComputed =
    "CREATE TABLE p (d date NOT NULL) PARTITION BY RANGE (d);\n"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01'::date + 1) TO ('2024-02-01');\n";
constexpr const char* kWritten =
    "CREATE TABLE p (d date NOT NULL) PARTITION BY RANGE (d);\n"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-02') TO ('2024-02-01');\n";

// A database of the shared cluster, removed afterwards.
class Database {
 public:
  Database(std::string name, const std::string& sql) : name_(std::move(name)) {
    shared_cluster().create_database(name_);
    REQUIRE(psql(sql).status == 0);
  }
  ~Database() { shared_cluster().drop_database(name_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Result psql(const std::string& sql) const { return shared_cluster().psql(name_, sql); }
  std::string conninfo() const { return shared_cluster().conninfo(name_); }
  // As somebody who may do nothing in particular.
  std::string plain_conninfo() const {
    psql("CREATE ROLE plain_user LOGIN");  // unless it is there
    std::string text = conninfo();
    return text.replace(text.find("user=postgres"), 13, "user=plain_user");
  }

 private:
  std::string name_;
};

std::string scratch_databases() {
  const Result rows = shared_cluster().psql("postgres",
                                            "\\pset tuples_only on\nSELECT datname FROM "
                                            "pg_database WHERE datname LIKE 'schemadiff_shadow%'");
  return rows.out;
}

// The temporary directory of a run is under the scratch directory by way of TMPDIR, so that what it
// leaves there is its own.
struct Ephemeral {
  const Scratch& scratch;
  Ephemeral(const Scratch& s) : scratch(s) {
    // the server's user has to get there
    fs::create_directories(tmp());
    fs::permissions(scratch.path(), fs::perms::all);
    fs::permissions(tmp(), fs::perms::all);
  }
  fs::path tmp() const { return scratch.path() / "tmp"; }
  std::map<std::string, std::string> environment() const {
    return {
        {"TMPDIR", tmp().string()},
        {"XDG_CACHE_HOME", (scratch.path() / "cache").string()},
        {"PATH", fs::path(pg_program("postgres")).parent_path().string() + ":" + getenv("PATH")}};
  }
  Result tool(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), tool_program());
    return run(
        {.argv = std::move(arguments), .directory = scratch.path(), .environment = environment()});
  }
};

bool becomes_true(const std::function<bool()>& condition, int seconds) {
  for (int i = 0; i < seconds * 50; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

// Processes whose command line names the directory.
int processes_of(const fs::path& directory) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    if (entry.path().filename().string().find_first_not_of("0123456789") != std::string::npos)
      continue;
    std::error_code gone;
    if (!fs::exists(entry.path() / "cmdline", gone)) continue;
    try {
      if (read_file(entry.path() / "cmdline").find(directory.string()) != std::string::npos)
        ++count;
    } catch (const std::exception&) {  // it has ended meanwhile
    }
  }
  return count;
}

// Whether a server listens in a directory below this one.
bool has_server(const fs::path& directory) {
  for (const auto& entry : fs::directory_iterator(directory))
    if (fs::exists(entry.path() / ".s.PGSQL.5432")) return true;
  return false;
}

}  // namespace

TEST_CASE("a private server tells what analysis cannot", "[cli]") {
  const Scratch scratch;
  const Ephemeral ephemeral(scratch);
  scratch.write("computed.sql", kComputed);
  scratch.write("written.sql", kWritten);
  const std::vector<std::string> check{"check", "--from", "written.sql", "--to", "computed.sql"};
  const Result analysed = ephemeral.tool(check);
  CHECK(analysed.status == kPending);
  CHECK_THAT(analysed.out, Contains("could not be analysed"));
  std::vector<std::string> with_shadow = check;
  with_shadow.insert(with_shadow.end(), {"--shadow", "ephemeral"});
  for (const char* run : {"with a fresh initdb", "with the one that was kept"}) {
    INFO(run);
    const Result proven = ephemeral.tool(with_shadow);
    INFO(proven.err);
    CHECK(proven.status == kNothingToDo);
    CHECK_THAT(proven.out, Contains("Proven by a shadow: PostgreSQL"));
    CHECK(fs::is_empty(ephemeral.tmp()));
  }
  CHECK(std::distance(fs::directory_iterator(scratch.path() / "cache" / "schemadiff"), {}) == 1);
}

TEST_CASE("a kept initdb that is broken is made anew", "[cli]") {
  const Scratch scratch;
  const Ephemeral ephemeral(scratch);
  scratch.write("one.sql", "CREATE TABLE a (id bigint);\n");
  const std::vector<std::string> dump{"dump", "one.sql", "--shadow", "ephemeral"};
  REQUIRE(ephemeral.tool(dump).status == kNothingToDo);
  const fs::path kept = *fs::directory_iterator(scratch.path() / "cache" / "schemadiff");
  fs::remove_all(kept / "base");
  const Result again = ephemeral.tool(dump);
  INFO(again.err);
  CHECK(again.status == kNothingToDo);
  CHECK(fs::exists(kept / "base"));
}

TEST_CASE("a private server makes the roles and tablespaces that the schema names", "[cli]") {
  const Scratch scratch;
  const Ephemeral ephemeral(scratch);
  const std::string one =
      "CREATE TABLE a (id bigint) TABLESPACE fast;\nALTER TABLE a OWNER TO nobody_here;\n"
      "GRANT SELECT ON a TO reader_of_a;\n";
  scratch.write("one.sql", one);
  scratch.write("two.sql", one + "CREATE TABLE b (id bigint) TABLESPACE slow;\n");
  const Result result =
      ephemeral.tool({"check", "--from", "one.sql", "--to", "two.sql", "--shadow", "ephemeral"});
  INFO(result.err);
  CHECK(result.status == kPending);
  CHECK_THAT(result.out, Contains("1 difference"));
  CHECK_THAT(result.out, Contains("table public.b"));
  CHECK_THAT(result.out, Contains("roles nobody_here, reader_of_a"));
  CHECK_THAT(result.out, Contains("tablespace fast"));
  CHECK_THAT(result.out, Contains("tablespace slow"));
}

TEST_CASE("what the server refuses is shown at its place in the file", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", "CREATE TABLE a (id bigint);\n");
  scratch.write(
      "bad.sql",
      "CREATE TABLE a (id bigint);\n\nCREATE VIEW v AS SELECT id / 0 + length(id) FROM a;\n");
  const Database database("shadow_refusal", "CREATE TABLE a (id bigint);");
  const Result result = scratch.tool(
      {"plan", "--from", database.conninfo(), "--to", "bad.sql", "--shadow", "same-server"});
  CHECK(result.status == kFailed);
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Contains("refuses view public.v"));
  CHECK_THAT(result.err, Contains("bad.sql:3:1"));
  CHECK_THAT(result.err, Contains("3 | CREATE VIEW v"));
  CHECK(scratch_databases().find("schemadiff_shadow") == std::string::npos);
}

TEST_CASE("a temporary database of the same server proves too", "[cli]") {
  const Scratch scratch;
  scratch.write("computed.sql", kComputed);
  const Database database("shadow_same", kWritten);
  const Result analysed =
      scratch.tool({"check", "--from", database.conninfo(), "--to", "computed.sql"});
  CHECK(analysed.status == kPending);
  const Result proven = scratch.tool(
      {"check", "--from", database.conninfo(), "--to", "computed.sql", "--shadow", "same-server"});
  INFO(proven.err);
  CHECK(proven.status == kNothingToDo);
  CHECK(scratch_databases().find("schemadiff_shadow") == std::string::npos);
}

TEST_CASE("a shadow that may not be made says what else can be done", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", "CREATE TABLE a (id bigint);\n");
  scratch.write("role.sql", "CREATE TABLE a (id bigint);\nALTER TABLE a OWNER TO nobody_here;\n");
  const Database database("shadow_denied", "CREATE TABLE a (id bigint);");
  const auto check = [&](const std::string& from, const std::string& to, const std::string& where) {
    Result result = scratch.tool({"check", "--from", from, "--to", to, "--shadow", where});
    CHECK(result.status == kFailed);
    CHECK(result.out.empty());
    return result.err;
  };
  const std::string denied = check(database.plain_conninfo(), "one.sql", "same-server");
  CHECK_THAT(denied, Contains("permission denied to create database"));
  CHECK_THAT(denied, Contains("--shadow ephemeral"));
  CHECK_THAT(check(database.conninfo(), "role.sql", "same-server"), Contains("role nobody_here"));
  CHECK_THAT(check("one.sql", "one.sql", "same-server"),
             Contains("needs a side that is a database"));
  CHECK_THAT(check("one.sql", "one.sql", "one.sql"), Contains("does not name a database"));
  const std::string dead = check("one.sql", "one.sql", "postgres://me:s3cr3t@127.0.0.1:1/shop");
  CHECK_THAT(dead, !Contains("s3cr3t"));
}

TEST_CASE("an extension that is not there leaves the rest proven", "[cli]") {
  const Scratch scratch;
  const Database database("shadow_extension", kWritten);
  scratch.write("computed.sql", std::string("CREATE EXTENSION no_such_extension;\n") + kComputed +
                                    "CREATE TABLE uses (x public.no_such_type);\n");
  scratch.write("written.sql", std::string("CREATE EXTENSION no_such_extension;\n") + kWritten +
                                   "CREATE TABLE uses (x public.no_such_type);\n");
  const Result result = scratch.tool(
      {"check", "--from", "written.sql", "--to", "computed.sql", "--shadow", database.conninfo()});
  INFO(result.err);
  CHECK(result.status == kNothingToDo);
  CHECK_THAT(result.out, Contains("does not have extension no_such_extension"));
  CHECK_THAT(result.out, Contains("public.uses"));
}

TEST_CASE("what a killed run left on a server is removed by the next, and nothing else", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", "CREATE TABLE a (id bigint);\n");
  const Database database("shadow_left_over", "CREATE TABLE a (id bigint);");
  const std::string comment = " IS 'a temporary database of schemadiff, which drops it after use'";
  // ours; without our comment; too young to be sure
  const std::string ours = "schemadiff_shadow_1600000000_0123abcd",
                    other = "schemadiff_shadow_1600000000_fedcba98",
                    young = "schemadiff_shadow_9999999999_0123abcd";
  for (const std::string& name : {ours, other, young}) shared_cluster().create_database(name);
  for (const std::string& name : {ours, young})
    REQUIRE(database.psql("COMMENT ON DATABASE " + name + comment).status == 0);
  CHECK(scratch
            .tool({"check", "--from", database.conninfo(), "--to", "one.sql", "--shadow",
                   "same-server"})
            .status == kNothingToDo);
  const std::string left = scratch_databases();
  CHECK_THAT(left, !Contains(ours));
  CHECK_THAT(left, Contains(other));
  CHECK_THAT(left, Contains(young));
  for (const std::string& name : {other, young}) shared_cluster().drop_database(name);
}

// A schema that takes long enough to load for being stopped in the midst.
std::string long_schema() {
  std::string sql;
  for (int i = 0; i < 4000; ++i)
    sql += "CREATE TABLE t" + std::to_string(i) + " (id bigint PRIMARY KEY, note text UNIQUE);\n";
  return sql;
}

// The tool, not waited for.
pid_t start(const std::vector<std::string>& arguments, const fs::path& directory,
            const std::map<std::string, std::string>& environment) {
  const pid_t child = fork();
  if (child != 0) return child;
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  if (chdir(directory.c_str()) != 0) _exit(126);
  std::vector<char*> pointers;
  for (const std::string& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  execv(pointers[0], pointers.data());
  _exit(127);
}

TEST_CASE("a run that is killed leaves neither server nor directory behind", "[cli]") {
  const Scratch scratch;
  const Ephemeral ephemeral(scratch);
  scratch.write("long.sql", long_schema());
  const std::vector<std::string> dump{tool_program(), "dump",     "long.sql", "-o",
                                      "dump.sql",     "--shadow", "ephemeral"};
  for (const int signal : {SIGKILL, SIGINT}) {
    INFO("signal " << signal);
    const pid_t tool = start(dump, scratch.path(), ephemeral.environment());
    CHECK(becomes_true([&] { return has_server(ephemeral.tmp()); }, 60));
    CHECK(processes_of(ephemeral.tmp()) > 1);  // the keeper and the server
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    kill(tool, signal);
    int status = 0;
    waitpid(tool, &status, 0);
    CHECK(WIFSIGNALED(status));
    CHECK(becomes_true([&] { return fs::is_empty(ephemeral.tmp()); }, 60));
    CHECK(becomes_true([&] { return processes_of(ephemeral.tmp()) == 0; }, 60));
  }
}

TEST_CASE("Ctrl-C takes the temporary database away first", "[cli]") {
  const Scratch scratch;
  scratch.write("long.sql", long_schema());
  const pid_t tool =
      start({tool_program(), "dump", "long.sql", "--shadow", shared_cluster().conninfo("postgres")},
            scratch.path(), {});
  CHECK(becomes_true(
      [&] { return scratch_databases().find("schemadiff_shadow") != std::string::npos; }, 60));
  kill(tool, SIGINT);
  int status = 0;
  waitpid(tool, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(scratch_databases().find("schemadiff_shadow") == std::string::npos);
}

TEST_CASE("a baseline makes known what analysis cannot tell, until something changes", "[cli]") {
  const Scratch scratch;
  scratch.write("schema.sql", kComputed);
  const Database database("baseline", kWritten);
  const std::string live = database.conninfo();
  const auto status = [&](const std::string& to) {
    return scratch.tool({"plan", "--from", live, "--to", to}).status;
  };
  CHECK(status("schema.sql") == kPending);
  const Result recorded = scratch.tool({"baseline", "--from", live, "--to", "schema.sql"});
  INFO(recorded.err);
  CHECK(recorded.status == kNothingToDo);
  CHECK_THAT(recorded.out, Contains("table public.p1"));
  CHECK(status("schema.sql") == kNothingToDo);
  SECTION("a second time says nothing new") {
    const Result again = scratch.tool({"baseline", "--from", live, "--to", "schema.sql"});
    CHECK(again.status == kNothingToDo);
    CHECK_THAT(again.out, !Contains("table public.p1"));
  }
  SECTION("the record is no part of the schema, in a dump of the database neither") {
    scratch.write("dump.sql", shared_cluster().dump("baseline"));
    CHECK(status("dump.sql") == kNothingToDo);
  }
  SECTION("the file is edited") {
    std::string edited = kComputed;
    edited.replace(edited.find("+ 1"), 3, "+ 2");
    scratch.write("edited.sql", edited);
    CHECK(status("edited.sql") == kPending);
  }
  SECTION("the database is altered by hand") {
    REQUIRE(database
                .psql("DROP TABLE p1; CREATE TABLE p1 PARTITION OF p"
                      " FOR VALUES FROM ('2024-01-05') TO ('2024-02-01');")
                .status == 0);
    CHECK(status("schema.sql") == kPending);
  }
  SECTION("a role that may not read the memo is told so") {
    const Result result =
        scratch.tool({"check", "--from", database.plain_conninfo(), "--to", "schema.sql"});
    CHECK(result.status == kPending);
    CHECK_THAT(result.out, Contains("schemadiff.memo may not be read"));
  }
}

TEST_CASE("a baseline is refused where more than the spelling may differ", "[cli]") {
  const Scratch scratch;
  const Database database("baseline_refused",
                          std::string(kWritten) + "CREATE TABLE extra (id bigint);");
  const std::string live = database.conninfo();
  scratch.write("schema.sql", kComputed);
  const Result result = scratch.tool({"baseline", "--from", live, "--to", "schema.sql"});
  CHECK(result.status == kPending);
  CHECK_THAT(result.out, Contains("table public.extra"));
  CHECK_THAT(result.out, !Contains("public.p1"));
  CHECK_THAT(result.err, Contains("nothing was recorded"));
  CHECK(database.psql("SELECT 1 FROM schemadiff.memo").status != 0);

  scratch.write("checked.sql", "CREATE TABLE c (n integer CHECK (n > 1));\n");
  const Database other("baseline_proven", "CREATE TABLE c (n integer CHECK (n > 2));");
  const Result proven =
      scratch.tool({"baseline", "--from", other.conninfo(), "--to", "checked.sql"});
  CHECK(proven.status == kPending);
  CHECK_THAT(proven.out, Contains("n > 2"));

  const Result files = scratch.tool({"baseline", "--from", "schema.sql", "--to", "schema.sql"});
  CHECK(files.status == kFailed);
  CHECK_THAT(files.err, Contains("is none"));
  REQUIRE(database.psql("DROP TABLE extra").status == 0);
  const Result denied =
      scratch.tool({"baseline", "--from", database.plain_conninfo(), "--to", "schema.sql"});
  CHECK(denied.status == kFailed);
  CHECK_THAT(denied.err, Contains("permission denied"));
  CHECK_THAT(denied.err, Contains("CREATE on the database"));
}

}  // namespace schemadiff::testing

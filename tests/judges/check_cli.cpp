// check seen from outside: which side has moved, fingerprints, many databases at once.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <nlohmann/json.hpp>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
using Json = nlohmann::json;

// Gone with the value.
class Database {
 public:
  Database(const std::string& name, const std::string& sql) : name_(name) {
    shared_cluster().create_database(name_);
    psql(sql);
  }
  ~Database() { shared_cluster().drop_database(name_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void psql(const std::string& sql) const {
    const Result result = shared_cluster().psql(name_, sql);
    INFO(result.err);
    REQUIRE(result.status == 0);
  }
  std::string conninfo() const { return shared_cluster().conninfo(name_); }

 private:
  std::string name_;
};

// A server that takes connections and never answers.
class SilentServer {
 public:
  explicit SilentServer(const std::filesystem::path& directory) : directory_(directory) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = (directory / ".s.PGSQL.5432").string();
    REQUIRE(path.size() < sizeof address.sun_path);
    std::strcpy(address.sun_path, path.c_str());
    socket_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 10) == 0);
  }
  ~SilentServer() { ::close(socket_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  std::string conninfo() const { return "host=" + directory_.string() + " dbname=silent"; }

 private:
  std::filesystem::path directory_;
  int socket_ = -1;
};

constexpr const char* kOld = "CREATE TABLE a (id bigint PRIMARY KEY, old text);\n";
constexpr const char* kNew =
    "CREATE TABLE a (id bigint PRIMARY KEY, old text, note text, size int);\n"
    "CREATE TABLE b (id bigint);\nCREATE TABLE c (id bigint);\n";
constexpr const char* kNext =
    "CREATE TABLE a (id bigint PRIMARY KEY, old text, note text DEFAULT 'file', size bigint, more "
    "text);\n"
    "CREATE TABLE b (id bigint);\n";
constexpr const char* kByHand =
    "ALTER TABLE a ALTER old SET DEFAULT 'x'; ALTER TABLE a ALTER note SET DEFAULT 'hand';\n"
    "CREATE INDEX by_hand ON a (old); DROP TABLE b; COMMENT ON COLUMN a.size IS 'in bytes';\n";

std::map<std::string, Json> by_object(const std::string& check) {
  std::map<std::string, Json> result;
  const Json parsed = Json::parse(check);
  for (const Json& item : parsed.at("differences"))
    result[item.at("object").at("description")] = item;
  return result;
}

}  // namespace

TEST_CASE("each difference says which side has moved since the last apply", "[cli]") {
  const Database database("cli_moved", kOld);
  const Scratch scratch;
  scratch.write("new.sql", kNew);
  scratch.write("next.sql", kNext);
  const auto tool = [&](const std::string& command, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {command, "--from", database.conninfo()});
    return scratch.tool(arguments);
  };
  CHECK_THAT(tool("check", {"--to", "new.sql"}).out, !Contains("since"));  // nothing is recorded
  CHECK(tool("apply", {"--to", "new.sql", "--yes", "--name", "notes"}).status == kNothingToDo);
  database.psql(kByHand);

  const Result text = tool("check", {"--to", "next.sql"});
  CHECK(text.status == kPending);
  INFO(text.out);
  for (const char* words :
       {"Changed by hand in the database since notes was applied on 20", "Made by hand",
        "Dropped by hand in the database", "The files are ahead: added there since notes",
        "The files are ahead: dropped there", "default was changed on both sides, and was none",
        "+ CREATE TABLE public.b (", "- CREATE INDEX by_hand ON public.a",
        "type was changed in the files; comment was changed"})
    CHECK_THAT(text.out, Contains(words));

  const auto found = by_object(tool("check", {"--to", "next.sql", "--format", "json"}).out);
  CHECK(found.at("column public.a.old").at("moved") == "database");
  CHECK(found.at("column public.a.old").at("attributes").at(0).at("last_state") == "");
  CHECK(found.at("column public.a.note").at("moved") == "both");
  CHECK(found.at("column public.a.more").at("moved") == "files");
  CHECK(found.at("column public.a.more").at("definition") == "more text");
  CHECK(found.at("table public.b").at("moved") == "database");
  CHECK(found.at("table public.c").at("moved") == "files");
  CHECK(found.at("index public.by_hand").at("moved") == "database");
  const Json size = found.at("column public.a.size").at("attributes");
  CHECK(size.at(0).at("moved") == "files");
  CHECK(size.at(0).at("last_state") == "integer");
  CHECK(size.at(1).at("moved") == "database");
  for (const char* format : {"markdown", "html", "sarif", "junit", "github"})
    CHECK_THAT(tool("check", {"--to", "next.sql", "--format", format}).out,
               Contains("Dropped by hand in the database since notes was applied"));

  // What is different already when a run ends nobody has moved since.
  CHECK(tool("rollback", {"--yes", "--force"}).status == kFailed);  // table b is not there
  CHECK_THAT(tool("check", {"--to", "next.sql"}).out + tool("check", {"--to", "next.sql"}).err,
             Contains("notes has not come to an end"));
}

TEST_CASE("a role that may not record what it leaves is told so, and has applied all the same",
          "[cli]") {
  const Database database("cli_unrecorded", kOld);
  const Scratch scratch;
  scratch.write("new.sql", kNew);
  // As an older journal could be: without the table, in a schema of somebody else's.
  database.psql(
      "CREATE SCHEMA schemadiff; CREATE ROLE cli_deployer LOGIN; GRANT ALL ON SCHEMA public TO "
      "cli_deployer; GRANT USAGE ON SCHEMA schemadiff TO cli_deployer; ALTER TABLE a OWNER TO "
      "cli_deployer");
  const std::string as_deployer = database.conninfo() + " user=cli_deployer";
  const Result baseline =
      scratch.tool({"baseline", "--from", as_deployer, "--to", "new.sql", "--no-owner"});
  CHECK(baseline.status == kPending);  // it is not what new.sql says
  const auto apply = [&] {
    return scratch.tool({"apply", "--from", as_deployer, "--to", "new.sql", "--yes"});
  };
  CHECK(apply().status == kFailed);  // there is no journal, and none can be made
  CHECK(scratch.tool({"apply", "--from", database.conninfo(), "--to", "new.sql", "--yes"}).status ==
        kNothingToDo);
  database.psql(
      "DROP TABLE schemadiff.state; GRANT ALL ON ALL TABLES IN SCHEMA schemadiff TO cli_deployer;"
      "ALTER TABLE b OWNER TO cli_deployer; ALTER TABLE c OWNER TO cli_deployer");
  scratch.write("new.sql", std::string(kNew) + "CREATE TABLE d (id bigint);\n");
  const Result applied = apply();
  INFO(applied.err);
  CHECK(applied.status == kNothingToDo);
  CHECK_THAT(applied.err, Contains("which side moves from here on will not be known"));
  CHECK(scratch.tool({"check", "--from", as_deployer, "--to", "new.sql"}).status == kNothingToDo);
  database.psql("DROP OWNED BY cli_deployer; DROP ROLE cli_deployer");
}

TEST_CASE("a quick check is content with fingerprints where nothing has changed", "[cli]") {
  const Database database("cli_quick", kOld);
  const Scratch scratch;
  scratch.write("schema.sql", kOld);
  const auto check = [&](std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(),
                     {"check", "--from", database.conninfo(), "--to", "schema.sql", "--quick"});
    return scratch.tool(arguments);
  };
  const Result unknown = check();
  CHECK(unknown.status == kNothingToDo);
  CHECK_THAT(unknown.err, Contains("Everything was compared: apply, at its end, and baseline"));
  CHECK(scratch.tool({"baseline", "--from", database.conninfo(), "--to", "schema.sql"}).status ==
        kNothingToDo);
  const auto is_quick = [&](const Result& result) {
    INFO(result.out << result.err);
    CHECK(result.status == kNothingToDo);
    CHECK_THAT(result.out, Contains("are those of when the baseline was recorded on 20"));
    CHECK(result.err.empty());
  };
  is_quick(check());
  database.psql("INSERT INTO a VALUES (1, 'x'); VACUUM ANALYZE a");
  is_quick(check());
  scratch.write("schema.sql", std::string("-- said again\n") + kOld);
  CHECK_THAT(check().err, Contains("the files have changed since the baseline"));
  scratch.write("schema.sql", kOld);
  is_quick(check());
  CHECK_THAT(check({"--format", "json"}).out, Contains("\"findings\": []"));
  CHECK_THAT(check({"--exclude", "other"}).err, Contains("other patterns"));
  // Each of these is a row of another catalog.
  for (const char* change :
       {"CREATE INDEX by_hand ON a (old)", "COMMENT ON COLUMN a.old IS 'x'",
        "ALTER TABLE a ALTER old SET DEFAULT 'x'", "ALTER TABLE a ADD CHECK (id > 0)",
        "CREATE SEQUENCE s", "ALTER SEQUENCE s OWNED BY a.id", "ALTER SEQUENCE s INCREMENT 2",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql RETURN 2",
        "CREATE TYPE e AS ENUM ('a')", "ALTER TYPE e ADD VALUE 'b'",
        "CREATE VIEW v AS SELECT id FROM a", "CREATE POLICY p ON a",
        "CREATE STATISTICS t ON id, old FROM a", "ALTER TABLE a SET (fillfactor = 50)",
        "ALTER TABLE a SET (toast.autovacuum_enabled = off)",
        "ALTER TABLE a ALTER old SET STATISTICS 7",
        "ALTER TABLE a ALTER old SET COMPRESSION pglz"}) {
    INFO(change);
    CHECK(scratch.tool({"dump", database.conninfo(), "-o", "schema.sql"}).status == 0);
    CHECK(scratch.tool({"baseline", "--from", database.conninfo(), "--to", "schema.sql"}).status ==
          kNothingToDo);
    is_quick(check());
    database.psql(change);
    const Result moved = check();
    CHECK(moved.status == kPending);
    CHECK_THAT(moved.err, Contains("the database has changed since the baseline was recorded"));
    CHECK_THAT(moved.out, Contains("by hand in the database since the baseline"));
  }
}

TEST_CASE("many databases are checked at once, and a dead one stops none", "[cli]") {
  const Database one("cli_one", kOld),
      two("cli_two", std::string(kOld) + "CREATE TABLE x (i int);"),
      three("cli_three", std::string(kOld) + "CREATE TABLE x (i int);");
  const Scratch scratch;
  const SilentServer silent(scratch.path());
  scratch.write("schema.sql", kOld);
  scratch.write("targets.txt", "# all of them\n" + one.conninfo() + "\n\n  " + two.conninfo() +
                                   "\n" + silent.conninfo() + "\n" + three.conninfo() +
                                   "\nenv:NOT_SET_HERE\n");
  const auto check = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"check", "--to", "schema.sql", "--timeout", "1.5"});
    return scratch.tool(arguments);
  };
  const Result text = check({"--targets", "targets.txt", "--jobs", "2"});
  CHECK(text.status == kFailed);
  INFO(text.out << text.err);
  CHECK_THAT(text.out,
             Contains("5 targets held against schema.sql: 1 is the same, 2 differ, 2 could "
                      "not be checked."));
  CHECK_THAT(text.out, Contains("the server did not answer in time"));
  CHECK_THAT(text.out, Contains("NOT_SET_HERE is not set"));
  CHECK_THAT(text.out, Contains("differs  database cli_two on /") && Contains("1 difference\n"));
  CHECK_THAT(text.out, Contains("\n2 targets: "));  // the same difference is told once
  const std::string extra = "extra    table public.x";
  CHECK(text.out.find(extra) == text.out.rfind(extra));
  const Json json =
      Json::parse(check({"--targets", "targets.txt", "--format", "json"}).out).at("targets");
  CHECK(json.at(1).at("state") == "differs");
  CHECK(json.at(1).at("check").at("differences").size() == 1);
  CHECK(json.at(2).at("state") == "failed");
  for (const char* format : {"markdown", "html", "sarif", "junit", "github"})
    scratch.write(std::string("many.") + format,
                  check({"--targets", "targets.txt", "--format", format}).out);
  const Result checked =
      run({{"python3", (source_directory() / "tests/judges/validate_reports.py").string(),
            scratch.path().string()}});
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);

  scratch.write("schemadiff.toml",
                "[targets]\none = \"" + one.conninfo() + "\"\ntwo = \"" + two.conninfo() + "\"\n");
  const Result all = check({"--all"});
  CHECK(all.status == kPending);
  CHECK_THAT(all.out, Contains("same     one") && Contains("differs  two"));
  scratch.write("targets.txt", "host=h password=s3cr3t\n");
  const Result secret = check({"--targets", "targets.txt"});
  CHECK(secret.status == kFailed);
  CHECK_THAT(secret.err, Contains("targets.txt:1") && !Contains("s3cr3t"));
  CHECK_THAT(check({"--all", "--from", "one"}).err, Contains("--from names one database"));
}

}  // namespace schemadiff::testing

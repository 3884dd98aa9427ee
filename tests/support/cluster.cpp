// A throwaway PostgreSQL cluster: initdb, and a keeper process that ends and removes it with us.
#include "tests/support/cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

// PostgreSQL refuses to run as root; Debian's package brings this user along.
constexpr const char* kServerUser = "postgres";

std::filesystem::path make_directory() {
  std::string name = (std::filesystem::temp_directory_path() / "schemadiff-pg-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  if (geteuid() == 0) {
    const passwd* user = getpwnam(kServerUser);
    if (user == nullptr || chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("running as root needs a user named postgres for the server");
    }
  }
  return name;
}

[[noreturn]] void exec_server(const std::string& program, const std::string& directory,
                              const std::string& module, bool replicated) {
  if (geteuid() == 0) {
    const passwd* user = getpwnam(kServerUser);
    if (user == nullptr || setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0) {
      _exit(126);
    }
  }
  const std::string log = directory + "/server.log";
  const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(fd, STDOUT_FILENO);
  dup2(fd, STDERR_FILENO);
  std::vector<std::string> argv{program, "-D", directory + "/data", "-k", directory};
  for (const char* setting :
       {"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
        "autovacuum=off", "jit=off", "max_locks_per_transaction=512", "shared_buffers=128MB",
        "max_wal_size=4GB", replicated ? "wal_level=replica" : "wal_level=minimal",
        replicated ? "max_wal_senders=4" : "max_wal_senders=0"}) {
    argv.insert(argv.end(), {"-c", setting});
  }
  argv.insert(argv.end(), {"-c", "shared_preload_libraries=" + module});
  std::vector<char*> pointers;
  for (std::string& argument : argv) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(pointers[0], pointers.data());
  _exit(127);
}

// Starts the server as its own child, waits for the end of the lifeline, ends the server, cleans
// up.
[[noreturn]] void keep(int lifeline, const std::string& program, const std::string& directory,
                       const std::string& module, bool replicated) {
  setsid();
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_IGN);
  const pid_t server = fork();
  if (server == 0) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_DFL);
    close(lifeline);
    exec_server(program, directory, module, replicated);
  }
  const int null = open("/dev/null", O_RDWR);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, fd);
  char byte = 0;
  while (read(lifeline, &byte, 1) > 0) {
  }
  kill(server, SIGQUIT);
  waitpid(server, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(directory, ignored);
  _exit(0);
}

void check(const Result& result, const std::string& what) {
  if (result.status != 0) throw std::runtime_error(what + ": " + result.err);
}

}  // namespace

Cluster::Cluster(const std::filesystem::path& programs, const std::filesystem::path& module)
    : directory_(make_directory()) {
  initialise(programs, nullptr);
  start(programs, {module, false});
}

Cluster::Cluster(Replicated role) : directory_(make_directory()) {
  const std::filesystem::path programs =
      std::filesystem::path(pg_program("postgres")).parent_path();
  initialise(programs, role.primary);
  start(programs, {{}, true});
}

void Cluster::initialise(const std::filesystem::path& programs, const Cluster* primary) const {
  std::vector<std::string> argv{programs / "initdb",
                                "-D",
                                directory_ / "data",
                                "-U",
                                "postgres",
                                "-A",
                                "trust",
                                "-E",
                                "UTF8",
                                "--no-locale",
                                "--no-sync"};
  if (primary)
    argv = {programs / "pg_basebackup",
            "-D",
            directory_ / "data",
            "-R",
            "--no-sync",
            "-c",
            "fast",
            "-d",
            primary->conninfo("postgres")};
  check(run({.argv = argv, .directory = directory_, .user = kServerUser}), argv.front());
}

void Cluster::start(const std::filesystem::path& programs, const Settings& settings) {
  std::filesystem::path preloaded;
  if (!settings.module.empty()) {  // where the server's user may read it
    preloaded = directory_ / settings.module.filename();
    std::filesystem::copy_file(settings.module, preloaded);
  }
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  keeper_ = fork();
  if (keeper_ < 0) throw std::runtime_error("fork failed");
  if (keeper_ == 0) {
    close(ends[1]);
    keep(ends[0], programs / "postgres", directory_.string(), preloaded.string(),
         settings.replicated);
  }
  close(ends[0]);
  lifeline_ = ends[1];
  Result answer;
  for (int attempt = 0; attempt < 600; ++attempt) {
    answer = psql("postgres", "SELECT 1");
    if (answer.status == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  stop();
  throw std::runtime_error("the test server did not start: " + answer.err);
}

Cluster::~Cluster() { stop(); }

void Cluster::stop() {
  close(lifeline_);
  waitpid(keeper_, nullptr, 0);
}

std::string Cluster::conninfo(const std::string& database) const {
  return "host=" + directory_.string() + " user=postgres dbname=" + database;
}

void Cluster::create_database(const std::string& name, const std::string& from_template) const {
  drop_database(name);
  check(psql("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE \"" + from_template + "\""),
        "CREATE DATABASE");
  if (from_template != "template0") copy_subscriptions(from_template, name);
}

// They belong to the cluster: a template has none to give, only the comments on them.
void Cluster::copy_subscriptions(const std::string& from, const std::string& to) const {
  const auto oid_of = [](const std::string& database) {
    return "(SELECT oid FROM pg_database WHERE datname = '" + database + "')";
  };
  const std::string sql =
      "SET allow_system_table_mods = on;\n"
      "CREATE TEMPORARY TABLE copied AS SELECT *, oid AS old FROM pg_subscription WHERE subdbid "
      "= " +
      oid_of(from) +
      ";\n"
      "UPDATE copied SET subdbid = " +
      oid_of(to) +
      ", oid = pg_nextoid('pg_subscription', 'oid', 'pg_subscription_oid_index');\n"
      "UPDATE pg_description SET objoid = copied.oid FROM copied\n"
      "WHERE classoid = 'pg_subscription'::regclass AND objoid = copied.old;\n"
      "ALTER TABLE copied DROP COLUMN old;\n"
      "INSERT INTO pg_subscription SELECT * FROM copied";
  check(psql(to, sql), "the subscriptions of " + from);
}

void Cluster::drop_database(const std::string& name) const {
  check(psql("postgres",
             "SET allow_system_table_mods = on;\n"
             "DELETE FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database "
             "WHERE datname = '" +
                 name +
                 "');\n"
                 "DROP DATABASE IF EXISTS \"" +
                 name + "\" WITH (FORCE)"),
        "DROP DATABASE");
}

namespace {

// Roles are the cluster's: two workers that load schemas may both find one missing and make it.
Result run_again_if_role_was_made(const Command& command) {
  Result result = run(command);
  if (result.err.find("pg_authid_rolname_index") != std::string::npos) result = run(command);
  return result;
}

Command psql_command(const std::string& conninfo, const std::string& file) {
  return {
      .argv = {pg_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-f", file},
      .environment = {{"PGOPTIONS", "-c client_min_messages=warning"},
                      {"PGCLIENTENCODING", "UTF8"}}};
}

}  // namespace

Result Cluster::psql(const std::string& database, const std::string& sql) const {
  Command command = psql_command(conninfo(database), "-");
  command.input = sql;
  return run_again_if_role_was_made(command);
}

Result Cluster::psql_file(const std::string& database, const std::filesystem::path& file) const {
  return run_again_if_role_was_made(psql_command(conninfo(database), file.string()));
}

std::string Cluster::dump(const std::string& database) const {
  Result result = run({.argv = {pg_program("pg_dump"), "--schema-only", "-d", conninfo(database)}});
  check(result, "pg_dump");
  return std::move(result.out);
}

void create_roles(const Cluster& cluster) {
  check(cluster.psql_file("postgres", fixtures_directory() / "roles.sql"), "fixtures/roles.sql");
}

const Cluster& shared_cluster() {
  struct WithRoles : Cluster {
    WithRoles()
        : Cluster(std::filesystem::path(pg_program("postgres")).parent_path(),
                  SCHEMADIFF_LABEL_PROVIDER) {
      create_roles(*this);
    }
  };
  static const WithRoles cluster;
  return cluster;
}

}  // namespace schemadiff::testing

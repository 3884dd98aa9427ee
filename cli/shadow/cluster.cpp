// Starts and ends the keeper (keeper.sh), and keeps what initdb made for the next time.
#include "cli/shadow/cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "cli/conninfo.h"
#include "schema/error.h"
#include "schema/introspect/session.h"
#include "shadow/keeper.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;
using Ends = std::array<int, 2>;

constexpr std::size_t kLongestSocketDirectory = 90;  // sockaddr_un has room for about 107 bytes
constexpr auto kPatience = std::chrono::seconds(60);

// Null when we are not root, and the server runs as ourselves.
const passwd* server_user() {
  if (geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"})
    if (const passwd* user = getpwnam(name)) return user;
  throw Error("a PostgreSQL server does not run as root, and there is no user postgres or nobody",
              "run as another user, or name a scratch server: --shadow postgresql://…");
}

void give_to_server(const fs::path& path) {
  const passwd* user = server_user();
  if (user && lchown(path.c_str(), user->pw_uid, user->pw_gid) != 0)
    throw Error("cannot give " + path.string() + " to " + user->pw_name + ": " +
                std::strerror(errno));
}

fs::path temporary_directory() {
  std::error_code ignored;
  fs::path directory = fs::temp_directory_path(ignored);
  return directory.empty() || directory.string().size() > kLongestSocketDirectory - 30
             ? fs::path("/tmp")
             : directory;
}

// Where what initdb makes is kept; empty when there is no home to keep it in.
fs::path cache_directory() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/') return fs::path(cache) / "schemadiff";
  const char* home = std::getenv("HOME");
  return home && *home == '/' ? fs::path(home) / ".cache" / "schemadiff" : fs::path();
}

// Two servers of one version may have been built differently, so their place counts too.
fs::path template_path(const ServerPrograms& programs) {
  const fs::path cache = cache_directory();
  if (cache.empty()) return {};
  std::string place = programs.directory.string();
  std::replace(place.begin(), place.end(), '/', '_');
  return cache / ("initdb-" + programs.version + place);
}

// Copies of runs that were killed while they made one.
void remove_half_made(const fs::path& kept) {
  std::error_code ignored;
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& entry : fs::directory_iterator(kept.parent_path(), ignored))
    if (entry.path().extension() == ".making" && entry.last_write_time(ignored) < yesterday)
      fs::remove_all(entry.path(), ignored);
}

// Made beside and renamed: others see all of it or nothing. Of two that make it at once the first
// wins. It saves time only, so that it does not matter when it fails.
void keep_template(const fs::path& data, const fs::path& kept) {
  if (kept.empty()) return;
  std::error_code failed;
  const fs::path beside = kept.string() + "." + std::to_string(getpid()) + ".making";
  fs::create_directories(kept.parent_path(), failed);
  remove_half_made(kept);
  if (!failed) fs::copy(data, beside, fs::copy_options::recursive, failed);
  if (!failed) fs::rename(beside, kept, failed);
  if (failed) fs::remove_all(beside, failed);
}

bool copy_template(const fs::path& kept, const fs::path& data) {
  std::error_code failed;
  if (kept.empty() || !fs::exists(kept / "PG_VERSION", failed)) return false;
  fs::copy(kept, data, fs::copy_options::recursive, failed);
  if (failed) return false;
  give_to_server(data);
  for (const auto& entry : fs::recursive_directory_iterator(data)) give_to_server(entry.path());
  return true;
}

// Between fork and exec only what may be called there: other threads may hold any lock.
[[noreturn]] void become_keeper(const passwd* user, const Ends& commands, const Ends& answers,
                                char* const* arguments) {
  setsid();  // the terminal's Ctrl-C is for us, not for it
  const int null = open("/dev/null", O_WRONLY);
  dup2(commands[0], STDIN_FILENO);
  dup2(answers[1], STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  const bool dropped = !user || (setgroups(0, nullptr) == 0 && setgid(user->pw_gid) == 0 &&
                                 setuid(user->pw_uid) == 0);
  if (dropped) execv(arguments[0], arguments);
  _exit(127);
}

int start_keeper(const Ends& commands, const Ends& answers, const fs::path& programs) {
  const passwd* user = server_user();
  std::array<std::string, 6> words{"/bin/sh",
                                   "-c",
                                   std::string(keeper_script),
                                   "schemadiff-shadow",
                                   programs.string(),
                                   temporary_directory().string()};
  std::array<char*, 7> arguments{};
  std::transform(words.begin(), words.end(), arguments.begin(),
                 [](std::string& word) { return word.data(); });
  const pid_t keeper = fork();
  if (keeper == 0) become_keeper(user, commands, answers, arguments.data());
  if (keeper < 0) throw Error(std::string("cannot start a process: ") + std::strerror(errno));
  return keeper;
}

// Up to the end of the line; empty when the other end is closed.
std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (true) {
    const ssize_t n = ::read(descriptor, &c, 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0 || c == '\n') return n <= 0 ? std::string() : line;
    line += c;
  }
}

std::string last_line(const fs::path& log) {
  std::ifstream stream(log);
  std::string last;
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) last = line;
  return last;
}

}  // namespace

Cluster::Cluster(const ServerPrograms& programs) {
  Ends commands{}, answers{};
  if (pipe2(commands.data(), O_CLOEXEC) != 0 || pipe2(answers.data(), O_CLOEXEC) != 0)
    throw Error(std::string("cannot open a pipe: ") + std::strerror(errno));
  keeper_ = start_keeper(commands, answers, programs.directory);
  close(commands[0]);
  close(answers[1]);
  commands_ = commands[1];
  answers_ = answers[0];
  try {
    directory_ = read_line(answers_);
    if (directory_.empty())
      throw Error("cannot make a temporary directory in " + temporary_directory().string());
    const fs::path kept = template_path(programs);
    if (start_with_template(kept)) return;
    initialise(kept);
    if (!start())
      throw Error("the shadow's server did not start: " + last_line(directory_ / "log"));
  } catch (...) {
    stop();
    throw;
  }
}

Cluster::~Cluster() { stop(); }

void Cluster::stop() {
  close(commands_);
  close(answers_);
  while (waitpid(keeper_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool Cluster::start_with_template(const fs::path& kept) const {
  if (copy_template(kept, data()) && start()) return true;
  std::error_code ignored;
  fs::remove_all(data(), ignored);
  fs::remove_all(kept, ignored);  // it is of no use
  return false;
}

void Cluster::initialise(const fs::path& kept) const {
  if (!keeper_does("initdb")) throw Error("initdb failed: " + last_line(directory_ / "log"));
  keep_template(data(), kept);
}

bool Cluster::start() const {
  keeper_does("start");
  const std::string target = conninfo();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (PQping(target.c_str()) != PQPING_OK) {
    if (!keeper_does("alive") || std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  try {  // it may listen and have no database
    schema::introspection::Session session(target);
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool Cluster::keeper_does(const std::string& word) const {
  const std::string line = word + "\n";
  if (write(commands_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) return false;
  return read_line(answers_) == "0";
}

std::string Cluster::conninfo() const {
  // what the environment says of other servers is not meant for this one
  return make_conninfo({{"host", directory_.string()},
                        {"hostaddr", ""},
                        {"port", "5432"},
                        {"user", "postgres"},
                        {"dbname", "postgres"},
                        {"options", ""},
                        {"sslmode", "disable"},
                        {"channel_binding", "disable"}});
}

std::string Cluster::make_directory() {
  const fs::path path = directory_ / ("directory" + std::to_string(++directories_));
  fs::create_directory(path);
  fs::permissions(path, fs::perms::owner_all);
  give_to_server(path);
  return path.string();
}

}  // namespace schemadiff::cli

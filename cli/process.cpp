// Another program, run without a shell: the pipes between it and us.
#include "cli/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "schema/error.h"

extern char** environ;

namespace schemadiff::cli {
namespace {

// Both ends of a pipe; closed with it.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw Error(std::string("cannot open a pipe: ") + std::strerror(errno));
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_end(std::size_t which) {
    if (ends_[which] >= 0) ::close(ends_[which]);
    ends_[which] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

// Feeds and drains all three pipes at once, so that neither side waits for the other.
void exchange(Pipe& in, Pipe& out, Pipe& err, const std::string& input, ProcessResult& result) {
  ::fcntl(in.write_end(), F_SETFL, O_NONBLOCK);
  std::size_t sent = 0;
  if (input.empty()) in.close_end(1);
  while (in.write_end() >= 0 || out.read_end() >= 0 || err.read_end() >= 0) {
    // poll() passes over negative descriptors.
    std::array<pollfd, 3> fds{
        {{in.write_end(), POLLOUT, 0}, {out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) return;
    if (fds[0].revents) {
      const ssize_t n = ::write(in.write_end(), input.data() + sent, input.size() - sent);
      if (n > 0) sent += static_cast<std::size_t>(n);
      if ((n < 0 && errno != EAGAIN && errno != EINTR) || sent == input.size()) in.close_end(1);
    }
    for (const auto& [index, pipe, text] :
         {std::tuple{1, &out, &result.output}, std::tuple{2, &err, &result.error}}) {
      if (!fds[static_cast<std::size_t>(index)].revents) continue;
      char buffer[1 << 16];
      const ssize_t n = ::read(pipe->read_end(), buffer, sizeof buffer);
      if (n > 0)
        text->append(buffer, static_cast<std::size_t>(n));
      else if (n == 0 || errno != EINTR)
        pipe->close_end(0);
    }
  }
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, const std::string& input) {
  Pipe in, out, err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read_end(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write_end(), STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int problem = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw Error("cannot run " + arguments[0] + ": " + std::strerror(problem));
  in.close_end(0);
  out.close_end(1);
  err.close_end(1);

  ProcessResult result;
  exchange(in, out, err, input, result);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace schemadiff::cli

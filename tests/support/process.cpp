// Runs other programs with fork, exec and three pipes.
#include "tests/support/process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace schemadiff::testing {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  return {ends[0], ends[1]};
}

std::vector<std::string> environment_strings(const std::map<std::string, std::string>& extra) {
  std::vector<std::string> strings;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!extra.contains(std::string(text.substr(0, text.find('='))))) strings.emplace_back(text);
  }
  for (const auto& [name, value] : extra) strings.push_back(name + "=" + value);
  return strings;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

// Writes `input` to one pipe while it drains the two others, so that no side can block for ever.
void exchange(int in, const std::string& input, int out, int err, Result& result) {
  std::size_t written = 0;
  if (input.empty()) {
    close(in);
    in = -1;
  } else {
    fcntl(in, F_SETFL, O_NONBLOCK);
  }
  std::array<char, 65536> buffer{};
  while (in >= 0 || out >= 0 || err >= 0) {
    std::array<pollfd, 3> polls{{{in, POLLOUT, 0}, {out, POLLIN, 0}, {err, POLLIN, 0}}};
    if (poll(polls.data(), polls.size(), -1) < 0 && errno != EINTR) break;
    if (in >= 0 && polls[0].revents != 0) {
      const ssize_t n = write(in, input.data() + written, input.size() - written);
      if (n > 0) written += static_cast<std::size_t>(n);
      if (written == input.size() || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        close(in);
        in = -1;
      }
    }
    const auto drain = [&](int& fd, short events, std::string& text) {
      if (fd < 0 || events == 0) return;
      const ssize_t n = read(fd, buffer.data(), buffer.size());
      if (n > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(n));
      } else if (n == 0 || errno != EINTR) {
        close(fd);
        fd = -1;
      }
    };
    drain(out, polls[1].revents, result.out);
    drain(err, polls[2].revents, result.err);
  }
}

}  // namespace

Result run(const Command& command) {
  const std::vector<std::string> strings = environment_strings(command.environment);
  const std::vector<char*> argv = pointers(command.argv);
  const std::vector<char*> envp = pointers(strings);
  const std::string directory = command.directory.string();
  const passwd* user = command.user != nullptr && geteuid() == 0 ? getpwnam(command.user) : nullptr;
  const Pipe in = make_pipe();
  const Pipe out = make_pipe();
  const Pipe err = make_pipe();
  signal(SIGPIPE, SIG_IGN);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    signal(SIGPIPE, SIG_DFL);
    dup2(in.read, STDIN_FILENO);
    dup2(out.write, STDOUT_FILENO);
    dup2(err.write, STDERR_FILENO);
    if (user != nullptr &&
        (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
      _exit(126);
    }
    if (!directory.empty() && chdir(directory.c_str()) != 0) _exit(126);
    execvpe(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  close(in.read);
  close(out.write);
  close(err.write);
  Result result;
  exchange(in.write, command.input, out.read, err.read, result);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace schemadiff::testing

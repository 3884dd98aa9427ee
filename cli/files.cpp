// Files and standard streams, with errors that a person understands.
#include "cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "schema/error.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error(what + ": " + std::strerror(error));
}

std::string read_all(int fd, const std::string& what) {
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n == 0) return text;
    if (n > 0)
      text.append(buffer, static_cast<std::size_t>(n));
    else if (errno != EINTR)
      fail("cannot read " + what, errno);
  }
}

// The error, or 0.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n >= 0)
      text.remove_prefix(static_cast<std::size_t>(n));
    else if (errno != EINTR)
      return errno;
  }
  return 0;
}

}  // namespace

std::string read_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("cannot open " + path, errno);
  try {
    std::string text = read_all(fd, path);
    ::close(fd);
    return text;
  } catch (...) {
    ::close(fd);
    throw;
  }
}

std::string read_standard_input() { return read_all(STDIN_FILENO, "standard input"); }

std::vector<std::string> sql_files(const std::string& directory) {
  std::vector<std::string> paths;
  try {
    for (auto it = fs::recursive_directory_iterator(directory); it != fs::end(it); ++it) {
      const bool hidden = it->path().filename().string().rfind('.', 0) == 0;
      if (hidden) {
        if (it->is_directory()) it.disable_recursion_pending();
      } else if (it->is_regular_file() && it->path().extension() == ".sql") {
        paths.push_back(it->path().string());
      }
    }
  } catch (const fs::filesystem_error& e) {
    throw Error("cannot read " + e.path1().string() + ": " + e.code().message());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void write_file(const std::string& path, std::string_view text) {
  struct stat status {};
  const bool plain = ::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
  const std::string target = plain ? path + ".part" : path;
  const int fd = ::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) fail("cannot write " + path, errno);
  int error = write_all(fd, text);
  if (::close(fd) != 0 && !error) error = errno;
  if (!error && plain && std::rename(target.c_str(), path.c_str()) != 0) error = errno;
  if (error) {
    if (plain) ::unlink(target.c_str());
    fail("cannot write " + path, error);
  }
}

void write_file_below(const std::string& directory, const std::string& path,
                      std::string_view text) {
  const fs::path whole = fs::path(directory) / path;
  std::error_code error;
  fs::create_directories(whole.parent_path(), error);
  if (error) throw Error("cannot create " + whole.parent_path().string() + ": " + error.message());
  write_file(whole.string(), text);
}

void write_standard_output(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error && error != EPIPE) fail("cannot write to standard output", error);
}

}  // namespace schemadiff::cli

// Files as of a git revision: what is asked of git, and what its answers mean.
#include "cli/git.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "cli/process.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

ProcessResult git(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.insert(arguments.begin(), "git");
  return run_process(arguments, input);
}

// git's own first line, without its "fatal: ".
std::string reason(const ProcessResult& result) {
  std::string line = result.error.substr(0, result.error.find('\n'));
  for (const std::string_view prefix : {"fatal: ", "error: "})
    if (line.rfind(prefix, 0) == 0) line.erase(0, prefix.size());
  return line.empty() ? "" : "git says: " + line;
}

// git takes REV:./path as relative to the working directory.
std::string relative_path(const std::string& path) {
  namespace fs = std::filesystem;
  const fs::path given(path);
  fs::path relative = (given.is_absolute() ? fs::relative(given) : given).lexically_normal();
  if (!relative.has_filename()) relative = relative.parent_path();
  const std::string text = relative.string();
  return text.empty() || text == "." ? "./" : text.rfind("..", 0) == 0 ? text : "./" + text;
}

bool is_schema_file(const std::string& path) {
  const bool hidden = path.rfind('.', 0) == 0 || path.find("/.") != std::string::npos;
  return !hidden && path.size() > 4 && path.ends_with(".sql");
}

// The names below a tree, NUL-separated as git lists them.
std::vector<std::string> names(const std::string& listing) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < listing.size();) {
    const std::size_t end = std::min(listing.find('\0', at), listing.size());
    std::string name = listing.substr(at, end - at);
    if (is_schema_file(name)) result.push_back(std::move(name));
    at = end + 1;
  }
  std::sort(result.begin(), result.end());
  return result;
}

// `git cat-file --batch` answers each name with "<hash> <type> <size>\n<bytes>\n".
std::vector<std::string> contents(const std::vector<std::string>& objects) {
  std::string request;
  for (const std::string& object : objects) request += object + "\n";
  const ProcessResult result = git({"cat-file", "--batch"}, request);
  std::vector<std::string> texts;
  std::size_t at = 0;
  for (const std::string& object : objects) {
    const std::size_t end = result.output.find('\n', at);
    const std::string header =
        end == std::string::npos ? std::string() : result.output.substr(at, end - at);
    std::size_t size = 0;
    const std::size_t space = header.rfind(' ');
    const char* digits = header.data() + (space == std::string::npos ? 0 : space + 1);
    const auto [stop, problem] = std::from_chars(digits, header.data() + header.size(), size);
    if (problem != std::errc() || stop == digits || end + 1 + size > result.output.size())
      throw Error("cannot read " + object + " from git", reason(result));
    texts.push_back(result.output.substr(end + 1, size));
    at = end + 1 + size + 1;
  }
  return texts;
}

}  // namespace

std::vector<parser::SourceText> git_texts(const std::string& revision, const std::string& path) {
  if (revision.empty() || revision.front() == '-')
    throw Error("git:" + revision + ":" + path + " names no revision",
                "write git:REV:PATH, for example git:HEAD:schema.sql");
  const ProcessResult commit = git({"rev-parse", "--quiet", "--verify", revision + "^{commit}"});
  if (commit.status != 0) {
    const ProcessResult inside = git({"rev-parse", "--git-dir"});
    throw Error(inside.status != 0 ? "git:" + revision + ":" + path + " needs a git repository"
                                   : "git has no revision " + revision,
                inside.status != 0 ? "run it inside the work tree that holds " + path : "");
  }
  const std::string relative = relative_path(path);
  const std::string object = revision + ":" + relative;
  const ProcessResult type = git({"cat-file", "-t", object});
  if (type.status != 0) throw Error("revision " + revision + " has no " + path, reason(type));

  const std::string shown = revision + ":" + path;
  if (type.output.rfind("blob", 0) == 0) return {{shown, contents({object}).front()}};

  const ProcessResult listing = git({"ls-tree", "-r", "-z", "--name-only", object});
  if (listing.status != 0) throw Error("cannot list " + shown, reason(listing));
  const std::string separator = relative.ends_with('/') ? "" : "/";
  std::vector<std::string> objects;
  const std::vector<std::string> files = names(listing.output);
  for (const std::string& name : files) objects.push_back(object + separator + name);
  const std::vector<std::string> bodies = contents(objects);
  std::vector<parser::SourceText> texts;
  for (std::size_t i = 0; i < files.size(); ++i)
    texts.push_back({shown + (shown.ends_with('/') ? "" : "/") + files[i], bodies[i]});
  return texts;
}

}  // namespace schemadiff::cli

// dump: the canonical SQL of a schema.
#include "schema/dump.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/files.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;

// A file that an earlier dump left behind would be read as part of the schema.
void refuse_foreign_files(const std::string& directory, const std::set<std::string>& ours) {
  if (!fs::exists(directory)) return;
  for (const std::string& path : sql_files(directory))
    if (!ours.contains(path))
      throw Error(path + " is in the way: it is not part of this dump",
                  "remove it, or dump into an empty directory");
}

void write_files(const std::string& directory, const std::vector<schema::DumpFile>& files) {
  std::set<std::string> paths;
  for (const schema::DumpFile& file : files)
    paths.insert((fs::path(directory) / file.path).string());
  refuse_foreign_files(directory, paths);
  for (const schema::DumpFile& file : files) write_file_below(directory, file.path, file.text);
}

}  // namespace

Outcome dump(const Options& options) {
  if (!options.directory.empty() && !options.output.empty())
    throw Error("--dir and --output exclude each other");
  const Source source = load_one(options);
  std::vector<std::string> notes = source.catalog.notes;
  for (const schema::Unmodelled& item : source.catalog.unmodelled)
    notes.push_back("not dumped: " + item.kind + " " + item.name +
                    (item.attribute.empty() ? "" : ", " + item.attribute));
  if (options.directory.empty()) return {schema::dump(source.catalog), kDone, notes};
  write_files(options.directory, schema::dump_files(source.catalog));
  return {{}, kDone, notes};
}

}  // namespace schemadiff::cli

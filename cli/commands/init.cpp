// init: schema files and a configuration from a database that is there.
#include <filesystem>

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/files.h"
#include "cli/report/report.h"
#include "schema/dump.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;

std::string toml_string(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

// A connection string stays out of the file where it is more than a name for one.
std::string config_text(const std::string& schema, const std::string& from) {
  const bool is_name = from.starts_with("env:");
  return "# https://toml.io; every key is told in the README of schemadiff.\n"
         "schema = " +
         toml_string(schema + "/") +
         "\n\n[targets]\ndev = " + (is_name ? toml_string(from) : "\"env:DATABASE_URL\"") + "\n";
}

void refuse_what_is_there(const fs::path& path) {
  if (fs::exists(path) && !(fs::is_directory(path) && fs::is_empty(path)))
    throw Error(path.string() + " is there already", "init overwrites nothing");
}

}  // namespace

Outcome init(const Options& options) {
  const fs::path schema = options.directory.empty() ? "schema" : options.directory;
  const std::string config = options.config.empty() ? "schemadiff.toml" : options.config;
  refuse_what_is_there(schema);
  refuse_what_is_there(config);
  Options read = options;
  read.config.clear();
  const Source source = load_one(read);
  if (source.conninfo.empty())
    throw Error("init reads a database, and " + source.description + " is none",
                "for example schemadiff init env:DATABASE_URL");
  const std::vector<schema::DumpFile> files = schema::dump_files(source.catalog);
  for (const schema::DumpFile& file : files)
    write_file_below(schema.string(), file.path, file.text);
  write_file(config, config_text(schema.lexically_normal().generic_string(), options.from));
  std::vector<std::string> notes = source.catalog.notes;
  for (const schema::Unmodelled& item : source.catalog.unmodelled)
    notes.push_back("not written: " + item.kind + " " + item.name +
                    (item.attribute.empty() ? "" : ", " + item.attribute));
  return {source.description + " is now in " + schema.string() + "/ (" +
              counted(files.size(), "file") + ") and " + config + ".\nNext: schemadiff check\n",
          kDone, notes};
}

}  // namespace schemadiff::cli

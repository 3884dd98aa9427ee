// SRC → Catalog: which form a SRC has, and where its text comes from.
#include "cli/source.h"

#include <cstdlib>
#include <filesystem>

#include "cli/conninfo.h"
#include "cli/files.h"
#include "cli/git.h"
#include "cli/narrow.h"
#include "cli/nearest.h"
#include "parser/parser.h"
#include "schema/error.h"
#include "schema/introspect/introspect.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;

// Text that no SQL parser should be asked about, by what it is.
void refuse_binary(parser::SourceText& source) {
  std::string& text = source.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.starts_with("PGDMP"))
    throw Error(source.name + " is a pg_dump archive, not SQL text",
                "turn it into SQL with pg_restore --schema-only -f schema.sql " + source.name);
  if (text.starts_with("\x1F\x8B"))
    throw Error(source.name + " is compressed",
                "unpack it first, or pipe it: zcat … | schemadiff … -");
  if (text.find('\0') != std::string::npos)
    throw Error(source.name + " is not a text file in UTF-8");
}

// A dump of a database holds the tool's own schema; introspection does not read it either.
void forget_own_schema(schema::Catalog& catalog) {
  constexpr const char* kOwn = "schemadiff";
  if (catalog.schemas.contains({schema::Kind::Schema, {}, {}, kOwn, {}}))
    narrow(catalog, {{}, {kOwn}});
}

Source parse_texts(std::vector<parser::SourceText> texts, std::string description) {
  for (parser::SourceText& text : texts) refuse_binary(text);
  Source source{parser::parse(texts), std::move(description)};
  forget_own_schema(source.catalog);
  return source;
}

std::string counted(const std::string& place, std::size_t files) {
  return place + " (" + std::to_string(files) + (files == 1 ? " file)" : " files)");
}

void refuse_no_files(const std::string& place, std::size_t files, bool allow_empty) {
  if (files == 0 && !allow_empty)
    throw Error(place + " holds no *.sql file",
                "an empty schema would drop everything; if it is meant, say --allow-empty");
}

Source load_directory(const std::string& directory, bool allow_empty) {
  const std::vector<std::string> paths = sql_files(directory);
  refuse_no_files(directory, paths.size(), allow_empty);
  std::vector<parser::SourceText> texts;
  for (const std::string& path : paths) texts.push_back({path, read_file(path)});
  return parse_texts(std::move(texts), counted(directory, paths.size()));
}

Source load_git(const std::string& src, bool allow_empty) {
  const std::string rest = src.substr(4);
  const std::size_t colon = rest.find(':');
  if (colon == std::string::npos || colon + 1 == rest.size())
    throw Error("\"" + src + "\" names no path",
                "write git:REV:PATH, for example git:HEAD:schema.sql");
  std::vector<parser::SourceText> texts = git_texts(rest.substr(0, colon), rest.substr(colon + 1));
  refuse_no_files(src, texts.size(), allow_empty);
  const std::string description = texts.size() == 1 ? src : counted(src, texts.size());
  return parse_texts(std::move(texts), description);
}

Source read_database(const std::string& conninfo, schema::introspection::Deadline deadline = {}) {
  Source source{{}, describe_conninfo(conninfo), conninfo};
  source.catalog = schema::introspect(conninfo, &source.memo, deadline);
  return source;
}

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value || !*value)
    throw Error("environment variable " + name + " is not set",
                "set it to a connection string, for example postgresql://user@host/database");
  return value;
}

[[noreturn]] void refuse_unknown(const std::string& src, const Config& config) {
  const std::string shown = without_secrets(src);
  if (is_connection_uri(src)) throw Error("\"" + shown + "\" is not a valid connection URI");
  if (src.find('=') != std::string::npos)
    throw Error("\"" + shown + "\" is neither a file nor a valid connection string",
                "a keyword string looks like \"host=localhost dbname=shop\"");
  std::vector<std::string> names;
  for (const auto& [name, value] : config.targets) names.push_back(name);
  throw Error("there is no file, directory or target \"" + shown + "\"",
              did_you_mean(src, names,
                           "a source is a path, a connection string, env:NAME, a target of "
                           "schemadiff.toml, git:REV:PATH, or - for standard input"));
}

// All forms but a target's name and env:NAME, which lead to one of these.
Source load_plain(const std::string& src, const Config& config, bool allow_empty) {
  if (src == "-") return parse_texts({{"<stdin>", read_standard_input()}}, "standard input");
  if (src.starts_with("git:")) return load_git(src, allow_empty);
  if (is_connection_uri(src)) {
    if (!is_conninfo(src)) refuse_unknown(src, config);
    return read_database(src);
  }
  std::error_code ignored;
  if (fs::is_directory(src, ignored)) return load_directory(src, allow_empty);
  if (fs::exists(src, ignored)) return parse_texts({{src, read_file(src)}}, src);
  if (is_conninfo(src)) return read_database(src);
  refuse_unknown(src, config);
}

Source load_resolved(const std::string& src, const Config& config, bool allow_empty) {
  if (!src.starts_with("env:")) return load_plain(src, config, allow_empty);
  const std::string name = src.substr(4);
  Source source = load_plain(environment(name), config, allow_empty);
  source.description += " (from " + name + ")";
  return source;
}

// What a target's name and env:NAME lead to.
std::string resolved(const std::string& src, const Config& config) {
  const auto target = config.targets.find(src);
  const std::string& plain = target == config.targets.end() ? src : target->second;
  return plain.starts_with("env:") ? environment(plain.substr(4)) : plain;
}

}  // namespace

std::string conninfo_of(const std::string& src, const Config& config) {
  std::string conninfo = resolved(src, config);
  if (!is_conninfo(conninfo))
    throw Error("\"" + without_secrets(src) + "\" does not name a database",
                "write a connection string, env:NAME, or a target of schemadiff.toml");
  return conninfo;
}

bool leads_to(const std::string& target, const std::string& conninfo, const Config& config) {
  try {
    return conninfo_of(target, config) == conninfo;
  } catch (const Error&) {
    return false;
  }
}

Source load_database(const std::string& src, const Config& config,
                     schema::introspection::Deadline deadline) {
  return read_database(conninfo_of(src, config), deadline);
}

Source load_source(const std::string& src, const Config& config, bool allow_empty) {
  const auto target = config.targets.find(src);
  if (target == config.targets.end()) return load_resolved(src, config, allow_empty);
  Source source = load_resolved(target->second, config, allow_empty);
  source.description = src + ", " + source.description;
  return source;
}

}  // namespace schemadiff::cli

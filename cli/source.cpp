// SRC → Catalog: which form a SRC has, and where its text comes from.
#include "cli/source.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/conninfo.h"
#include "cli/files.h"
#include "cli/git.h"
#include "cli/narrow.h"
#include "cli/nearest.h"
#include "parser/ownership.h"
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

std::string counted(const std::string& place, std::size_t files) {
  return place + " (" + std::to_string(files) + (files == 1 ? " file)" : " files)");
}

void refuse_no_files(const std::string& place, std::size_t files, bool allow_empty) {
  if (files == 0 && !allow_empty)
    throw Error(place + " holds no *.sql file",
                "an empty schema would drop everything; if it is meant, say --allow-empty");
}

Texts texts_of_directory(const std::string& directory, bool allow_empty) {
  const std::vector<std::string> paths = sql_files(directory);
  refuse_no_files(directory, paths.size(), allow_empty);
  Texts texts{{}, counted(directory, paths.size())};
  for (const std::string& path : paths) texts.files.push_back({path, read_file(path)});
  return texts;
}

Texts texts_of_git(const std::string& src, bool allow_empty) {
  const std::string rest = src.substr(4);
  const std::size_t colon = rest.find(':');
  if (colon == std::string::npos || colon + 1 == rest.size())
    throw Error("\"" + src + "\" names no path",
                "write git:REV:PATH, for example git:HEAD:schema.sql");
  Texts texts{git_texts(rest.substr(0, colon), rest.substr(colon + 1)), src};
  const std::size_t files = texts.files.size();
  refuse_no_files(src, files, allow_empty);
  if (files != 1) texts.description = counted(src, files);
  return texts;
}

Source read_database(const std::string& conninfo, schema::introspection::Deadline deadline = {},
                     int connections = 2) {
  Source source{{}, describe_conninfo(conninfo), conninfo};
  source.catalog = schema::introspect(conninfo, &source.memo, deadline, connections);
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

// What a target's name and env:NAME lead to; its description stands between the other two.
struct Resolved {
  std::string src, before, after;
};

Resolved resolved(const std::string& src, const Config& config) {
  Resolved result{src, {}, {}};
  if (const auto target = config.targets.find(src); target != config.targets.end())
    result = {target->second, src + ", ", {}};
  if (!result.src.starts_with("env:")) return result;
  const std::string name = result.src.substr(4);
  result.src = environment(name);
  result.after = " (from " + name + ")";
  return result;
}

// none: a database.
std::optional<Texts> texts_of(const std::string& src, const Config& config, bool allow_empty) {
  if (src == "-") return Texts{{{"<stdin>", read_standard_input()}}, "standard input"};
  if (src.starts_with("git:")) return texts_of_git(src, allow_empty);
  if (is_connection_uri(src)) {
    if (!is_conninfo(src)) refuse_unknown(src, config);
    return std::nullopt;
  }
  std::error_code ignored;
  if (fs::is_directory(src, ignored)) return texts_of_directory(src, allow_empty);
  if (fs::exists(src, ignored)) return Texts{{{src, read_file(src)}}, src};
  if (is_conninfo(src)) return std::nullopt;
  refuse_unknown(src, config);
}

std::optional<Texts> texts_of(const Resolved& src, const Config& config, bool allow_empty) {
  std::optional<Texts> texts = texts_of(src.src, config, allow_empty);
  if (texts) texts->description = src.before + texts->description + src.after;
  return texts;
}

}  // namespace

std::string conninfo_of(const std::string& src, const Config& config) {
  std::string conninfo = resolved(src, config).src;
  if (!is_conninfo(conninfo))
    throw Error("\"" + without_secrets(src) + "\" does not name a database",
                "write a connection string, env:NAME, or a target of schemadiff.toml");
  return conninfo;
}

bool leads_to(const std::string& target, const std::string& conninfo, const Config& config) {
  try {
    return lead_to_one_database(conninfo_of(target, config), conninfo);
  } catch (const Error&) {
    return false;
  }
}

Source load_database(const std::string& src, const Config& config,
                     schema::introspection::Deadline deadline) {
  return read_database(conninfo_of(src, config), deadline, 1);
}

std::optional<Texts> load_texts(const std::string& src, const Config& config, bool allow_empty) {
  return texts_of(resolved(src, config), config, allow_empty);
}

Source source_of(Texts texts) {
  for (parser::SourceText& text : texts.files) refuse_binary(text);
  Source source{parser::parse(texts.files), std::move(texts.description)};
  forget_own_schema(source.catalog);
  if (!source.catalog.roles_that_matter.empty()) source.texts = std::move(texts.files);
  return source;
}

void assume_role(Source& source, const std::string& role) {
  if (!source.texts.empty() && source.catalog.roles_that_matter.contains(role)) {
    source.catalog = parser::parse(source.texts, {.current_role = role});
    forget_own_schema(source.catalog);
  }
  parser::assume_role(source.catalog, role);
}

Source load_source(const std::string& src, const Config& config, bool allow_empty) {
  const Resolved place = resolved(src, config);
  if (std::optional<Texts> texts = texts_of(place, config, allow_empty))
    return source_of(std::move(*texts));
  Source source = read_database(place.src);
  source.description = place.before + source.description + place.after;
  return source;
}

}  // namespace schemadiff::cli

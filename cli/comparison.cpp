// The two sides of a plan or a check: defaults, loading, analysis, and what of them is compared.
#include "cli/comparison.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <future>
#include <utility>

#include "cli/config.h"
#include "cli/files.h"
#include "cli/hints.h"
#include "cli/narrow.h"
#include "cli/shadow/interruption.h"
#include "cli/shadow/shadow.h"
#include "cli/target_version.h"
#include "diff/filled.h"
#include "diff/heritage.h"
#include "diff/memo.h"
#include "diff/unfinished.h"
#include "diff/unmanaged.h"
#include "parser/acts.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "parser/table_renames.h"
#include "parser/value_renames.h"
#include "schema/dump.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

// The schema "public" and the language that every database has are not somebody's work.
bool has_objects(const schema::Catalog& catalog) {
  bool found = false;
  catalog.for_each([&](const auto& object) {
    const bool initial =
        object.id.schema.empty() && (object.id.name == "public" || object.id.name == "plpgsql");
    found = found || !initial;
  });
  return found || !catalog.unmodelled.empty();
}

// What a file's subscriptions leave to the server's version, as introspection has it.
void assume_version(schema::Catalog& file, int version) {
  if (file.server_version != 0) return;
  for (auto& [id, subscription] : file.subscriptions) {
    if (version < 18 && subscription.streaming == "off") subscription.streaming.clear();
    if (version >= 18 && subscription.streaming.empty()) subscription.streaming = "parallel";
  }
}

void analyze_both(schema::Catalog& from, schema::Catalog& to) {
  // What extensions bring along is known from a server only; a file borrows it from the other side.
  const bool from_live = from.server_version != 0, to_live = to.server_version != 0;
  const schema::ExtensionObjects& of_from =
      from_live || !to_live ? from.extension_objects : to.extension_objects;
  const schema::ExtensionObjects& of_to =
      to_live || !from_live ? to.extension_objects : from.extension_objects;
  const int version = from_live ? from.server_version : to.server_version;
  std::future<void> other =
      std::async(std::launch::async, [&] { parser::analyze(from, of_from, version); });
  parser::analyze(to, of_to, version);
  other.get();
}

// The side as the server reads it.
ReadBack shadowed(Source& side, const Shadow& shadow, bool owners, bool privileges) {
  const Interruption interruption;
  ReadBack read = shadow.read_back(side.catalog, owners, privileges);
  side.catalog = std::move(read.catalog);
  side.description += " (read by PostgreSQL " + std::to_string(read.version) + ")";
  return read;
}

void add_new(const std::vector<std::string>& from, std::vector<std::string>& notes) {
  for (const std::string& note : from)
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

// Each side that is files becomes what a server makes of them.
void prove(const std::string& where, const Config& config, Comparison& c) {
  Source& live = c.from.conninfo.empty() ? c.to : c.from;
  if (!c.from.conninfo.empty() && !c.to.conninfo.empty()) {
    c.notes.push_back("--shadow has nothing to do: both sides are databases.");
    return;
  }
  const Shadow shadow = shadow_of(where, config, live);
  std::string proven = "Proven by a shadow: " + shadow.description();
  std::set<schema::ObjectId> not_loaded;
  int version = live.catalog.server_version;
  for (Source* side : {&c.from, &c.to}) {
    if (!side->conninfo.empty()) continue;
    ReadBack read = shadowed(*side, shadow, c.plan.compare.owners, c.plan.compare.privileges);
    not_loaded.merge(read.not_loaded);
    add_new(read.notes, c.notes);
    if (version == 0) version = read.version;
    if (version == read.version) continue;
    c.notes.push_back(proven +
                      "; what analysis cannot tell stays marked, for the database is of "
                      "another version.");
    return;
  }
  for (Source* side : {&c.from, &c.to}) trust_texts(side->catalog, not_loaded);
  c.notes.push_back(proven + ".");
}

void follow_renames(Comparison& c) {
  const auto& hints = c.to.catalog.hints;
  const bool any = std::any_of(hints.begin(), hints.end(), [](const auto& entry) {
    return entry.first.kind == schema::Kind::Table || entry.first.kind == schema::Kind::Enum;
  });
  if (!any) return;
  schema::Catalog unrenamed = c.from.catalog;
  c.plan.renamed = parser::follow_table_renames(c.from.catalog, c.to.catalog);
  const bool values = parser::follow_value_renames(c.from.catalog, c.to.catalog);
  if (c.plan.renamed.empty() && !values) return;
  parser::analyze(unrenamed, unrenamed.extension_objects);
  c.unrenamed = std::move(unrenamed);
}

void check_patterns(const Narrowing& n, const Comparison& c) {
  for (const std::string& pattern : n.include)
    if (!matches_any(c.from.catalog, pattern) && !matches_any(c.to.catalog, pattern))
      throw Error("--schema " + pattern + " matches nothing on either side");
}

// Only what could have been changed is worth a note.
void note_unmanaged(const std::string& what, Manage how, bool managed, bool stated, Comparison& c) {
  if (how == Manage::Auto && !managed && stated)
    c.notes.push_back(what + " are left alone: the desired schema states none.");
}

void judge_by(const Config& config, Comparison& c) {
  c.plan.thresholds = config.thresholds;
  c.plan.throughput = config.throughput;
  c.plan.risks = config.risks;
  c.plan.silences = silences_of(config, c.notes);
}

void collect_notes(Comparison& c) {
  for (const Source* source : {&c.from, &c.to})
    for (const std::string& note : source->catalog.notes)
      c.notes.push_back(source->catalog.server_version ? source->description + ": " + note : note);
  for (const auto& [side, source] : {std::pair{"from", &c.from}, std::pair{"to", &c.to}}) {
    const schema::Unmodelled* last = nullptr;
    for (const schema::Unmodelled& item : source->catalog.unmodelled) {
      // functions that differ in their arguments alone have the same name
      const bool again = last && item.span.line == 0 && item.kind == last->kind &&
                         item.name == last->name && item.attribute == last->attribute;
      if (!again) c.not_compared.push_back({side, item});
      last = &item;
    }
  }
}

}  // namespace

Shadow shadow_of(const std::string& where, const Config& config, const Source& live) {
  if (where == "ephemeral") return Shadow::ephemeral(live.catalog.server_version);
  if (where != "same-server") return Shadow::on_server(conninfo_of(where, config));
  if (live.conninfo.empty())
    throw Error("--shadow same-server needs a side that is a database",
                "use --shadow ephemeral, or name a server: --shadow postgresql://…");
  return Shadow::on_server(live.conninfo);
}

std::string from_or_default(const Options& options, const Config& config) {
  if (!options.from.empty()) return options.from;
  if (config.targets.size() == 1) return config.targets.begin()->first;
  const bool dump = options.command == Command::Dump || options.command == Command::Init ||
                    options.command == Command::DebugCatalog;
  throw Error(dump ? "there is no source to read" : "--from is missing: the database to be changed",
              config.targets.empty()
                  ? (dump ? "name one, for example env:DATABASE_URL"
                          : "for example --from env:DATABASE_URL; or name it once under [targets] "
                            "in schemadiff.toml")
                  : "schemadiff.toml has several targets: name one of them");
}

std::string to_or_default(const Options& options, const Config& config) {
  if (!options.to.empty()) return options.to;
  if (!config.schema.empty()) return config.schema;
  if (options.command == Command::Lint || options.command == Command::Docs)
    throw Error("there is no schema to read",
                "name one, for example schema.sql; or write schema = \"schema/\" into "
                "schemadiff.toml");
  throw Error("--to is missing: the desired schema",
              "for example --to schema.sql; or write schema = \"schema/\" into schemadiff.toml");
}

Narrowing narrowing_of(const Options& options, const Config& config) {
  Narrowing result{options.schemas, options.excludes};
  result.exclude.insert(result.exclude.end(), config.ignore.begin(), config.ignore.end());
  return result;
}

bool is_managed(Manage how, bool said) {
  return how == Manage::Manage || (how == Manage::Auto && said);
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:%Y-%m-%d}", local);
}

Policy policy_for(const std::string& conninfo, const Config& config,
                  std::vector<std::string>& notes) {
  Policy policy = config.policies.general;
  for (const auto& [target, own] : config.policies.of_targets)
    if (leads_to(target, conninfo, config)) policy = merged(std::move(policy), own);
  std::erase_if(policy.allowed_drift, [&](const AllowedDrift& drift) {
    const bool ended = !drift.until.empty() && today() > drift.until;
    if (ended)
      notes.push_back("The allowance of drift of " + drift.objects + " ended on " + drift.until +
                      ".");
    return ended;
  });
  return policy;
}

std::vector<engine::Silence> silences_of(const Config& config, std::vector<std::string>& notes) {
  std::vector<engine::Silence> silences;
  for (const Silence& silence : config.silences)
    if (silence.until.empty() || today() <= silence.until)
      silences.push_back(silence);
    else
      notes.push_back("The silence of rule " + silence.rule + " ended on " + silence.until + ".");
  return silences;
}

Source load_one(const Options& options) {
  const Config config = read_config(options.config);
  Source source = load_source(from_or_default(options, config), config, true);
  parser::analyze(source.catalog, source.catalog.extension_objects);
  if (!options.shadow.empty() && source.conninfo.empty()) {
    ReadBack read = shadowed(source, shadow_of(options.shadow, config, source), true, true);
    source.catalog.notes.insert(source.catalog.notes.end(), read.notes.begin(), read.notes.end());
  }
  narrow(source.catalog, narrowing_of(options, config));
  return source;
}

void settle_live(Source& live, const Narrowing& narrowing) {
  schema::Catalog nothing;
  fit_to_version(live.catalog, nothing);
  parser::analyze(live.catalog, live.catalog.extension_objects);
  narrow(live.catalog, narrowing);
}

Source load_live(const std::string& src, const Config& config, const Narrowing& narrowing) {
  Source source = load_source(src, config, true);
  settle_live(source, narrowing);
  return source;
}

Source load_schema(const Options& options) {
  const Config config = read_config(options.config);
  Source source = load_source(to_or_default(options, config), config, options.allow_empty);
  parser::analyze(source.catalog, source.catalog.extension_objects);
  narrow(source.catalog, narrowing_of(options, config));
  return source;
}

namespace {

// What the migration renames has its new name in `from`, too: it is no drop of the old and no
// creation of the new. `texts`: the schema, and the files of the migration.
void rename_as(const std::vector<parser::SourceText>& texts, Comparison& c) {
  std::string schema = texts.front().text;
  std::optional<schema::Catalog> renamed;
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const std::vector<parser::Piece> pieces = parser::split(texts[i].text);
    const auto acts = parser::acts_of(texts[i].name, texts[i].text, pieces);
    for (std::size_t j = 0; j < pieces.size(); ++j) {
      if (acts[j].empty() || acts[j].front().deed != parser::Deed::Rename) continue;
      const std::size_t length = pieces[j].end - pieces[j].begin;
      const std::string with = schema + texts[i].text.substr(pieces[j].begin, length) + ";\n";
      try {
        renamed = parser::parse({{{}, with}});
        schema = with;
      } catch (const Error&) {  // of what the migration itself has made
      }
    }
  }
  if (renamed) c.unrenamed = std::exchange(c.from.catalog, std::move(*renamed));
}

}  // namespace

Comparison load_migration(const Options& options) {
  namespace fs = std::filesystem;
  if (options.to.empty())
    throw Error("there is no migration to read", "name a SQL file, or a directory of them");
  const Config config = read_config(options.config);
  Comparison c;
  c.from = load_one(options);
  const schema::ExtensionObjects extensions = c.from.catalog.extension_objects;
  const int version = c.from.catalog.server_version;
  // The dump empties the path that its names do not need, and the migration's do.
  const parser::SourceText schema{{}, schema::dump(c.from.catalog) + "SET search_path = public;\n"};
  std::vector<parser::SourceText> texts{schema};
  for (const std::string& path :
       fs::is_directory(options.to) ? sql_files(options.to) : std::vector<std::string>{options.to})
    texts.push_back({path, read_file(path)});
  c.from.catalog = parser::parse({schema});
  c.to = {parser::parse(texts), options.to};
  parser::analyze(c.from.catalog, extensions, version);
  rename_as(texts, c);
  if (c.unrenamed) parser::analyze(c.from.catalog, extensions, version);
  parser::analyze(c.to.catalog, extensions, version);
  judge_by(config, c);
  c.policy = policy_for(c.from.conninfo, config, c.notes);
  collect_notes(c);
  return c;
}

Sides load_sides(const Options& options, const Config& config, std::optional<Texts> desired) {
  const std::string from = from_or_default(options, config);
  const std::string to = to_or_default(options, config);
  if (from == "-" && to == "-") throw Error("standard input can be one side only");
  Sides sides;
  std::future<Source> other = std::async(
      std::launch::async, [&] { return load_source(from, config, options.allow_empty); });
  sides.to =
      desired ? source_of(std::move(*desired)) : load_source(to, config, options.allow_empty);
  sides.from = other.get();
  return sides;
}

Comparison load_comparison(const Options& options) {
  const Config config = read_config(options.config);
  return compare_sides(options, config, load_sides(options, config));
}

Comparison compare_sides(const Options& options, const Config& config, Sides sides) {
  Comparison c;
  c.from = std::move(sides.from);
  c.to = std::move(sides.to);
  if (!options.allow_empty && !has_objects(c.to.catalog))
    throw Error(c.to.description + " holds no object: the plan would drop everything",
                "if it is meant, say --allow-empty");

  assume_role(c.from, c.to.catalog.current_role);
  assume_role(c.to, c.from.catalog.current_role);
  add_hints(config, c.to.catalog);
  fit_to_version(c.from.catalog, c.to.catalog);
  assume_version(c.from.catalog, c.to.catalog.server_version);
  assume_version(c.to.catalog, c.from.catalog.server_version);
  const bool plans = options.command == Command::Plan || options.command == Command::Apply;
  if (plans && !options.reverse) follow_renames(c);
  diff::state_heritage(c.from.catalog, c.to.catalog);
  diff::expect_parts(c.from.catalog, c.to.catalog);
  analyze_both(c.from.catalog, c.to.catalog);
  for (const schema::ObjectId& id : diff::keep_filled(c.from.catalog, c.to.catalog))
    c.notes.push_back("Not filled: " + describe(id) +
                      ", which reads a materialized view that is not filled either.");
  c.plan.compare.owners = is_managed(options.owners, c.to.catalog.says_owners);
  c.plan.compare.privileges = is_managed(options.privileges, c.to.catalog.says_privileges);
  if (options.shadow.empty()) {
    diff::recall(c.from.memo, c.from.catalog, c.to.catalog);
    diff::recall(c.to.memo, c.to.catalog, c.from.catalog);
  } else {
    prove(options.shadow, config, c);
    diff::state_heritage(c.from.catalog, c.to.catalog);  // a shadow has it as the server has
  }
  c.narrowing = narrowing_of(options, config);
  check_patterns(c.narrowing, c);
  narrow(c.from.catalog, c.narrowing);
  narrow(c.to.catalog, c.narrowing);
  if (c.unrenamed) narrow(*c.unrenamed, c.narrowing);

  diff::keep_unmanaged(c.from.catalog, c.to.catalog, c.plan.compare);

  note_unmanaged("Owners", options.owners, c.plan.compare.owners, c.from.catalog.says_owners, c);
  note_unmanaged("Privileges", options.privileges, c.plan.compare.privileges,
                 c.from.catalog.says_privileges, c);
  judge_by(config, c);
  c.policy = policy_for(c.from.conninfo, config, c.notes);
  c.facts = options.facts;
  c.probes = config.probes;
  c.probes.enabled = c.probes.enabled && !options.no_probe;
  c.reversed = options.reverse;
  if (c.reversed) std::swap(c.from, c.to);
  collect_notes(c);
  return c;
}

}  // namespace schemadiff::cli

#include "cli/shadow/shadow.h"

#include <algorithm>
#include <utility>

#include "cli/conninfo.h"
#include "cli/shadow/load.h"
#include "cli/shadow/needs.h"
#include "parser/analyze/analyze.h"
#include "schema/definitions.h"
#include "schema/error.h"
#include "schema/introspect/introspect.h"
#include "schema/quote.h"
#include "schema/value_map.h"

namespace schemadiff::cli {
namespace {

using namespace schema;
using introspection::Rows;
using introspection::Session;

std::set<std::string> without_existing(std::set<std::string> names, Session& session,
                                       const char* query) {
  Rows rows = session.execute(query);
  while (rows.next()) names.erase(rows.text());
  return names;
}

std::string list(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string plural(const char* word, const std::set<std::string>& names) {
  return std::string(word) + (names.size() == 1 ? " " : "s ") + list(names);
}

// Of a server that is not ours, what is missing is an error: so it would be when the plan runs.
void provide_roles(const Catalog& desired, Session& session, Cluster* cluster,
                   std::vector<std::string>& notes) {
  const std::set<std::string> missing =
      without_existing(needed_roles(desired), session, "SELECT rolname FROM pg_roles");
  if (missing.empty()) return;
  if (!cluster)
    throw Error("the shadow's server has no " + plural("role", missing),
                "create what is missing there, leave owners and privileges out with --no-owner "
                "--no-privileges, or use --shadow ephemeral, which makes roles");
  for (const std::string& role : missing) session.execute("CREATE ROLE " + quote_identifier(role));
  notes.push_back("Made for the shadow: " + plural("role", missing) + ".");
}

void provide_tablespaces(const Catalog& desired, Session& session, Cluster* cluster,
                         std::vector<std::string>& notes) {
  const std::set<std::string> missing =
      without_existing(needed_tablespaces(desired), session, "SELECT spcname FROM pg_tablespace");
  if (missing.empty()) return;
  if (!cluster)
    throw Error("the shadow's server has no " + plural("tablespace", missing),
                "create what is missing there, or use --shadow ephemeral, which makes tablespaces");
  for (const std::string& name : missing)
    session.execute("CREATE TABLESPACE " + quote_identifier(name) + " LOCATION " +
                    quote_literal(cluster->make_directory()));
  notes.push_back("Made for the shadow: " + plural("tablespace", missing) + ".");
}

std::set<std::string> missing_extensions(const Catalog& desired, Session& session) {
  std::set<std::string> names;
  for (const auto& [id, extension] : desired.extensions) names.insert(id.name);
  return without_existing(std::move(names), session, "SELECT name FROM pg_available_extensions");
}

// Values that have their new names already are named in definitions by their old ones, under which
// the server has to take them.
void swap_names(const Catalog& named, Catalog& catalog, bool to_new) {
  for (const auto& [id, hints] : named.hints) {
    const auto type = catalog.enums.find(id);
    if (type == catalog.enums.end()) continue;
    std::vector<std::string>& labels = type->second.labels;
    for (const Hint& hint : hints) {
      if (hint.key != kRenamedValue) continue;
      for (const auto& [before, after] : read_value_map(hint.value).value_or(ValueMap{}))
        std::replace(labels.begin(), labels.end(), to_new ? before : after,
                     to_new ? after : before);
    }
  }
}

// What is loaded: without what the comparison leaves alone, and nothing that depends on who loads.
Catalog to_be_loaded(const Catalog& desired, bool owners, bool privileges,
                     const std::set<std::string>& missing) {
  Catalog loaded = desired;
  swap_names(desired, loaded, false);
  loaded.says_owners = desired.says_owners && owners;
  loaded.says_privileges = desired.says_privileges && privileges;
  if (!privileges) loaded.default_privileges.clear();
  for (auto& [id, extension] : loaded.extensions) {
    extension.version.clear();  // that of the file need not be there
    const auto& path = desired.search_paths.at(static_cast<std::size_t>(extension.search_path));
    if (extension.schema.empty()) extension.schema = path.empty() ? "public" : path.front();
  }
  for (const std::string& name : missing)
    loaded.extensions.erase({Kind::Extension, {}, {}, name, {}});
  return loaded;
}

void carry_span(const Table& from, Table& to) {
  to.span = from.span;
  for (Column& column : to.columns)
    if (const Column* written = from.find(column.name)) column.span = written->span;
}
template <class T>
void carry_span(const T& from, T& to) {
  to.span = from.span;
}

// What the file leaves open is not what this server happens to have.
void leave_open(const Extension& from, Extension& to) {
  to.comment = from.comment;
  if (from.schema.empty()) to.schema.clear();
  to.version = from.version;
}
template <class T>
void leave_open(const T&, T&) {}

// Default privileges for whoever runs the file are those of who loaded it here. Where the file says
// some for that role by its name, too, only the file tells them apart.
void rename_role_of_defaults(const Catalog& desired, const std::string& loader, Catalog& read) {
  ObjectMap<DefaultPrivileges> named;
  for (auto& [id, privileges] : read.default_privileges) {
    ObjectId key = id;
    const ObjectId anybody{id.kind, id.schema, id.parent, id.name, {}};
    if (key.args == loader && desired.default_privileges.contains(anybody)) {
      const auto by_name = desired.default_privileges.find(key);
      if (by_name != desired.default_privileges.end()) {
        named.insert(*by_name);
        privileges = desired.default_privileges.at(anybody);
      }
      key = anybody;
    }
    privileges.id = key;
    if (key.args.empty()) privileges.owner.clear();
    named.emplace(key, std::move(privileges));
  }
  read.default_privileges = std::move(named);
}

// So are policies and user mappings for CURRENT_USER.
void rename_current_role(const Catalog& desired, const std::string& loader, Catalog& read) {
  const std::string current(kCurrentUser);
  for (auto& [id, policy] : read.policies) {
    const auto written = desired.policies.find(id);
    if (written == desired.policies.end() || !std::ranges::count(written->second.roles, current))
      continue;
    std::replace(policy.roles.begin(), policy.roles.end(), loader, current);
    std::sort(policy.roles.begin(), policy.roles.end());
  }
  for (const auto& [id, written] : desired.user_mappings) {
    if (id.name != current) continue;
    ObjectId loaded = id;
    loaded.name = loader;
    auto entry = read.user_mappings.extract(loaded);
    if (entry.empty()) continue;
    entry.key() = entry.mapped().id = id;
    read.user_mappings.insert(std::move(entry));
  }
}

// So are privileges of CURRENT_USER.
void rename_current_grantee(const Object& written, const std::string& loader, Object& read) {
  const auto is_current = [](const Grant& grant) { return grant.grantee == kCurrentUser; };
  if (std::ranges::none_of(written.acl, is_current)) return;
  for (Grant& grant : read.acl)
    if (grant.grantee == loader) grant.grantee = kCurrentUser;
  std::sort(read.acl.begin(), read.acl.end());
}

void carry_over(const Catalog& desired, const std::set<ObjectId>& not_loaded, Catalog& read) {
  rename_current_role(desired, read.current_role, read);
  rename_role_of_defaults(desired, read.current_role, read);
  read.for_each_map([&](auto& map) {
    using T = typename std::decay_t<decltype(map)>::mapped_type;
    for (auto& [id, object] : map) {
      const auto written = map_of<T>(desired).find(id);
      if (written == map_of<T>(desired).end()) continue;
      carry_span(written->second, object);
      leave_open(written->second, object);
      rename_current_grantee(written->second, read.current_role, object);
      if (written->second.owner.empty()) object.owner.clear();
    }
    for (const auto& [id, object] : map_of<T>(desired))
      if (not_loaded.contains(id)) map.insert_or_assign(id, object);
  });
  read.files = desired.files;
  read.search_paths = desired.search_paths;
  read.hints = desired.hints;
  read.unmodelled = desired.unmodelled;
  read.member_grants = desired.member_grants;
  read.notes = desired.notes;
  read.says_owners = desired.says_owners;
  read.says_privileges = desired.says_privileges;
  read.server_version = desired.server_version;
  read.current_role = desired.current_role;
}

void note_not_loaded(const std::set<std::string>& missing, Filled& result) {
  if (!missing.empty())
    result.notes.push_back("The shadow's server does not have " + plural("extension", missing) +
                           ".");
  if (result.not_loaded.empty()) return;
  constexpr std::size_t kNamed = 10;
  std::string text = "Not proven by the shadow, for what they need is missing there: ";
  std::size_t n = 0;
  for (const ObjectId& id : result.not_loaded) {
    if (n == kNamed) break;
    text += (n++ ? ", " : "") + describe(id);
  }
  if (result.not_loaded.size() > n)
    text += " and " + std::to_string(result.not_loaded.size() - n) + " more";
  result.notes.push_back(text + ".");
}

}  // namespace

Shadow Shadow::ephemeral(int major) {
  const ServerPrograms programs = find_server_programs(major);
  Shadow shadow;
  shadow.cluster_ = std::make_unique<Cluster>(programs);
  shadow.conninfo_ = shadow.cluster_->conninfo();
  shadow.description_ = "PostgreSQL " + programs.version + " (ephemeral)";
  return shadow;
}

Shadow Shadow::on_server(std::string conninfo) {
  Shadow shadow;
  shadow.conninfo_ = std::move(conninfo);
  shadow.description_ = "a temporary database beside " + describe_conninfo(shadow.conninfo_);
  return shadow;
}

Filled Shadow::fill(const Catalog& desired, bool owners, bool privileges) const {
  Filled result;
  result.database = std::make_unique<ScratchDatabase>(conninfo_);
  Session& session = result.database->session();
  const std::set<std::string> missing = missing_extensions(desired, session);
  const Catalog loaded = to_be_loaded(desired, owners, privileges, missing);
  provide_roles(loaded, session, cluster_.get(), result.notes);
  provide_tablespaces(loaded, session, cluster_.get(), result.notes);
  result.not_loaded = cli::load(loaded, !missing.empty(), session);
  for (const std::string& name : missing)
    result.not_loaded.insert({Kind::Extension, {}, {}, name, {}});
  note_not_loaded(missing, result);
  return result;
}

ReadBack Shadow::read_back(const Catalog& desired, bool owners, bool privileges) const {
  Filled filled = fill(desired, owners, privileges);
  ReadBack result;
  result.not_loaded = std::move(filled.not_loaded);
  result.notes = std::move(filled.notes);
  result.catalog = introspect(filled.database->conninfo());
  result.version = result.catalog.server_version;
  swap_names(desired, result.catalog, true);
  result.catalog.hints = desired.hints;
  parser::analyze(result.catalog, result.catalog.extension_objects);
  carry_over(desired, result.not_loaded, result.catalog);
  return result;
}

void trust_texts(Catalog& catalog, const std::set<ObjectId>& except) {
  for_each_definition(catalog, [&](const ObjectId& id, const std::string&, Expr& definition) {
    const ObjectId owner = id.kind == Kind::Column ? schema::table_id(id) : id;
    if (!definition.unproven || except.contains(owner)) return;
    definition.unproven = false;
    definition.normal.clear();
  });
}

}  // namespace schemadiff::cli

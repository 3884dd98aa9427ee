// Decides what differs: object by object, attribute by attribute, from the attribute tables.
#include <algorithm>

#include "diff/change.h"
#include "diff/recreate.h"
#include "diff/replace.h"
#include "schema/ddl/ddl.h"
#include "schema/definitions.h"
#include "schema/show.h"

namespace schemadiff::diff {
namespace {

using namespace schema;

// Whether `value` is something that the source did not say and that therefore differs from nothing.
template <class T>
bool unsaid(const T&, std::string_view) {
  return false;
}
bool unsaid(const Extension& extension, std::string_view attribute) {
  return attribute == "schema" ? extension.schema.empty() : extension.version.empty();
}
bool unsaid(const Subscription& subscription, std::string_view attribute) {
  if (attribute == "connection") return subscription.connection.empty();
  if (attribute == "synchronous_commit") return subscription.synchronous_commit.empty();
  return attribute == "enabled" && !subscription.enabled;
}
// A partitioned table has no storage that could be logged.
bool unsaid(const Table& table, std::string_view attribute) {
  return attribute == "unlogged" && !table.partition_key.strategy.empty();
}

template <class T>
bool is_unproven(const T& value) {
  bool unproven = false;
  for_each_definition_in(value, {},
                         [&](const std::string&, const Expr& expr) { unproven |= expr.unproven; });
  return unproven;
}

template <class T>
void compare_attributes(const T& before, const T& after, Change& change, bool& replace) {
  for_each_attribute<T>([&](const auto& attribute) {
    const auto& old_value = before.*attribute.member;
    const auto& new_value = after.*attribute.member;
    if (old_value == new_value) return;
    if (unsaid(before, attribute.name) || unsaid(after, attribute.name)) return;
    change.attributes.push_back(
        {std::string(attribute.name), show(attribute, before), show(attribute, after)});
    if (is_unproven(old_value) || is_unproven(new_value)) change.unproven = true;
    if (attribute.alter == Alter::Replace) replace = true;
  });
}

void compare_common(const Object& before, const Object& after, const CompareOptions& options,
                    Change& change) {
  if (options.owners && before.owner != after.owner && !before.owner.empty() &&
      !after.owner.empty())
    change.attributes.push_back({"owner", before.owner, after.owner});
  if (options.privileges && before.acl != after.acl)
    change.attributes.push_back({"privileges", show(before.acl), show(after.acl)});
  if (options.privileges && before.column_acls != after.column_acls)
    change.attributes.push_back(
        {"column privileges", show(*before.column_acls), show(*after.column_acls)});
  if (before.comment != after.comment) {
    const std::string old_comment = effective_comment(before, before);
    const std::string new_comment = effective_comment(after, before);
    // an extension brings a comment of its own, which a file does not know
    const bool unsaid =
        before.id.kind == Kind::Extension && (old_comment.empty() || new_comment.empty());
    if (old_comment != new_comment && !unsaid)
      change.attributes.push_back({"comment", before.comment, after.comment});
  }
  if (before.security_labels != after.security_labels)
    change.attributes.push_back(
        {"security labels", show(*before.security_labels), show(*after.security_labels)});
}

ObjectId column_id(const ObjectId& table, const std::string& column) {
  return {Kind::Column, table.schema, table.name, column, {}};
}

// Whether NOT NULL constraints have names: a file says them whatever the version, and a server
// older than `since` throws them away.
bool has_not_null_names(const Catalogs& catalogs, int since) {
  return catalogs.from.server_version >= since &&
         (catalogs.to.server_version == 0 || catalogs.to.server_version >= since);
}

void forget(Change& change, std::string_view attribute) {
  std::erase_if(change.attributes, [&](const auto& a) { return a.attribute == attribute; });
}

// While a NOT NULL constraint comes from a parent it keeps the name that it got there or then.
bool inherits_not_null(const Table& table, const Column& column, const Catalog& catalog) {
  const auto has = [&](const QualifiedName& name) {
    const Table* parent = catalog.table(name);
    const Column* found = parent ? parent->find(column.name) : nullptr;
    return found && found->not_null && !found->not_null_no_inherit;
  };
  return (!table.partition_of.empty() && has(table.partition_of)) ||
         std::any_of(table.inherits.begin(), table.inherits.end(), has);
}

void compare_columns(const Table& before, const Table& after, const Catalogs& catalogs,
                     const CompareOptions& options, std::vector<Change>& changes) {
  const std::map<std::string_view, const Column*> old_columns = by_name(before);
  const std::map<std::string_view, const Column*> new_columns = by_name(after);
  for (const auto& [name, column] : old_columns)
    if (!new_columns.contains(name))
      changes.push_back({Action::Drop, column_id(before.id, column->name), {}, {}, false});
  for (const auto& [name, column] : new_columns) {
    const auto old = old_columns.find(name);
    if (old == old_columns.end()) {
      changes.push_back({Action::Create, column_id(after.id, column->name), {}, {}, false});
      continue;
    }
    Change change{Action::Alter, column_id(after.id, column->name), {}, {}, false};
    bool replace = false;
    compare_attributes(*old->second, *column, change, replace);
    if (!options.privileges) {
      forget(change, "privileges");
      forget(change, "identity privileges");
    }
    const bool stays_inherited =
        inherits_not_null(before, *old->second, catalogs.from) || catalogs.to.server_version == 0;
    if (!has_not_null_names(catalogs, 18) ||
        (stays_inherited && inherits_not_null(after, *column, catalogs.to)))
      forget(change, "not null name");
    if (change.attributes.empty()) continue;
    if (must_replace(*old->second, *column, after, catalogs)) change.action = Action::Replace;
    changes.push_back(std::move(change));
  }
}

template <class T>
void compare_objects(const T& before, const T& after, const Catalogs& catalogs,
                     const CompareOptions& options, std::vector<Change>& changes) {
  Change change{Action::Alter, after.id, {}, {}, false};
  bool replace = false;
  compare_attributes(before, after, change, replace);
  if constexpr (std::is_same_v<T, Table>)
    if (std::ranges::includes(before.valid_checks, after.valid_checks) &&
        checks_known_no_more(before, after, catalogs).empty())
      forget(change, "valid checks");
  if (replace || must_replace(before, after, catalogs)) change.action = Action::Replace;
  compare_common(before, after, options, change);
  if (std::is_same_v<T, Domain> && !has_not_null_names(catalogs, 17))
    forget(change, "not null name");
  // a table is also replaced for what happens to its columns
  const bool replaced = change.action == Action::Replace && std::is_same_v<T, Table>;
  if (!change.attributes.empty() || replaced) changes.push_back(std::move(change));
  if constexpr (std::is_same_v<T, Table>)
    compare_columns(before, after, catalogs, options, changes);
}

template <class T>
void compare_maps(const Catalog& from, const Catalog& to, const CompareOptions& options,
                  std::vector<Change>& changes) {
  constexpr bool kPrivileges =
      std::is_same_v<T, DefaultPrivileges> || std::is_same_v<T, MemberPrivileges>;
  if (kPrivileges && !options.privileges) return;
  const ObjectMap<T>& old_objects = map_of<T>(from);
  const ObjectMap<T>& new_objects = map_of<T>(to);
  auto old = old_objects.begin();
  auto now = new_objects.begin();
  while (old != old_objects.end() || now != new_objects.end()) {
    if (now == new_objects.end() || (old != old_objects.end() && old->first < now->first)) {
      if (!is_left_alone(old->second, to))
        changes.push_back({Action::Drop, old->first, {}, {}, false});
      ++old;
    } else if (old == old_objects.end() || now->first < old->first) {
      changes.push_back({Action::Create, now->first, {}, {}, false});
      ++now;
    } else {
      compare_objects(old->second, now->second, {from, to}, options, changes);
      ++old, ++now;
    }
  }
}

}  // namespace

bool is_left_alone(const Object& object, const Catalog& to) {
  const auto of_server = [](const ObjectId& id) {
    return id.kind == Kind::MemberPrivileges && id.schema == "pg_catalog";
  };
  return of_server(object.id) && to.server_version == 0 &&
         std::ranges::none_of(to.member_privileges,
                              [&](const auto& entry) { return of_server(entry.first); });
}

std::map<std::string_view, const Column*> by_name(const Table& table) {
  std::map<std::string_view, const Column*> columns;
  for (const Column& column : table.columns) columns.emplace(column.name, &column);
  return columns;
}

std::vector<Change> compare(const Catalog& from, const Catalog& to, const CompareOptions& options) {
  std::vector<Change> changes;
  from.for_each_map([&](const auto& map) {
    compare_maps<typename std::decay_t<decltype(map)>::mapped_type>(from, to, options, changes);
  });
  add_recreations(from, to, changes);
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.id < b.id; });
  return changes;
}

}  // namespace schemadiff::diff
